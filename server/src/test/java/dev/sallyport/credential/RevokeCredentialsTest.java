package dev.sallyport.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.feed.Change;
import dev.sallyport.feed.Outcome;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.sql.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RevokeCredentialsTest {

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void what_the_filter_finds_ends_and_nothing_else(TestDatabase kind) {
        try (var test = TestInventory.on(kind)) {
            var bob = test.user(test.organization);
            var hers = test.token().stored();
            var his = test.tokenOf(bob).stored();
            var elsewhere = test.tokenOf(test.user(test.organization())).stored();

            var revoked = test.inventory.revoke(
                    test.operator(),
                    test.organization.id(),
                    CredentialFilter.ALL.ofOwner(test.alice.id()),
                    Lineage.ALONE,
                    "left");

            assertThat(revoked.byKind()).isEqualTo(Map.of(CredentialKind.PERSONAL_ACCESS_TOKEN, 1));
            assertThat(revoked.sample()).extracting(StoredCredential::id).containsExactly(hers);
            assertThat(test.live(List.of(hers, his))).containsExactly(his);
            assertThat(isRevoked(test, elsewhere)).isFalse();
        }
    }

    private static boolean isRevoked(TestInventory test, CredentialId id) {
        return test.database.reading(transaction -> transaction
                .sql("SELECT count(*) AS n FROM credential WHERE id = ? AND revoked_at IS NOT NULL")
                .with(id.value())
                .map(row -> row.number("n") == 1)
                .one());
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void many_end_in_portions_each_with_its_events_and_one_row_of_the_feed(TestDatabase kind) {
        try (var test = TestInventory.on(kind)) {
            var ids = new ArrayList<CredentialId>();
            test.database.inTransaction(transaction -> {
                for (var i = 0; i < 2 * RevokeCredentials.PORTION + 1; i++) {
                    ids.add(test.token().stored(transaction));
                }
                return ids.size();
            });

            var revoked = test.inventory.revoke(
                    test.operator(), test.organization.id(), CredentialFilter.ALL, Lineage.ALONE, "spring cleaning");

            assertThat(revoked.count()).isEqualTo(ids.size());
            assertThat(revoked.sample()).hasSize(20);
            assertThat(revoked.revocations()).hasSize(3).doesNotHaveDuplicates();
            assertThat(test.followed)
                    .containsSubsequence(revoked.revocations().stream()
                            .map(id -> new Change(
                                    Credentials.REVOCATION,
                                    test.organization.id().value(),
                                    id.toString()))
                            .toList());
            assertThat(test.live(ids)).isEmpty();
            assertThat(test.trail())
                    .hasSize(ids.size())
                    .allSatisfy(event -> assertThat(event.action()).isEqualTo("CREDENTIAL_REVOKED"));
            assertThat(test.trail().getFirst().record())
                    .contains(
                            "spring cleaning",
                            "personal_access_token",
                            test.alice.id().toString());
            assertThat(named(test, revoked)).isEqualTo(new HashSet<>(ids));
        }
    }

    /** What the follower finds by the ids of the acts. */
    private static Set<CredentialId> named(TestInventory test, Revoked revoked) {
        Set<CredentialId> named = new HashSet<>();
        revoked.revocations()
                .forEach(id -> test.database.reading(transaction -> {
                    new Credentials().revoked(transaction, test.organization.id(), id, fact -> named.add(fact.id()));
                    return named;
                }));
        return named;
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void what_was_minted_by_what_ends_goes_with_it_however_far_and_whatever_it_is(TestDatabase kind) {
        try (var test = TestInventory.on(kind)) {
            var root = test.token().named("root").stored();
            var child = test.token()
                    .of(CredentialKind.APPLICATION_KEY)
                    .mintedBy(root)
                    .ending(null)
                    .stored();
            var grandchild = test.token().mintedBy(child).stored();
            var key = test.token()
                    .of(CredentialKind.API_KEY)
                    .named(grandchild.toString())
                    .mintedBy(grandchild)
                    .stored();
            var other = test.token().stored();

            var alone = test.inventory.revoke(
                    test.operator(), test.organization.id(), List.of(child), Lineage.ALONE, "alone");
            var whole = test.inventory.revoke(
                    test.operator(), test.organization.id(), List.of(root), Lineage.WITH_DESCENDANTS, "leak");

            assertThat(alone.count()).isEqualTo(1);
            assertThat(whole.byKind())
                    .isEqualTo(Map.of(CredentialKind.PERSONAL_ACCESS_TOKEN, 2, CredentialKind.API_KEY, 1));
            assertThat(test.live(List.of(root, child, grandchild, key, other))).containsExactly(other);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void more_descendants_than_a_portion_all_end(TestDatabase kind) {
        try (var test = TestInventory.on(kind)) {
            var root = test.token().stored();
            var minted = new ArrayList<CredentialId>();
            test.database.inTransaction(transaction -> {
                for (var i = 0; i < RevokeCredentials.PORTION + 5; i++) {
                    minted.add(test.token().mintedBy(root).stored(transaction));
                }
                return minted.size();
            });

            var revoked = test.inventory.revoke(
                    test.operator(), test.organization.id(), List.of(root), Lineage.WITH_DESCENDANTS, "leak");

            assertThat(revoked.count()).isEqualTo(minted.size() + 1);
            assertThat(test.live(minted)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void the_first_revocation_stands(TestDatabase kind) {
        try (var test = TestInventory.on(kind)) {
            var id = test.token().stored();
            var first = test.inventory.revoke(
                    test.operator(), test.organization.id(), CredentialFilter.ALL, Lineage.ALONE, "first");
            test.now = test.now.plus(Duration.ofDays(1));

            var second = test.inventory.revoke(
                    test.operator(), test.organization.id(), List.of(id), Lineage.WITH_DESCENDANTS, "second");

            assertThat(second.count()).isZero();
            assertThat(second.revocations()).isEmpty();
            assertThat(named(test, first)).containsExactly(id);
            assertThat(test.trail()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void one_ends_within_a_change_of_somebody_else(TestDatabase kind) {
        try (var test = TestInventory.on(kind)) {
            var id = test.token().stored();

            var changes = new ArrayList<Optional<Change>>();
            for (var asked : List.of(id, id, CredentialId.random())) {
                changes.add(test.feed.change(transaction -> {
                    var change = test.inventory.revoke(
                            transaction, test.operator(), test.organization.id(), asked, "leaked");
                    return new Outcome<>(change, change.stream().toList());
                }));
            }

            var expected = Optional.of(Credentials.change(test.organization.id(), id));
            assertThat(changes).containsExactly(expected, expected, Optional.empty());
            assertThat(test.isLive(id)).isFalse();
            assertThat(test.trail()).hasSize(1);
        }
    }
}
