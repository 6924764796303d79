package dev.sallyport.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.sql.Database;
import dev.sallyport.sql.DatabaseUrl;
import dev.sallyport.sql.SqlFailure;
import dev.sallyport.sql.TestDatabase;
import dev.sallyport.sql.Transaction;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FeedTest {

    private static final ChangeKind KIND = new ChangeKind("thing");
    private static final UUID ORGANIZATION = UUID.randomUUID();
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-23T12:00:00Z"));
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Remembers what it was told. */
    private static final class Remembering implements Follower {
        final List<String> applied = new CopyOnWriteArrayList<>();
        private final Consumer<String> before;

        Remembering(Consumer<String> before) {
            this.before = before;
        }

        Remembering() {
            this(_ -> {});
        }

        @Override
        public void load(Transaction transaction) {
            applied.add("loaded");
        }

        @Override
        public void apply(Transaction transaction, Change change) {
            before.accept(change.subject());
            applied.add(change.subject());
        }
    }

    private static Feed feed(Database database, Follower follower) {
        var feed = new Feed(database, CLOCK, Duration.ofMinutes(1));
        feed.start(follower);
        return feed;
    }

    private static String changes(Feed feed, String subject) {
        return feed.change(_ -> Outcome.changed(new Change(KIND, ORGANIZATION, subject), subject));
    }

    private static List<Long> revisions(Database database) {
        return database.reading(transaction -> transaction
                .sql("SELECT revision FROM feed ORDER BY revision")
                .map(row -> row.number("revision"))
                .list());
    }

    private static List<String> subjects(Database database) {
        return database.reading(transaction -> transaction
                .sql("SELECT subject FROM feed ORDER BY revision")
                .map(row -> row.text("subject"))
                .list());
    }

    private static void until(BooleanSupplier condition) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within " + PATIENCE);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void revisions_of_concurrent_writers_have_no_gaps_and_are_applied_in_order(TestDatabase kind) throws Exception {
        var writers = 8;
        var each = 15;
        var follower = new Remembering();
        try (var database = kind.open();
                var feed = feed(database, follower);
                var threads = Executors.newFixedThreadPool(writers)) {
            var barrier = new CyclicBarrier(writers);

            var early = new ArrayList<Future<Integer>>();
            for (var i = 0; i < writers; i++) {
                var writer = i;
                early.add(threads.submit(() -> {
                    barrier.await(10, TimeUnit.SECONDS);
                    var unapplied = 0;
                    for (var n = 0; n < each; n++) {
                        if (!follower.applied.contains(changes(feed, writer + "-" + n))) {
                            unapplied++;
                        }
                    }
                    return unapplied;
                }));
            }

            for (var unapplied : early) {
                assertThat(unapplied.get(60, TimeUnit.SECONDS))
                        .as("acknowledged before they were applied")
                        .isZero();
            }
            assertThat(revisions(database))
                    .isEqualTo(LongStream.rangeClosed(1, (long) writers * each)
                            .boxed()
                            .toList());
            assertThat(follower.applied.subList(1, follower.applied.size())).isEqualTo(subjects(database));
            assertThat(feed.revision()).isEqualTo((long) writers * each);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_use_case_that_changes_nothing_or_fails_takes_no_revision(TestDatabase kind) {
        try (var database = kind.open();
                var feed = feed(database, new Remembering())) {
            changes(feed, "first");

            var result = feed.change(_ -> Outcome.unchanged("nothing"));
            assertThatThrownBy(() -> feed.change(_ -> {
                        throw new IllegalStateException("defect");
                    }))
                    .hasMessage("defect");
            changes(feed, "second");

            assertThat(result).isEqualTo("nothing");
            assertThat(subjects(database)).containsExactly("first", "second");
            assertThat(revisions(database)).containsExactly(1L, 2L);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_change_is_not_acknowledged_before_it_is_applied(TestDatabase kind) throws Exception {
        var isApplying = new CountDownLatch(1);
        var mayApply = new CountDownLatch(1);
        var follower = new Remembering(_ -> {
            isApplying.countDown();
            try {
                assertThat(mayApply.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        try (var database = kind.open();
                var feed = feed(database, follower);
                var thread = Executors.newSingleThreadExecutor()) {
            var change = thread.submit(() -> changes(feed, "held"));
            assertThat(isApplying.await(10, TimeUnit.SECONDS)).isTrue();

            assertThat(change.isDone()).isFalse();
            assertThat(feed.revision()).isZero();
            mayApply.countDown();

            assertThat(change.get(10, TimeUnit.SECONDS)).isEqualTo("held");
            assertThat(feed.revision()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_follower_that_failed_is_asked_again(TestDatabase kind) {
        var failures = new CopyOnWriteArrayList<String>();
        var follower = new Remembering(subject -> {
            if (failures.addIfAbsent(subject)) {
                throw new IllegalStateException("cannot apply " + subject + " yet");
            }
        });
        try (var database = kind.open();
                var feed = feed(database, follower)) {
            changes(feed, "first");
            changes(feed, "second");

            assertThat(failures).containsExactly("first", "second");
            assertThat(follower.applied).containsExactly("loaded", "first", "second");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_change_of_another_node_is_seen(TestDatabase kind) {
        var here = new Remembering();
        var there = new Remembering();
        var url = kind.url();
        try (var one = Database.open(url);
                var other = Database.open(url);
                var feed = feed(one, here);
                var otherFeed = feed(other, there)) {
            changes(otherFeed, "there");
            until(() -> here.applied.contains("there"));
            changes(feed, "here");
            until(() -> there.applied.contains("here"));

            assertThat(here.applied).containsExactly("loaded", "there", "here");
            assertThat(there.applied).containsExactly("loaded", "there", "here");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_node_that_starts_late_loads_once_and_follows_from_there(TestDatabase kind) {
        var follower = new Remembering();
        try (var database = kind.open()) {
            try (var earlier = feed(database, new Remembering())) {
                changes(earlier, "before");
            }
            try (var feed = feed(database, follower)) {
                assertThat(feed.revision()).isEqualTo(1);
                changes(feed, "after");
            }

            assertThat(follower.applied).containsExactly("loaded", "after");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void closing_wakes_whoever_waits_for_an_acknowledgement(TestDatabase kind) throws Exception {
        var isApplying = new CountDownLatch(1);
        var follower = new Remembering(_ -> {
            isApplying.countDown();
            throw new IllegalStateException("never");
        });
        try (var database = kind.open();
                var thread = Executors.newSingleThreadExecutor()) {
            var feed = feed(database, follower);
            var change = thread.submit(() -> changes(feed, "lost"));
            assertThat(isApplying.await(10, TimeUnit.SECONDS)).isTrue();

            feed.close();

            assertThatThrownBy(() -> change.get(2, TimeUnit.SECONDS)).hasCauseInstanceOf(FeedStalled.class);
            assertThat(subjects(database)).as("it was committed all the same").containsExactly("lost");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_node_without_its_database_grows_stale(TestDatabase kind) {
        var database = kind.open();
        try (var feed = new Feed(database, CLOCK, Duration.ofMillis(300))) {
            feed.start(new Remembering());
            until(feed::isFresh);

            database.close();

            until(() -> !feed.isFresh());
            assertThat(feed.staleness()).isGreaterThan(Duration.ofMillis(300));
        }
    }

    @Test
    void a_node_that_finds_its_database_again_is_fresh_and_follows() throws SQLException {
        var follower = new Remembering();
        var url = (DatabaseUrl.Postgresql) TestDatabase.POSTGRESQL.url();
        try (var database = Database.open(url);
                var feed = new Feed(database, CLOCK, Duration.ofMillis(500))) {
            feed.start(follower);
            changes(feed, "before");

            outage(url, true);
            until(() -> !feed.isFresh());
            outage(url, false);
            until(feed::isFresh);
            until(() -> changesIfItCan(feed));

            assertThat(follower.applied).contains("before", "after");
        }
    }

    private static boolean changesIfItCan(Feed feed) {
        try {
            return changes(feed, "after").equals("after");
        } catch (SqlFailure e) {
            return false;
        }
    }

    private static void outage(DatabaseUrl.Postgresql url, boolean isOut) throws SQLException {
        var name = url.jdbcUrl().replaceAll(".*/(test_[0-9a-f]+).*", "$1");
        try (var connection = DriverManager.getConnection(url.jdbcUrl().replace(name, "postgres"));
                var statement = connection.createStatement()) {
            statement.execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS " + !isOut);
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
        }
    }

    /** As a restore does, or a failover to a copy that lagged. */
    private static void setBack(Database database, long revision) {
        database.inTransaction(transaction -> {
            transaction
                    .sql("DELETE FROM feed WHERE revision > ?")
                    .with(revision)
                    .update();
            return transaction
                    .sql("UPDATE feed_head SET revision = ? WHERE id = 1")
                    .with(revision)
                    .update();
        });
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_node_whose_database_was_set_back_under_it_reads_everything_again(TestDatabase kind) {
        var follower = new Remembering();
        try (var database = kind.open();
                var feed = feed(database, follower)) {
            changes(feed, "kept");
            changes(feed, "lost");

            setBack(database, 1);
            until(() -> feed.revision() == 1);

            assertThat(subjects(database)).containsExactly("kept");
            assertThat(changes(feed, "next")).isEqualTo("next");
            assertThat(feed.revision()).isEqualTo(2);
            assertThat(feed.isFresh()).isTrue();
        }
    }
}
