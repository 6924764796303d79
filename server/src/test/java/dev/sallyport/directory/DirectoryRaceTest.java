package dev.sallyport.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.audit.Actor;
import dev.sallyport.identity.Principal;
import dev.sallyport.permission.ManagedRole;
import dev.sallyport.sql.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DirectoryRaceTest {

    private static final int ROUNDS = 10;

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void of_administrators_who_leave_at_once_one_stays(TestDatabase kind) throws Exception {
        try (var test = TestDirectory.open(kind)) {
            for (var round = 0; round < ROUNDS; round++) {
                var founded = test.founded("Acme " + round, "ann@acme.example");
                var operator = Actor.operator(founded.organization().id());
                var second = test.added(founded.organization(), "bob@acme.example", ManagedRole.ADMIN);

                var results = atOnce(List.<Callable<Object>>of(
                        () -> test.directory.change(operator, founded.admin().id(), ChangeStanding.To.DISABLED),
                        () -> test.directory.change(operator, second.id(), ChangeStanding.To.REMOVED)));

                assertThat(results)
                        .as("round %d", round)
                        .containsAnyOf(
                                new ChangeStanding.Result.LastAdministrator(),
                                new ChangeStanding.Result.LastAdministrator());
                assertThat(List.of(test.fact(founded.admin()), test.fact(second)))
                        .as("round %d", round)
                        .filteredOn(fact -> fact.principal().isActive())
                        .hasSize(1);
            }
        }
    }

    /** The first has left but not committed: whoever comes then must not count on it. */
    @ParameterizedTest
    @EnumSource(value = TestDatabase.class, names = "POSTGRESQL")
    void an_administrator_waits_for_one_who_is_leaving(TestDatabase kind) throws Exception {
        try (var test = TestDirectory.open(kind);
                var threads = Executors.newFixedThreadPool(1)) {
            var founded = test.founded("Acme", "ann@acme.example");
            var acme = founded.organization();
            var second = test.added(acme, "bob@acme.example", ManagedRole.ADMIN);
            var isAboutToLeave = new CountDownLatch(1);
            var users = new PrincipalStore();

            var other = test.database.inTransaction(tx -> {
                users.retire(tx, acme.id(), second.id(), Principal.State.DISABLED, TestDirectory.NOON);
                var leaving = threads.submit(() -> {
                    isAboutToLeave.countDown();
                    return test.directory.change(
                            Actor.operator(acme.id()), founded.admin().id(), ChangeStanding.To.DISABLED);
                });
                awaitBlocked(test, isAboutToLeave);
                return leaving;
            });

            assertThat(other.get()).isEqualTo(new ChangeStanding.Result.LastAdministrator());
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void of_users_with_one_folded_address_one_is_added(TestDatabase kind) throws Exception {
        try (var test = TestDirectory.open(kind)) {
            var acme = test.founded("Acme", "ann@acme.example").organization();
            var operator = Actor.operator(acme.id());
            for (var round = 0; round < ROUNDS; round++) {
                var name = "bob" + round;

                var results = atOnce(IntStream.range(0, 4)
                        .<Callable<AddUser.Result>>mapToObj(i -> () -> {
                            var email = (i % 2 == 0 ? name : name.toUpperCase(Locale.ROOT)) + "@acme.example";
                            return test.directory.addUser(
                                    operator, new AddUser.Request(email, "Bob", ManagedRole.STANDARD));
                        })
                        .toList());

                assertThat(results)
                        .as("round %d", round)
                        .filteredOn(AddUser.Result.Added.class::isInstance)
                        .hasSize(1);
                assertThat(results)
                        .as("round %d", round)
                        .filteredOn(new AddUser.Result.EmailTaken()::equals)
                        .hasSize(3);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void of_callers_who_disable_one_user_one_does_it(TestDatabase kind) throws Exception {
        try (var test = TestDirectory.open(kind)) {
            var acme = test.founded("Acme", "ann@acme.example").organization();
            var operator = Actor.operator(acme.id());
            var bob = test.added(acme, "bob@acme.example", ManagedRole.STANDARD);

            var results = atOnce(IntStream.range(0, 4)
                    .<Callable<ChangeStanding.Result>>mapToObj(
                            _ -> () -> test.directory.change(operator, bob.id(), ChangeStanding.To.DISABLED))
                    .toList());

            assertThat(results)
                    .filteredOn(ChangeStanding.Result.Changed.class::isInstance)
                    .hasSize(1);
            assertThat(test.fact(bob).principal().epoch()).isEqualTo(bob.epoch() + 1);
            assertThat(test.trail(acme.id()))
                    .filteredOn("USER_DISABLED"::equals)
                    .hasSize(1);
        }
    }

    /** Until PostgreSQL says that somebody waits for a lock. */
    static void awaitBlocked(TestDirectory test, CountDownLatch isAboutToLeave) {
        try {
            assertThat(isAboutToLeave.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        while (waiting(test) == 0 && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(waiting(test)).isPositive();
    }

    private static long waiting(TestDirectory test) {
        return test.database.reading(
                tx -> tx.sql("SELECT count(*) AS waiting FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
                        .map(row -> row.number("waiting"))
                        .one());
    }

    static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
        var barrier = new CyclicBarrier(calls.size());
        try (var threads = Executors.newFixedThreadPool(calls.size())) {
            var futures = calls.stream()
                    .map(call -> threads.submit(() -> {
                        barrier.await();
                        return call.call();
                    }))
                    .toList();
            var results = new ArrayList<T>();
            for (var future : futures) {
                results.add(future.get());
            }
            return results;
        }
    }
}
