package dev.sallyport.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sallyport.sql.Database;
import dev.sallyport.sql.TestDatabase;
import dev.sallyport.sql.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A node that runs while its database is put back to an earlier state. */
class RestoredFeedTest {

    private static final ChangeKind KIND = new ChangeKind("thing");
    private static final UUID ACME = UUID.fromString("11111111-1111-4111-8111-111111111111");
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Remembers what it was told; it can be made to fail. */
    private static final class Remembering implements Follower {
        private final List<String> told = new CopyOnWriteArrayList<>();
        private volatile boolean isBroken;

        @Override
        public void load(Transaction transaction) {
            if (isBroken) {
                throw new IllegalStateException("broken");
            }
            told.add("loaded");
        }

        @Override
        public void apply(Transaction transaction, Change change) {
            told.add(change.subject());
        }
    }

    private static Feed following(Database database, Follower follower) {
        var feed = new Feed(database, InstantSource.fixed(NOON), Duration.ofMinutes(1));
        feed.start(follower);
        return feed;
    }

    private static void changes(Feed feed, String... subjects) {
        for (var subject : subjects) {
            feed.change(_ -> Outcome.changed(new Change(KIND, ACME, subject), subject));
        }
    }

    private static void putBack(Transaction transaction, long revision) {
        transaction.sql("DELETE FROM feed WHERE revision > ?").with(revision).update();
        transaction
                .sql("UPDATE feed_head SET revision = ? WHERE id = 1")
                .with(revision)
                .update();
    }

    private static void until(BooleanSupplier condition) {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("not within " + PATIENCE).isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void after_a_restore_everything_is_loaded_again_and_revisions_go_on_rising(TestDatabase kind) {
        var follower = new Remembering();
        try (var database = kind.open();
                var feed = following(database, follower)) {
            changes(feed, "one", "two", "three");

            database.inTransaction(transaction -> {
                putBack(transaction, 1);
                return History.begin(transaction, NOON);
            });
            until(() -> follower.told.size() == 5);
            until(feed::isFresh);
            var revision = feed.revision();
            changes(feed, "four");

            assertThat(follower.told).containsExactly("loaded", "one", "two", "three", "loaded", "four");
            assertThat(revision).isEqualTo(1_795_435_200_000_000L);
            assertThat(feed.revision()).isEqualTo(revision + 1);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_past_that_nobody_announced_is_noticed_too(TestDatabase kind) {
        var follower = new Remembering();
        try (var database = kind.open();
                var feed = following(database, follower)) {
            changes(feed, "one", "two", "three");

            database.inTransaction(transaction -> {
                putBack(transaction, 1);
                return true;
            });
            until(() -> feed.revision() == 1);
            until(feed::isFresh);
            changes(feed, "four");

            assertThat(follower.told).containsExactly("loaded", "one", "two", "three", "loaded", "four");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_past_that_has_grown_beyond_what_was_seen_is_noticed_too(TestDatabase kind) {
        var follower = new Remembering();
        try (var database = kind.open();
                var feed = following(database, follower)) {
            changes(feed, "one", "two", "three");

            database.inTransaction(transaction -> {
                putBack(transaction, 1);
                for (var revision = 2; revision <= 5; revision++) {
                    transaction
                            .sql("INSERT INTO feed (revision, kind, organization_id, subject, at)"
                                    + " VALUES (?, 'thing', ?, 'other', 0)")
                            .with(revision, ACME)
                            .update();
                }
                return transaction.sql("UPDATE feed_head SET revision = 5").update();
            });
            until(() -> feed.revision() == 5);

            assertThat(follower.told).containsExactly("loaded", "one", "two", "three", "loaded");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void nothing_is_fresh_until_the_restored_database_could_be_read(TestDatabase kind) {
        var follower = new Remembering();
        try (var database = kind.open();
                var feed = following(database, follower)) {
            changes(feed, "one");
            follower.isBroken = true;

            database.inTransaction(transaction -> History.begin(transaction, NOON));
            until(() -> !feed.isFresh());
            follower.isBroken = false;
            until(feed::isFresh);

            assertThat(follower.told).containsExactly("loaded", "one", "loaded");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_change_that_would_take_a_number_again_is_undone(TestDatabase kind) {
        try (var database = kind.open();
                var feed = new Feed(database, InstantSource.fixed(NOON), Duration.ofMinutes(1))) {
            feed.start(new Remembering());
            changes(feed, "one", "two");

            assertThatExceptionOfType(FeedStalled.class)
                    .isThrownBy(() -> feed.change(transaction -> {
                        putBack(transaction, 1);
                        return Outcome.changed(new Change(KIND, ACME, "again"), "again");
                    }))
                    .withMessageContaining("put back");

            assertThat(feed.revision()).isEqualTo(2);
            assertThat(database.<Long>reading(
                            transaction -> History.of(transaction).head()))
                    .isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void of_two_restores_the_later_one_has_the_greater_revisions(TestDatabase kind) {
        try (var database = kind.open()) {
            var first = database.inTransaction(transaction -> History.begin(transaction, NOON));
            var behind = database.inTransaction(transaction -> History.begin(transaction, NOON.minusSeconds(60)));
            var later = database.inTransaction(transaction -> History.begin(transaction, NOON.plusSeconds(60)));

            assertThat(List.of(first.head(), behind.head(), later.head())).isSorted();
            assertThat(List.of(first.epoch(), behind.epoch(), later.epoch())).doesNotHaveDuplicates();
            assertThat(behind.head()).isEqualTo(first.head() + 1);
        }
    }
}
