package dev.sallyport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.sql.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The snapshot that a node keeps of its replica, over a stop and a start. */
class RestartTest {

    private static final byte[] NOTHING = new byte[32];

    /** Behind the feed's back, so that only a look into the database notices. */
    private static void ruinInDatabase(TestAuthority authority, TestPerson.Shown shown) {
        authority
                .installation
                .database()
                .inTransaction(transaction -> transaction
                        .sql("UPDATE credential SET digest = ? WHERE id = ?")
                        .with(NOTHING, shown.id())
                        .update());
    }

    private static int use(TestAuthority authority, TestPerson.Shown shown) {
        return authority
                .call("GET", "/api/v2/users")
                .withToken(shown.text())
                .send()
                .status();
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void credentials_come_from_the_snapshot_of_the_last_run(TestDatabase kind) {
        var before = TestAuthority.on(kind);
        var token = before.founds("Acme").issues("user_access_read");
        ruinInDatabase(before, token);

        try (var after = before.restarted()) {
            assertThat(use(after, token)).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_snapshot_that_was_altered_is_not_used(TestDatabase kind) throws IOException {
        var before = TestAuthority.on(kind);
        var token = before.founds("Acme").issues("user_access_read");
        before.close();
        var file = before.folder().resolve("replica.snapshot");
        var content = Files.readAllBytes(file);
        content[content.length / 2] ^= 1;
        Files.write(file, content);

        var healthy = before.startedAgain();
        assertThat(use(healthy, token)).isEqualTo(200);
        ruinInDatabase(healthy, token);
        healthy.close();
        Files.write(file, content);

        try (var after = healthy.startedAgain()) {
            assertThat(use(after, token)).as("read from the database").isEqualTo(401);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_snapshot_of_another_history_is_not_used(TestDatabase kind) {
        var before = TestAuthority.on(kind);
        var token = before.founds("Acme").issues("user_access_read");
        var healthy = before.restarted();
        assertThat(use(healthy, token)).isEqualTo(200);
        ruinInDatabase(healthy, token);
        healthy.installation
                .database()
                .inTransaction(transaction -> transaction
                        .sql("UPDATE feed SET at = at + 1 WHERE revision = (SELECT revision FROM feed_head)")
                        .update());

        try (var after = healthy.restarted()) {
            assertThat(use(after, token)).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void what_other_nodes_ended_since_the_snapshot_is_ended(TestDatabase kind) throws IOException {
        var before = TestAuthority.on(kind);
        var alice = before.founds("Acme");
        var token = alice.issues("user_access_read");
        before.close();
        var snapshot = before.folder().resolve("replica.snapshot");
        var kept = Files.readAllBytes(snapshot);

        var meanwhile = before.startedAgain();
        assertThat(use(meanwhile, token)).isEqualTo(200);
        new TestPerson(meanwhile, alice.organization(), alice.principal(), alice.token()).revokes(token);
        meanwhile.close();
        Files.write(snapshot, kept);

        try (var after = meanwhile.startedAgain()) {
            assertThat(use(after, token)).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void what_a_database_lost_under_a_running_node_is_not_kept_by_it(TestDatabase kind) {
        var before = TestAuthority.on(kind);
        var ghost = before.founds("Acme").issues("user_access_read");
        before.installation.database().inTransaction(transaction -> {
            transaction
                    .sql("DELETE FROM credential WHERE id = ?")
                    .with(ghost.id())
                    .update();
            return transaction
                    .sql("UPDATE feed SET at = at + 1 WHERE revision = (SELECT revision FROM feed_head)")
                    .update();
        });
        var end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (use(before, ghost) != 401) {
            assertThat(System.nanoTime()).as("noticed in time").isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }

        try (var after = before.restarted()) {
            assertThat(use(after, ghost)).isEqualTo(401);
        }
    }
}
