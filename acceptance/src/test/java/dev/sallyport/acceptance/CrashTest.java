package dev.sallyport.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code kill -9} in the middle of everything. The oracle is what clients were told: what was acknowledged must be there, and
 * what was revoked must stay so.
 */
class CrashTest {

    private static final int CONNECTIONS = 8;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"SQLITE, 1000", "POSTGRESQL, 200"})
    void nothing_acknowledged_is_lost_and_no_revocation_undone(StoreKind kind, int tokens) throws Exception {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var store = Store.prepared(folder, kind);

        var issued = issueUntilKilled(store, tokens, random);
        var revoked = revokeUntilKilled(store, issued, random);
        var decided = askUntilKilled(store, revoked.untouched(), random);

        try (var server = store.serve();
                var admin = new Http(server, store.token())) {
            assertThat(admin.assets("@action:created @asset.type:personal_access_token"))
                    .as("created by the trail, seed %d", seed)
                    .containsAll(issued.stream().map(Http.Token::id).toList());
            assertThat(admin.assets("@action:deleted @asset.type:personal_access_token"))
                    .as("revoked by the trail, seed %d", seed)
                    .containsAll(ids(revoked.acknowledged()));
            assertThat(refused(server, issued))
                    .as("refused at the door, seed %d", seed)
                    .containsAll(ids(revoked.acknowledged()))
                    .doesNotContainAnyElementsOf(ids(revoked.untouched()));
            assertThat(decisionsInTrail(admin))
                    .as("answered decisions in the trail, seed %d", seed)
                    .containsAll(decided);
            assertThat(admin.trail("@decision.id:" + decided.getLast())).hasSize(1);
            server.stop();
        }
    }

    private static List<Http.Token> issueUntilKilled(Store store, int tokens, Random random) throws Exception {
        var acknowledged = new ConcurrentLinkedQueue<Http.Token>();
        var next = new AtomicInteger();
        try (var server = store.serve()) {
            killAfter(between(random, tokens / 4, tokens * 3 / 4), server, (killing, connection) -> {
                try (var admin = new Http(server, store.token())) {
                    while (next.get() < tokens) {
                        var number = next.getAndIncrement();
                        acknowledged.add(admin.tryIssue("token " + number, "user_access_read"));
                        killing.countDown();
                    }
                }
            });
        }
        assertThat(acknowledged.size()).isLessThan(tokens);
        return List.copyOf(acknowledged);
    }

    /** @param untouched tokens that nobody asked to revoke */
    private record Revoked(List<Http.Token> acknowledged, List<Http.Token> untouched) {}

    private static Revoked revokeUntilKilled(Store store, List<Http.Token> tokens, Random random) throws Exception {
        var acknowledged = new ConcurrentLinkedQueue<Http.Token>();
        var half = tokens.size() / 2;
        var waiting = new ConcurrentLinkedQueue<>(tokens.subList(0, half));
        try (var server = store.serve();
                var admin = new Http(server, store.token())) {
            // Before anything else happens to them: every acknowledged token has survived, and works.
            assertThat(refused(server, tokens)).as("lost").isEmpty();
            killAfter(between(random, half / 4, half * 3 / 4), server, (killing, connection) -> {
                for (var token = waiting.poll(); token != null; token = waiting.poll()) {
                    assertThat(admin.tryRevoke(token.id()).status()).isEqualTo(204);
                    acknowledged.add(token);
                    killing.countDown();
                }
            });
        }
        assertThat(acknowledged.size()).isLessThan(half);
        return new Revoked(List.copyOf(acknowledged), tokens.subList(half, tokens.size()));
    }

    /** @return the ids of decisions that were answered with 200 */
    private static List<String> askUntilKilled(Store store, List<Http.Token> tokens, Random random) throws Exception {
        var answered = new ConcurrentLinkedQueue<String>();
        try (var server = store.serve()) {
            killAfter(between(random, 500, 1_500), server, (killing, connection) -> {
                try (var caller = new Http(server, tokens.get(connection).key())) {
                    while (true) {
                        var answer = caller.ask("datadog", "GET", "/api/v2/users");
                        assertThat(answer.status()).isEqualTo(200);
                        answered.add(answer.header("Sallyport-Decision"));
                        killing.countDown();
                    }
                }
            });
        }
        return List.copyOf(answered);
    }

    /** Works on one connection until there is nothing left to do or the server is gone. */
    private interface Work {
        void run(CountDownLatch killing, int connection) throws IOException;
    }

    private static void killAfter(int acknowledgements, RunningServer server, Work work) throws Exception {
        var killing = new CountDownLatch(acknowledgements);
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var workers = new ArrayList<Future<?>>();
            for (var connection = 0; connection < CONNECTIONS; connection++) {
                var number = connection;
                workers.add(pool.submit(() -> untilGone(work, killing, number)));
            }
            var isReached = killing.await(60, TimeUnit.SECONDS);
            server.kill();
            for (var worker : workers) {
                worker.get(60, TimeUnit.SECONDS);
            }
            assertThat(isReached).as(server.log()).isTrue();
        }
    }

    private static void untilGone(Work work, CountDownLatch killing, int connection) {
        try {
            work.run(killing, connection);
        } catch (IOException e) {
            // The server was killed, as was the plan; a kill that came too early leaves the latch open.
        }
    }

    /** The ids of those tokens that the door refuses. */
    private static Set<String> refused(RunningServer server, List<Http.Token> tokens) throws Exception {
        var refused = new ConcurrentLinkedQueue<String>();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var askers = IntStream.range(0, CONNECTIONS)
                    .mapToObj(number -> pool.submit(() -> {
                        for (var i = number; i < tokens.size(); i += CONNECTIONS) {
                            var token = tokens.get(i);
                            try (var caller = new Http(server, token.key())) {
                                if (caller.ask("datadog", "GET", "/api/v2/users")
                                                .status()
                                        != 200) {
                                    refused.add(token.id());
                                }
                            }
                        }
                        return null;
                    }))
                    .toList();
            for (var asker : askers) {
                asker.get(60, TimeUnit.SECONDS);
            }
        }
        return new HashSet<>(refused);
    }

    private static Set<String> decisionsInTrail(Http admin) {
        var ids = new HashSet<String>();
        admin.trail("@api:datadog @outcome:allowed")
                .forEach(event ->
                        ids.add(Http.facts(event).path("decision").path("id").asString()));
        return ids;
    }

    private static List<String> ids(List<Http.Token> tokens) {
        return tokens.stream().map(Http.Token::id).toList();
    }

    private static int between(Random random, int least, int most) {
        return least + random.nextInt(most - least);
    }
}
