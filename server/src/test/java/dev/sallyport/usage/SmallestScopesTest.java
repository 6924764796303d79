package dev.sallyport.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.permission.Authority;
import dev.sallyport.permission.Permission;
import dev.sallyport.permission.Permissions;
import dev.sallyport.permission.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SmallestScopesTest {

    private final Permissions permissions = Permissions.shipped();
    private final ScopeCost cost = new ScopeCost(permissions);
    private final Authority everything = permissions.matching(_ -> true);

    private List<String> smallest(Requirement... needs) {
        return smallest(everything, needs);
    }

    private List<String> smallest(Authority usable, Requirement... needs) {
        var holdings =
                List.of(needs).stream().map(Requirement.Holding.class::cast).toList();
        return permissions.namesOf(SmallestScopes.of(holdings, usable, cost).scopes());
    }

    private Requirement any(String... names) {
        return Requirement.anyOf(
                List.of(names).stream().map(permissions::require).toArray(Permission[]::new));
    }

    private Requirement all(String... names) {
        return Requirement.allOf(
                List.of(names).stream().map(permissions::require).toArray(Permission[]::new));
    }

    @Test
    void of_two_alternatives_the_one_is_taken_that_is_needed_anyhow() {
        assertThat(smallest(any("dashboards_read", "monitors_write"), all("monitors_write")))
                .containsExactly("monitors_write");
    }

    @Test
    void one_scope_that_serves_two_operations_beats_one_for_each() {
        assertThat(smallest(
                        any("dashboards_read", "monitors_write"),
                        any("monitors_read", "monitors_write"),
                        any("monitors_write", "slos_read")))
                .containsExactly("monitors_write");
    }

    @Test
    void of_equally_few_the_one_that_reaches_least_far_is_taken() {
        assertThat(smallest(any("monitors_write", "monitors_read"))).containsExactly("monitors_read");
        assertThat(smallest(any("monitors_read", "monitors_write"))).containsExactly("monitors_read");
    }

    @Test
    void what_is_beyond_the_credential_is_no_way_and_a_need_without_one_is_left() {
        var usable = Authority.of(permissions.require("monitors_write"));

        assertThat(smallest(usable, any("monitors_read", "monitors_write"), all("slos_read")))
                .containsExactly("monitors_write");
        assertThat(smallest(usable)).isEmpty();
    }

    @Test
    void it_is_as_small_as_trying_every_set_finds() {
        var names = List.of("monitors_read", "monitors_write", "dashboards_read", "dashboards_write", "slos_read");
        for (var seed = 0; seed < 200; seed++) {
            var needs = needs(new Random(seed), names);

            var found = SmallestScopes.of(needs, everything, cost);

            assertThat(found.isSmallest()).isTrue();
            assertThat(needs).as("seed %d", seed).allMatch(need -> need.isMetBy(found.scopes()));
            assertThat(cost.of(found.scopes())).as("seed %d", seed).isEqualTo(leastCost(needs, names));
        }
    }

    private List<Requirement.Holding> needs(Random random, List<String> names) {
        var needs = new ArrayList<Requirement.Holding>();
        for (var i = random.nextInt(1, 5); i > 0; i--) {
            var alternatives = new ArrayList<Authority>();
            for (var j = random.nextInt(1, 4); j > 0; j--) {
                alternatives.add(Authority.of(
                        permissions.require(names.get(random.nextInt(names.size()))),
                        permissions.require(names.get(random.nextInt(names.size())))));
            }
            needs.add(new Requirement.Holding(alternatives));
        }
        return needs;
    }

    private long leastCost(List<Requirement.Holding> needs, List<String> names) {
        var least = Long.MAX_VALUE;
        for (var set = 0; set < 1 << names.size(); set++) {
            var chosen = new ArrayList<Permission>();
            for (var bit = 0; bit < names.size(); bit++) {
                if ((set >> bit & 1) == 1) {
                    chosen.add(permissions.require(names.get(bit)));
                }
            }
            var scopes = Authority.of(chosen);
            if (needs.stream().allMatch(need -> need.isMetBy(scopes))) {
                least = Math.min(least, cost.of(scopes));
            }
        }
        return least;
    }

    @Test
    @Timeout(30)
    void many_alternatives_end_in_time_with_a_set_that_does() {
        var random = new Random(7);
        var scopes = permissions.all();
        var needs = new ArrayList<Requirement.Holding>();
        for (var i = 0; i < 300; i++) {
            needs.add((Requirement.Holding) Requirement.anyOf(
                    scopes.get(random.nextInt(scopes.size())),
                    scopes.get(random.nextInt(scopes.size())),
                    scopes.get(random.nextInt(scopes.size()))));
        }

        var found = SmallestScopes.of(needs, everything, cost);

        assertThat(needs).allMatch(need -> need.isMetBy(found.scopes()));
        assertThat(found.isSmallest()).isFalse();
    }

    @Test
    @Timeout(30)
    void thousands_of_needs_that_have_nothing_in_common_are_met_too() {
        var needs = new ArrayList<Requirement.Holding>();
        for (var i = 0; i < 4_000; i++) {
            needs.add((Requirement.Holding) Requirement.anyOf(
                    permissions.inNamespace("shop", "read_" + i), permissions.inNamespace("shop", "write_" + i)));
        }

        var found = SmallestScopes.of(needs, permissions.matching(_ -> true), cost);

        assertThat(found.scopes().size()).isEqualTo(4_000);
    }
}
