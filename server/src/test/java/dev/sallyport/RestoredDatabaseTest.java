package dev.sallyport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.feed.History;
import dev.sallyport.sql.TestDatabase;
import dev.sallyport.sql.Transaction;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a node knows when its database is put back to an earlier state, as PostgreSQL's own tools do. */
class RestoredDatabaseTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static int use(TestAuthority authority, TestPerson.Shown shown) {
        return authority
                .call("GET", "/api/v2/users")
                .withToken(shown.text())
                .send()
                .status();
    }

    private static void until(BooleanSupplier condition) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("not within " + PATIENCE).isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** As if the credential and everything since that revision had never been. */
    private static void putBack(Transaction transaction, long revision, TestPerson.Shown unknown) {
        transaction
                .sql("DELETE FROM credential WHERE id = ?")
                .with(unknown.id())
                .update();
        transaction.sql("DELETE FROM feed WHERE revision > ?").with(revision).update();
        transaction
                .sql("UPDATE feed_head SET revision = ? WHERE id = 1")
                .with(revision)
                .update();
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_running_node_forgets_credentials_that_the_restored_database_does_not_know(TestDatabase kind) {
        try (var authority = TestAuthority.on(kind)) {
            var alice = authority.founds("Acme");
            var kept = alice.issues("user_access_read");
            var then = authority.installation.feed.revision();
            var lost = alice.issues("user_access_read");
            assertThat(use(authority, lost)).isEqualTo(200);

            var begun = authority.installation.database().inTransaction(transaction -> {
                putBack(transaction, then, lost);
                return History.begin(transaction, authority.now()).head();
            });
            until(() -> authority.installation.feed.revision() == begun);
            until(authority.installation.feed::isFresh);

            assertThat(use(authority, lost)).isEqualTo(401);
            assertThat(use(authority, kept)).isEqualTo(200);
            alice.revokes(kept);
            assertThat(use(authority, kept)).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_node_notices_although_nobody_began_an_epoch(TestDatabase kind) {
        try (var authority = TestAuthority.on(kind)) {
            var alice = authority.founds("Acme");
            var kept = alice.issues("user_access_read");
            var then = authority.installation.feed.revision();
            var lost = alice.issues("user_access_read");
            assertThat(use(authority, lost)).isEqualTo(200);

            authority.installation.database().inTransaction(transaction -> {
                putBack(transaction, then, lost);
                return then;
            });
            until(() -> authority.installation.feed.revision() == then);
            until(authority.installation.feed::isFresh);

            assertThat(use(authority, lost)).isEqualTo(401);
            assertThat(use(authority, kept)).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_snapshot_from_before_the_restore_is_not_trusted(TestDatabase kind) throws IOException {
        var before = TestAuthority.on(kind);
        var alice = before.founds("Acme");
        var then = before.installation.feed.revision();
        var lost = alice.issues("user_access_read");
        before.close();
        var snapshot = before.folder().resolve("replica.snapshot");
        var kept = Files.readAllBytes(snapshot);

        var meanwhile = before.startedAgain();
        meanwhile.installation.database().inTransaction(transaction -> {
            putBack(transaction, then, lost);
            return History.begin(transaction, meanwhile.now());
        });
        meanwhile.close();
        Files.write(snapshot, kept);

        try (var after = meanwhile.startedAgain()) {
            assertThat(use(after, lost)).isEqualTo(401);
            assertThat(use(after, alice.token())).isEqualTo(200);
        }
    }

    /** One look at the feed may still be of the old past; nothing that comes after it is. */
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void soon_no_call_is_answered_from_the_lost_past(TestDatabase kind) {
        try (var authority = TestAuthority.on(kind)) {
            var alice = authority.founds("Acme");
            var then = authority.installation.feed.revision();
            var lost = alice.issues("user_access_read");

            authority.installation.database().inTransaction(transaction -> {
                putBack(transaction, then, lost);
                return History.begin(transaction, authority.now());
            });
            var restored = System.nanoTime();
            until(() -> use(authority, lost) != 200);

            assertThat(System.nanoTime() - restored)
                    .isLessThan(Duration.ofSeconds(5).toNanos());
            assertThat(use(authority, lost)).isIn(401, 403, 503);
        }
    }
}
