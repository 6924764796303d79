package dev.sallyport.token;

import static dev.sallyport.token.TestTokens.NOON;
import static dev.sallyport.token.TestTokens.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.audit.Actor;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.Origin;
import dev.sallyport.sql.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who wins when many do it at once. */
class TokenRacesTest {

    private static final int THREADS = 32;

    /** All of them let go by one barrier. */
    private static <T> List<T> atOnce(List<Callable<T>> tasks)
            throws InterruptedException, ExecutionException, TimeoutException {
        var barrier = new CyclicBarrier(tasks.size());
        var results = new ArrayList<T>();
        try (var threads = Executors.newFixedThreadPool(tasks.size())) {
            var futures = new ArrayList<Future<T>>();
            for (var task : tasks) {
                futures.add(threads.submit(() -> {
                    barrier.await();
                    return task.call();
                }));
            }
            for (var future : futures) {
                results.add(future.get(30, TimeUnit.SECONDS));
            }
        }
        return results;
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void of_many_revocations_one_is_on_record_and_all_are_answered(TestDatabase kind) throws Exception {
        try (var test = TestTokens.on(kind)) {
            var caller = test.caller(test.user(), "user_app_keys", "monitors_read");
            var id = test.issued(caller, "laptop", "monitors_read").path("id").stringValue();

            var answers =
                    atOnce(Collections.<Callable<Integer>>nCopies(THREADS, () -> status(test.revoke(caller, id))));

            assertThat(answers).containsOnly(204);
            assertThat(test.trail()).containsExactly("TOKEN_ISSUED", "TOKEN_REVOKED");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void of_many_who_redeem_a_code_one_wins(TestDatabase kind) throws Exception {
        try (var test = TestTokens.on(kind)) {
            var administrator = test.administrator();
            var operator = Actor.operator(test.organization.id());
            for (var round = 0; round < 5; round++) {
                var code = test.tokens
                        .createSetupLink(operator, test.organization.id(), administrator.id())
                        .orElseThrow()
                        .code()
                        .reveal();

                var answers = atOnce(Collections.<Callable<Redemption>>nCopies(
                        THREADS, () -> test.tokens.redeem(code, Origin.MACHINE)));

                assertThat(answers)
                        .filteredOn(Redemption.Redeemed.class::isInstance)
                        .hasSize(1);
                assertThat(test.live(administrator)).isEqualTo(round + 1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void of_links_made_at_once_one_is_good(TestDatabase kind) throws Exception {
        try (var test = TestTokens.on(kind)) {
            var administrator = test.administrator();
            var operator = Actor.operator(test.organization.id());

            var links = atOnce(Collections.<Callable<SetupLink>>nCopies(
                    8,
                    () -> test.tokens
                            .createSetupLink(operator, test.organization.id(), administrator.id())
                            .orElseThrow()));

            assertThat(links.stream()
                            .map(link -> test.tokens.redeem(link.code().reveal(), Origin.MACHINE))
                            .filter(Redemption.Redeemed.class::isInstance))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void nothing_is_live_after_the_owner_was_disabled(TestDatabase kind) throws Exception {
        try (var test = TestTokens.on(kind)) {
            for (var round = 0; round < 3; round++) {
                var caller = test.caller(test.user(), "user_app_keys", "monitors_read");
                var tasks = new ArrayList<Callable<Long>>();
                tasks.addAll(Collections.nCopies(THREADS - 1, () -> (long) issue(test, caller)));
                tasks.add(() -> {
                    test.disable(caller.principal());
                    return test.live(caller.principal());
                });

                var answers = atOnce(tasks);

                assertThat(answers.getLast()).isZero();
                assertThat(answers.subList(0, THREADS - 1)).allMatch(status -> status == 201 || status == 403);
                test.enable(caller.principal());
                assertThat(test.live(caller.principal())).isZero();
                assertThat(issue(test, caller)).isEqualTo(403);
            }
        }
    }

    private static int issue(TestTokens test, Caller caller) {
        return status(test.issue(caller, "raced", NOON.plus(Duration.ofDays(2)), "monitors_read"));
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void nothing_is_issued_by_a_token_after_it_was_revoked(TestDatabase kind) throws Exception {
        try (var test = TestTokens.on(kind)) {
            for (var round = 0; round < 3; round++) {
                var caller = test.caller(test.user(), "user_app_keys", "monitors_read");
                var tasks = new ArrayList<Callable<Long>>();
                tasks.addAll(Collections.nCopies(THREADS - 1, () -> (long) issue(test, caller)));
                tasks.add(() -> {
                    test.revoke(caller, caller.credential().id().toString());
                    return test.live(caller.principal());
                });

                var answers = atOnce(tasks);

                assertThat(test.live(caller.principal())).isEqualTo(answers.getLast());
                assertThat(answers.subList(0, THREADS - 1)).allMatch(status -> status == 201 || status == 403);
                assertThat(answers.stream().filter(status -> status == 201).count())
                        .isEqualTo(answers.getLast());
                assertThat(issue(test, caller)).isEqualTo(403);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void the_limit_of_an_owner_holds_when_all_ask_at_once(TestDatabase kind) throws Exception {
        var limits = new TokenLimits(
                Duration.ofHours(24), Duration.ZERO, Duration.ofDays(366), Duration.ofDays(365), 10, 11);
        try (var test = TestTokens.with(kind, limits)) {
            var caller = test.caller(test.user(), "user_app_keys", "monitors_read");

            var answers = atOnce(Collections.<Callable<Integer>>nCopies(THREADS, () -> issue(test, caller)));

            assertThat(answers.stream().filter(status -> status == 201).count()).isEqualTo(10);
            assertThat(test.live(caller.principal())).isEqualTo(11);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void edits_and_a_revocation_end_in_a_revoked_token(TestDatabase kind) throws Exception {
        try (var test = TestTokens.on(kind)) {
            var caller = test.caller(test.user(), "user_app_keys", "monitors_read");
            var id = test.issued(caller, "laptop", "monitors_read").path("id").stringValue();
            var tasks = new ArrayList<Callable<Response>>();
            tasks.addAll(Collections.nCopies(15, () -> test.edit(caller, id, "{\"name\":\"edited\"}")));
            tasks.add(() -> test.revoke(caller, id));

            var answers = atOnce(tasks);

            assertThat(status(answers.getLast())).isEqualTo(204);
            assertThat(status(test.read(caller, id))).isEqualTo(404);
            assertThat(test.trail()).endsWith("TOKEN_REVOKED");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void nothing_is_issued_to_a_service_account_after_its_makers_token_was_revoked(TestDatabase kind) throws Exception {
        try (var test = TestTokens.on(kind)) {
            for (var round = 0; round < 3; round++) {
                var account = test.serviceAccount();
                var tokens = TestServiceTokens.of(test, account.id());
                var maker = test.caller(test.user(), "user_app_keys", "service_account_write", "monitors_read");
                var tasks = new ArrayList<Callable<Long>>();
                tasks.addAll(Collections.nCopies(THREADS - 1, () -> (long) issue(tokens, maker)));
                tasks.add(() -> {
                    test.revoke(maker, maker.credential().id().toString());
                    return test.live(account);
                });

                var answers = atOnce(tasks);

                assertThat(test.live(account)).isEqualTo(answers.getLast());
                assertThat(answers.subList(0, THREADS - 1)).allMatch(status -> status == 201 || status == 403);
                assertThat(answers.stream().filter(status -> status == 201).count())
                        .isEqualTo(answers.getLast());
                assertThat(issue(tokens, maker)).isEqualTo(403);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void nothing_of_a_service_account_is_live_after_it_was_disabled(TestDatabase kind) throws Exception {
        try (var test = TestTokens.on(kind)) {
            for (var round = 0; round < 3; round++) {
                var account = test.serviceAccount();
                var tokens = TestServiceTokens.of(test, account.id());
                var maker = test.caller(test.user(), "service_account_write", "monitors_read");
                var tasks = new ArrayList<Callable<Long>>();
                tasks.addAll(Collections.nCopies(THREADS - 1, () -> (long) issue(tokens, maker)));
                tasks.add(() -> {
                    test.disable(account);
                    return test.live(account);
                });

                var answers = atOnce(tasks);

                assertThat(answers.getLast()).isZero();
                assertThat(answers.subList(0, THREADS - 1))
                        .allMatch(status -> status == 201 || status == 400 || status == 403);
                test.enable(account);
                assertThat(test.live(account)).isZero();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void two_service_accounts_make_tokens_for_each_other_at_once(TestDatabase kind) throws Exception {
        try (var test = TestTokens.on(kind)) {
            var first = test.serviceAccount();
            var second = test.serviceAccount();
            var ofFirst = test.endless(first, "service_account_write", "monitors_read");
            var ofSecond = test.endless(second, "service_account_write", "monitors_read");
            var tasks = new ArrayList<Callable<Integer>>();
            for (var i = 0; i < THREADS / 2; i++) {
                tasks.add(() -> issue(TestServiceTokens.of(test, second.id()), ofFirst));
                tasks.add(() -> issue(TestServiceTokens.of(test, first.id()), ofSecond));
            }

            var answers = atOnce(tasks);

            assertThat(answers).containsOnly(201);
        }
    }

    private static int issue(TestServiceTokens tokens, Caller caller) {
        return status(tokens.issue(caller, "raced", NOON.plus(Duration.ofDays(2)), "monitors_read"));
    }
}
