package dev.sallyport.rule;

import static dev.sallyport.rule.TestRules.NOON;
import static dev.sallyport.rule.TestRules.code;
import static dev.sallyport.rule.TestRules.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.identity.CredentialKind;
import dev.sallyport.sql.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who wins when many do it at once. */
class RuleRacesTest {

    private static final int ROUNDS = 10;
    private static final int CREATORS = 8;

    private static final NewCredential API_KEY = new NewCredential(CredentialKind.API_KEY, Optional.empty(), null);

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

    /** The order in which things were acknowledged, by one counter that everybody raises right after. */
    private record Acknowledged(boolean isRule, boolean isAllowed, long at) {}

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void what_is_acknowledged_after_a_rule_obeys_it(TestDatabase kind) throws Exception {
        try (var test = TestRules.on(kind)) {
            var administrator = test.administrator();
            for (var round = 0; round < ROUNDS; round++) {
                var revision = round * 2;
                var order = new AtomicLong();
                var tasks = new ArrayList<Callable<Acknowledged>>();
                tasks.add(() -> {
                    var answer = test.set(administrator, revision, "{\"api_key\":{\"creatable\":false}}");
                    return new Acknowledged(true, status(answer) == 200, order.incrementAndGet());
                });
                for (var creator = 0; creator < CREATORS; creator++) {
                    tasks.add(() -> {
                        var begun = order.incrementAndGet();
                        var ruling = test.create(administrator, API_KEY);
                        return new Acknowledged(false, ruling instanceof Ruling.Allowed, begun);
                    });
                }

                var all = atOnce(tasks);

                var rule = all.stream().filter(Acknowledged::isRule).findFirst().orElseThrow();
                assertThat(rule.isAllowed()).isTrue();
                assertThat(all)
                        .filteredOn(each -> !each.isRule() && each.at() > rule.at())
                        .noneMatch(Acknowledged::isAllowed);
                assertThat(createdAfterRule(test)).as("round " + round).isZero();
                assertThat(code(test.set(administrator, revision + 1, "{}"))).isEqualTo("200");
            }
        }
    }

    /** The feed has the order of the commits: nothing was created between the rule and its end. */
    private static long createdAfterRule(TestRules test) {
        return test.database.reading(transaction -> transaction
                .sql("""
                        SELECT count(*) AS n FROM feed
                        WHERE organization_id = ? AND kind = 'credential' AND revision > (
                            SELECT max(revision) FROM feed WHERE organization_id = ? AND kind = 'rules')
                        """)
                .with(test.organization.id().value(), test.organization.id().value())
                .map(row -> row.number("n"))
                .one());
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void of_many_who_change_the_same_revision_one_wins(TestDatabase kind) throws Exception {
        try (var test = TestRules.on(kind)) {
            var administrator = test.administrator();

            var answers = atOnce(Collections.<Callable<Integer>>nCopies(
                    16, () -> status(test.set(administrator, 0, "{\"api_key\":{\"unused_days\":9}}"))));

            assertThat(answers).filteredOn(status -> status == 200).hasSize(1);
            assertThat(answers).filteredOn(status -> status == 409).hasSize(15);
            assertThat(test.trail()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void nodes_that_sweep_at_once_end_each_credential_once(TestDatabase kind) throws Exception {
        try (var test = TestRules.on(kind)) {
            var administrator = test.administrator();
            test.set(administrator, 0, "{\"api_key\":{\"unused_days\":1}}");
            for (var i = 0; i < 20; i++) {
                test.keep(null, CredentialKind.API_KEY, Optional.empty(), null);
            }
            var later = NOON.plus(Duration.ofDays(2));

            var ended = atOnce(Collections.<Callable<Integer>>nCopies(4, () -> test.rules.sweep(later)));

            assertThat(ended.stream().mapToInt(Integer::intValue).sum()).isEqualTo(20);
            assertThat(test.trail()).filteredOn("CREDENTIAL_REVOKED"::equals).hasSize(20);
        }
    }
}
