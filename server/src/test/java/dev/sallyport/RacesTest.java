package dev.sallyport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.permission.ManagedRole;
import dev.sallyport.sql.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What ends is over when its end was acknowledged: not one use that began later is allowed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RacesTest {

    private static final int USERS = 32;
    private static final int REVOKES = 200;
    private static final int OTHERS = 25;

    private final ExecutorService threads = Executors.newFixedThreadPool(USERS);

    @AfterAll
    void close() {
        threads.shutdownNow();
    }

    /** By the monotonic clock. */
    private record Use(long began, long ended, boolean isAllowed) {}

    private record Trial(List<Use> uses, long acknowledged) {

        long allowedAfterwards() {
            return uses.stream()
                    .filter(use -> use.began() > acknowledged && use.isAllowed())
                    .count();
        }

        /** Uses that were allowed though they began after a refusal had been heard. */
        long revived() {
            var refused = uses.stream()
                    .filter(use -> !use.isAllowed())
                    .mapToLong(Use::ended)
                    .min()
                    .orElse(Long.MAX_VALUE);
            return uses.stream()
                    .filter(use -> use.began() > refused && use.isAllowed())
                    .count();
        }

        long allowed() {
            return uses.stream().filter(Use::isAllowed).count();
        }

        long begunAfterwards() {
            return uses.stream().filter(use -> use.began() > acknowledged).count();
        }
    }

    /** Something to use, and how it is ended. */
    private record Case(TestCall use, Runnable end) {}

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void no_use_of_a_token_is_allowed_after_its_revocation_was_acknowledged(TestDatabase kind) {
        try (var authority = TestAuthority.on(kind)) {
            var admin = authority.founds("Acme");

            var trials = run(REVOKES, () -> {
                var token = admin.issues("user_access_read");
                return new Case(door(authority, token), () -> admin.revokes(token));
            });

            check("revoke " + kind, trials);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void no_use_of_a_token_is_allowed_after_its_owner_was_disabled(TestDatabase kind) {
        try (var authority = TestAuthority.on(kind)) {
            var admin = authority.founds("Acme");

            var trials = run(OTHERS, () -> {
                var owner = authority.joins(admin, "Larry", ManagedRole.STANDARD);
                return new Case(door(authority, owner.token()), () -> authority.disables(owner));
            });

            check("disable " + kind, trials);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void no_use_of_a_scope_is_allowed_after_it_was_taken_away(TestDatabase kind) {
        try (var authority = TestAuthority.on(kind)) {
            var admin = authority.founds("Acme");

            var trials = run(OTHERS, () -> {
                var token = admin.issues("user_access_read", "monitors_read");
                return new Case(door(authority, token), () -> admin.rescopes(token, "monitors_read"));
            });

            check("rescope " + kind, trials);
        }
    }

    private static TestCall door(TestAuthority authority, TestPerson.Shown token) {
        return authority.nginx("datadog", "GET", "/api/v2/roles").withToken(token.text());
    }

    private static void check(String title, List<Trial> trials) {
        var allowed = trials.stream().mapToLong(Trial::allowed).sum();
        var later = trials.stream().mapToLong(Trial::begunAfterwards).sum();
        System.err.printf(
                "%s: %d trials, %d uses allowed, %d begun afterwards%n", title, trials.size(), allowed, later);

        assertThat(allowed).isGreaterThan(trials.size());
        assertThat(later).isGreaterThanOrEqualTo((long) trials.size() * USERS);
        assertThat(trials).allSatisfy(trial -> {
            assertThat(trial.allowedAfterwards()).isZero();
            assertThat(trial.revived()).isZero();
        });
    }

    private List<Trial> run(int count, Supplier<Case> cases) {
        var trials = new ArrayList<Trial>();
        for (var i = 0; i < count; i++) {
            trials.add(run(cases.get()));
        }
        return trials;
    }

    private Trial run(Case tried) {
        var barrier = new CyclicBarrier(USERS + 1);
        var isOver = new AtomicBoolean();
        var users = new ArrayList<Future<List<Use>>>();
        for (var i = 0; i < USERS; i++) {
            users.add(threads.submit(() -> uses(tried.use(), barrier, isOver)));
        }
        try {
            barrier.await(10, TimeUnit.SECONDS);
            tried.end().run();
            var acknowledged = System.nanoTime();
            isOver.set(true);
            var uses = new ArrayList<Use>();
            for (var user : users) {
                uses.addAll(user.get(30, TimeUnit.SECONDS));
            }
            return new Trial(uses, acknowledged);
        } catch (InterruptedException | ExecutionException | TimeoutException | BrokenBarrierException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Until it is over, and once more. */
    private static List<Use> uses(TestCall call, CyclicBarrier barrier, AtomicBoolean isOver) throws Exception {
        barrier.await(10, TimeUnit.SECONDS);
        var uses = new ArrayList<Use>();
        boolean wasOver;
        do {
            wasOver = isOver.get();
            var began = System.nanoTime();
            var status = call.send().status();
            uses.add(new Use(began, System.nanoTime(), status == 200));
        } while (!wasOver);
        return uses;
    }
}
