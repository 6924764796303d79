package dev.sallyport.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.audit.DecisionLog.Written;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.Credential;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.sql.Database;
import dev.sallyport.sql.Micros;
import dev.sallyport.sql.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class CallCountsTest {

    private static final long NOON = Micros.of(Samples.NOON);
    private static final long HOUR = Duration.ofHours(1).toNanos() / 1_000;
    private static final long DAY = CallCount.dayOf(Samples.NOON);

    @TempDir
    private Path data;

    private final Caller alice = Samples.alice();
    private Instant now = Samples.NOON;

    private record Counted(long allowed, long refused, int hours) {}

    private Audit open(Database control, Path folder, long seed) {
        var audit = new Audit(
                control,
                Samples.PERMISSIONS,
                folder,
                Durability.STRICT,
                () -> now,
                new Random(seed),
                () -> "http://localhost");
        audit.start();
        return audit;
    }

    private static DecisionRecord decided(Caller caller, String operation, boolean isAllowed, long at) {
        var reason = isAllowed ? "allowed" : "scope_missing";
        return new DecisionRecord(at, caller, "", "datadog", operation, "GET", "/x", isAllowed, reason, 7, "192.0.2.7");
    }

    private static void record(Audit audit, DecisionRecord decision) throws Exception {
        var written = new CompletableFuture<Written>();
        audit.decisions().append(decision, Runnable::run, written::complete);
        assertThat(written.get(20, TimeUnit.SECONDS)).isInstanceOf(Written.Durable.class);
    }

    /** What all nodes together counted, by operation and day. */
    private static Map<String, Counted> counted(Database control, Caller caller) {
        var counted = new TreeMap<String, Counted>();
        control.reading(transaction -> {
            transaction
                    .sql("""
                            SELECT api, operation, day, allowed, refused, hours FROM credential_usage
                            WHERE organization_id = ? AND credential_id = ?
                            """)
                    .with(
                            caller.organization().id().value(),
                            caller.credential().id().value())
                    .map(row -> counted.merge(
                            row.text("operation") + " " + (row.number("day") - DAY),
                            new Counted(row.number("allowed"), row.number("refused"), row.integer("hours")),
                            (one, other) -> new Counted(
                                    one.allowed() + other.allowed(),
                                    one.refused() + other.refused(),
                                    one.hours() | other.hours())))
                    .list();
            return counted;
        });
        return counted;
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void calls_are_counted_by_operation_day_and_hour(TestDatabase kind) throws Exception {
        try (var control = kind.open();
                var audit = open(control, data, 1)) {
            record(audit, decided(alice, "ListMonitors", true, NOON));
            record(audit, decided(alice, "ListMonitors", true, NOON + 11 * HOUR));
            record(audit, decided(alice, "ListMonitors", false, NOON + 12 * HOUR));
            record(audit, decided(alice, "GetMonitor", true, NOON - 12 * HOUR));

            assertThat(audit.awaitCounts()).isTrue();

            assertThat(counted(control, alice))
                    .containsOnly(
                            Map.entry("GetMonitor 0", new Counted(1, 0, 1)),
                            Map.entry("ListMonitors 0", new Counted(2, 0, 1 << 12 | 1 << 23)),
                            Map.entry("ListMonitors 1", new Counted(0, 1, 1)));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void what_nobody_called_is_not_counted(TestDatabase kind) throws Exception {
        try (var control = kind.open();
                var audit = open(control, data, 1)) {
            var named = new Caller(
                    alice.organization(),
                    alice.principal(),
                    new Credential(
                            new CredentialId(alice.principal().id().value()),
                            alice.credential().kind(),
                            "named",
                            alice.authority(),
                            null,
                            null),
                    alice.authority(),
                    alice.origin());
            record(audit, decided(named, "ListMonitors", true, NOON));
            var asked = decided(alice, "ListMonitors", true, NOON);
            record(
                    audit,
                    new DecisionRecord(
                            asked.atMicros(),
                            alice,
                            CredentialId.random().toString(),
                            "datadog",
                            "ListMonitors",
                            "GET",
                            "/x",
                            true,
                            "allowed",
                            7,
                            "192.0.2.7"));
            audit.decisions().noteStranger(Samples.stranger("192.0.2.66", NOON));

            assertThat(audit.awaitCounts()).isTrue();

            assertThat(counted(control, alice)).isEmpty();
            assertThat(counted(control, named)).isEmpty();
        }
    }

    @Test
    void whatever_apis_a_caller_makes_up_there_is_one_row_for_what_matched_nothing() throws Exception {
        try (var control = TestDatabase.SQLITE.open();
                var audit = open(control, data, 1)) {
            for (var i = 0; i < 50; i++) {
                record(
                        audit,
                        new DecisionRecord(
                                NOON, alice, "", "made-up-" + i, "", "GET", "/x", false, "unknown_api", 7, ""));
            }

            assertThat(audit.awaitCounts()).isTrue();

            assertThat(counted(control, alice)).containsOnly(Map.entry(" 0", new Counted(0, 50, 1 << 12)));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void restarts_at_any_point_lose_and_double_nothing(TestDatabase kind) throws Exception {
        try (var control = kind.open()) {
            for (var start = 0; start < 5; start++) {
                try (var audit = open(control, data, 1)) {
                    for (var i = 0; i < 30; i++) {
                        record(audit, decided(alice, "ListMonitors", i % 3 > 0, NOON));
                    }
                    if (start % 2 == 0) {
                        audit.awaitCounts();
                    }
                }
            }
            try (var audit = open(control, data, 1)) {
                assertThat(audit.awaitCounts()).isTrue();
            }

            assertThat(counted(control, alice).get("ListMonitors 0")).isEqualTo(new Counted(100, 50, 1 << 12));
        }
    }

    /** The index goes back to an earlier state, as after a power cut, or is lost: the log is read again. */
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void an_index_that_falls_back_or_is_lost_counts_nothing_twice(TestDatabase kind) throws Exception {
        try (var control = kind.open()) {
            var index = data.resolve("audit.db");
            var earlier = data.resolve("earlier.db");
            try (var audit = open(control, data, 1)) {
                record(audit, decided(alice, "ListMonitors", true, NOON));
                audit.awaitCounts();
            }
            Files.copy(index, earlier);
            try (var audit = open(control, data, 1)) {
                record(audit, decided(alice, "ListMonitors", true, NOON));
                audit.awaitCounts();
            }
            Files.move(earlier, index, StandardCopyOption.REPLACE_EXISTING);
            try (var audit = open(control, data, 1)) {
                record(audit, decided(alice, "ListMonitors", true, NOON));
                assertThat(audit.awaitCounts()).isTrue();
            }
            assertThat(counted(control, alice)).containsEntry("ListMonitors 0", new Counted(3, 0, 1 << 12));
            Files.delete(index);

            try (var audit = open(control, data, 1)) {
                record(audit, decided(alice, "ListMonitors", true, NOON));
                assertThat(audit.awaitCounts()).isTrue();
            }

            assertThat(counted(control, alice)).containsEntry("ListMonitors 0", new Counted(4, 0, 1 << 12));
        }
    }

    /** A folder whose file {@code node} is lost gets another number: what its log has is still the old node's. */
    @Test
    void a_log_that_got_another_number_is_not_counted_under_both() throws Exception {
        try (var control = TestDatabase.SQLITE.open()) {
            try (var audit = open(control, data, 1)) {
                record(audit, decided(alice, "ListMonitors", true, NOON));
                audit.awaitCounts();
            }
            Files.delete(data.resolve("log").resolve("node"));

            try (var audit = open(control, data, 2)) {
                record(audit, decided(alice, "ListMonitors", true, NOON));
                assertThat(audit.awaitCounts()).isTrue();
            }

            assertThat(counted(control, alice)).containsEntry("ListMonitors 0", new Counted(2, 0, 1 << 12));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void two_nodes_add_up(TestDatabase kind) throws Exception {
        try (var control = kind.open();
                var one = open(control, Files.createDirectory(data.resolve("one")), 1);
                var other = open(control, Files.createDirectory(data.resolve("other")), 2)) {
            record(one, decided(alice, "ListMonitors", true, NOON));
            record(other, decided(alice, "ListMonitors", true, NOON + HOUR));
            record(other, decided(alice, "ListMonitors", false, NOON));

            assertThat(one.awaitCounts() && other.awaitCounts()).isTrue();

            assertThat(counted(control, alice).get("ListMonitors 0")).isEqualTo(new Counted(2, 1, 1 << 12 | 1 << 13));
        }
    }

    @Test
    void a_kill_before_or_after_the_telling_tells_everything_once() throws Exception {
        var file = data.resolve("audit.db");
        var told = new ArrayList<CallCount>();
        try (var index = IndexStore.open(file)) {
            var counts = new CallCounts(index.counts(), _ -> {
                throw new IllegalStateException("before");
            });
            count(index, 3);
            assertThatThrownBy(counts::tell).hasMessage("before");
        }
        try (var index = IndexStore.open(file)) {
            var counts = new CallCounts(index.counts(), portion -> {
                told.addAll(portion);
                throw new IllegalStateException("after");
            });
            assertThatThrownBy(counts::tell).hasMessage("after");
        }
        try (var index = IndexStore.open(file)) {
            var counts = new CallCounts(index.counts(), told::addAll);
            assertThat(counts.tell()).isTrue();
            assertThat(counts.tell()).isTrue();
            count(index, 1);
            assertThat(counts.tell()).isTrue();
        }

        assertThat(told).extracting(CallCount::allowed).containsExactly(3L, 3L, 4L);
    }

    private void count(IndexStore index, int times) throws SQLException {
        var decision = Samples.throughBytes(decided(alice, "ListMonitors", true, NOON));
        for (var i = 0; i < times; i++) {
            var count = CallCount.of(new AuditId(1, 1, i + 1), decision);
            assertThat(count).isNotNull();
            index.add(List.of(), List.of(count), new IndexStore.Place(1, "", 0, 0));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void counts_older_than_ninety_days_are_dropped(TestDatabase kind) throws Exception {
        try (var control = kind.open()) {
            try (var audit = open(control, data, 1)) {
                record(audit, decided(alice, "ListMonitors", true, NOON));
                audit.awaitCounts();
            }
            now = Samples.NOON.plus(Duration.ofDays(91));
            try (var audit = open(control, data, 1)) {
                record(audit, decided(alice, "GetMonitor", true, Micros.of(now)));
                assertThat(audit.awaitCounts()).isTrue();
            }

            assertThat(counted(control, alice).keySet()).containsExactly("GetMonitor 91");
        }
    }

    @Test
    void an_index_of_the_version_before_goes_on_with_its_events_and_begins_to_count() throws Exception {
        try (var control = TestDatabase.SQLITE.open()) {
            try (var audit = open(control, data, 1)) {
                record(audit, decided(alice, "ListMonitors", true, NOON));
                audit.awaitCounts();
            }
            var file = data.resolve("audit.db");
            try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                    var statement = connection.createStatement()) {
                statement.execute("DROP TABLE call_count");
                statement.execute("DROP TABLE count_place");
                statement.execute("PRAGMA user_version = 1");
            }

            try (var audit = open(control, data, 1)) {
                record(audit, decided(alice, "GetMonitor", true, NOON));
                assertThat(audit.awaitCounts()).isTrue();
            }

            assertThat(data.resolve("audit.db.unreadable")).doesNotExist();
            assertThat(counted(control, alice).keySet()).containsExactly("GetMonitor 0", "ListMonitors 0");
        }
    }

    /** The control database was restored from a copy: what it lost of the counts is told again. */
    @Test
    void a_control_database_that_fell_back_is_told_everything_again() throws Exception {
        try (var control = TestDatabase.SQLITE.open()) {
            try (var audit = open(control, data, 1)) {
                record(audit, decided(alice, "ListMonitors", true, NOON));
                control.inTransaction(transaction -> {
                    audit.changes()
                            .record(
                                    transaction,
                                    Actor.of(alice),
                                    AuditAction.TOKEN_ISSUED,
                                    new Asset("1", "laptop"),
                                    Map.of(),
                                    Samples.NOON);
                    return true;
                });
                audit.awaitCounts();
            }
            control.inTransaction(transaction -> {
                transaction.sql("DELETE FROM credential_usage").update();
                transaction.sql("DELETE FROM change_event").update();
                return transaction.sql("UPDATE change_head SET sequence = 0").update();
            });

            try (var audit = open(control, data, 1)) {
                record(audit, decided(alice, "GetMonitor", true, NOON));
                assertThat(audit.awaitCounts()).isTrue();
            }

            assertThat(counted(control, alice).keySet()).containsExactly("GetMonitor 0", "ListMonitors 0");
        }
    }

    /** As from an index that was built again from what was left of the log. */
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void of_two_values_of_one_node_the_larger_stands(TestDatabase kind) {
        try (var control = kind.open()) {
            var store = new CallCountStore(control);
            var key = new CallCount.Key(
                    1,
                    alice.organization().id().toString(),
                    alice.credential().id().toString(),
                    DAY,
                    "datadog",
                    "ListMonitors");

            store.accept(List.of(new CallCount(key, 5, 2, 1, NOON)));
            store.accept(List.of(new CallCount(key, 5, 2, 1, NOON)));
            store.accept(List.of(new CallCount(key, 3, 4, 2, NOON - 1)));

            assertThat(counted(control, alice)).containsOnly(Map.entry("ListMonitors 0", new Counted(5, 4, 3)));
        }
    }
}
