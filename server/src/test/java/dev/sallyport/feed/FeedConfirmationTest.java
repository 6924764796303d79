package dev.sallyport.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.sql.Database;
import dev.sallyport.sql.TestDatabase;
import dev.sallyport.sql.Transaction;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FeedConfirmationTest {

    private static final ChangeKind KIND = new ChangeKind("thing");
    private static final UUID ACME = UUID.fromString("11111111-1111-4111-8111-111111111111");
    private static final int BATCH = 1_000;

    /** Writes down what it is told, and stops before a subject until it may go on. */
    private static final class Recorder implements Follower {
        private final List<String> subjects = Collections.synchronizedList(new ArrayList<>());
        private final CountDownLatch isThere = new CountDownLatch(1);
        private final CountDownLatch mayGoOn = new CountDownLatch(1);
        private final String stop;
        private final Runnable whileLoading;
        private volatile long loadedAt;

        Recorder(String stop, Runnable whileLoading) {
            this.stop = stop;
            this.whileLoading = whileLoading;
        }

        @Override
        public void load(Transaction transaction) {
            loadedAt = System.nanoTime();
            whileLoading.run();
        }

        @Override
        public void apply(Transaction transaction, Change change) {
            if (change.subject().equals(stop)) {
                isThere.countDown();
                try {
                    assertThat(mayGoOn.await(20, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            subjects.add(change.subject());
        }
    }

    private static Feed feed(Database database, Duration maxStale) {
        return new Feed(database, InstantSource.system(), maxStale);
    }

    private static void commitElsewhere(Database database, int changes) {
        database.inTransaction(transaction -> {
            for (var i = 1; i <= changes; i++) {
                transaction
                        .sql("INSERT INTO feed (revision, kind, organization_id, subject, at) VALUES (?, ?, ?, ?, ?)")
                        .with(i, KIND.name(), ACME, String.valueOf(i), 0)
                        .update();
            }
            return transaction
                    .sql("UPDATE feed_head SET revision = ? WHERE id = 1")
                    .with(changes)
                    .update();
        });
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void what_is_in_memory_is_not_confirmed_before_all_changes_are_applied(TestDatabase kind) throws Exception {
        try (var database = kind.open();
                var feed = feed(database, Duration.ofSeconds(60))) {
            var recorder = new Recorder(String.valueOf(BATCH + 1), () -> commitElsewhere(database, BATCH + 1));
            feed.start(recorder);

            assertThat(recorder.isThere.await(20, TimeUnit.SECONDS)).isTrue();
            var confirmedAt = System.nanoTime() - feed.staleness().toNanos();
            recorder.mayGoOn.countDown();

            // A whole batch was applied since, and it confirmed nothing.
            assertThat(feed.revision()).isGreaterThanOrEqualTo(BATCH);
            assertThat(confirmedAt - recorder.loadedAt).isLessThanOrEqualTo(0);
        }
    }
}
