package dev.sallyport.permission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class AuthorityTest {

    private static final Permissions PERMISSIONS = Permissions.shipped();
    private static final List<Permission> ALL = PERMISSIONS.all();

    @Test
    void an_authority_behaves_as_the_set_of_its_permissions() {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        for (var i = 0; i < 2_000; i++) {
            var one = some(random);
            var other = some(random);
            var a = Authority.of(one);
            var b = Authority.of(other);

            assertThat(a.includes(b)).as("seed " + seed).isEqualTo(one.containsAll(other));
            assertThat(a.intersect(b)).as("seed " + seed).isEqualTo(Authority.of(both(one, other)));
            assertThat(a.union(b)).as("seed " + seed).isEqualTo(Authority.of(either(one, other)));
            assertThat(a.minus(b)).as("seed " + seed).isEqualTo(Authority.of(without(one, other)));
            assertThat(a.minus(b).isEmpty()).as("seed " + seed).isEqualTo(other.containsAll(one));
            assertThat(a.size()).as("seed " + seed).isEqualTo(one.size());
            assertThat(a.equals(b)).as("seed " + seed).isEqualTo(one.equals(other));
            var any = ALL.get(random.nextInt(ALL.size()));
            assertThat(a.holds(any)).as("seed " + seed).isEqualTo(one.contains(any));
        }
    }

    private static Set<Permission> some(Random random) {
        var chosen = new HashSet<Permission>();
        // Small indexes make short arrays: sets of different lengths must meet, too.
        var bound = random.nextBoolean() ? 70 : ALL.size();
        for (var i = random.nextInt(6); i > 0; i--) {
            chosen.add(ALL.get(random.nextInt(bound)));
        }
        return chosen;
    }

    private static Set<Permission> both(Set<Permission> one, Set<Permission> other) {
        var result = new HashSet<>(one);
        result.retainAll(other);
        return result;
    }

    private static Set<Permission> either(Set<Permission> one, Set<Permission> other) {
        var result = new HashSet<>(one);
        result.addAll(other);
        return result;
    }

    private static Set<Permission> without(Set<Permission> one, Set<Permission> other) {
        var result = new HashSet<>(one);
        result.removeAll(other);
        return result;
    }

    @Test
    void equal_sets_are_equal_however_they_came_about() {
        var first = Authority.of(ALL.getFirst());
        var last = Authority.of(ALL.getLast());

        assertThat(first.union(last).minus(last)).isEqualTo(first).hasSameHashCodeAs(first);
        assertThat(first.intersect(last)).isEqualTo(Authority.NONE);
        assertThat(Authority.of()).isEqualTo(Authority.NONE);
        assertThat(first).isNotEqualTo(last);
    }

    @Test
    void nothing_is_included_in_everything_and_includes_only_nothing() {
        var everything = Authority.of(ALL);

        assertThat(everything.includes(Authority.NONE)).isTrue();
        assertThat(Authority.NONE.includes(Authority.NONE)).isTrue();
        assertThat(Authority.NONE.includes(everything)).isFalse();
        assertThat(Authority.NONE.isEmpty()).isTrue();
        assertThat(everything.size()).isEqualTo(ALL.size());
    }

    @Test
    void narrowing_never_adds() {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        for (var i = 0; i < 1_000; i++) {
            var held = Authority.of(some(random));
            var scopes = Authority.of(some(random));

            var narrowed = held.intersect(scopes);

            assertThat(held.includes(narrowed)).as("seed " + seed).isTrue();
            assertThat(scopes.includes(narrowed)).as("seed " + seed).isTrue();
        }
    }

    @Test
    void names_come_back_sorted() {
        var names = new TreeSet<>(Set.of("user_app_keys", "monitors_read", "dashboards_read"));

        assertThat(PERMISSIONS.namesOf(PERMISSIONS.authorityOf(names))).containsExactlyElementsOf(names);
        assertThat(PERMISSIONS.authorityOf(Set.of("no_such_name"))).isEqualTo(Authority.NONE);
    }
}
