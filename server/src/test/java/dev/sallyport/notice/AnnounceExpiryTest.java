package dev.sallyport.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.http.Method;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.sql.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

class AnnounceExpiryTest {

    private static final Duration MOMENT = Duration.ofNanos(1_000);

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void an_end_is_announced_once_at_each_mark(TestDatabase kind) {
        try (var test = TestNotices.on(kind)) {
            var end = test.now.plus(Duration.ofDays(90));
            var token = test.credential(CredentialKind.PERSONAL_ACCESS_TOKEN, test.user(test.organization), end);

            for (var mark : List.of(30, 7, 1)) {
                test.now = end.minus(Duration.ofDays(mark)).minus(MOMENT);
                assertThat(test.notices().announce(test.now))
                        .as("before " + mark)
                        .isZero();
                test.now = end.minus(Duration.ofDays(mark));
                assertThat(test.notices().announce(test.now)).as("at " + mark).isEqualTo(1);
                assertThat(test.notices().announce(test.now.plusSeconds(60)))
                        .as("after " + mark)
                        .isZero();
            }
            assertThat(test.notices().announce(end)).isZero();

            assertThat(test.actions())
                    .containsExactly("CREDENTIAL_EXPIRING", "CREDENTIAL_EXPIRING", "CREDENTIAL_EXPIRING");
            assertThat(test.trail()).allMatch(line -> line.contains(token.toString()));
            assertThat(marks(test)).containsExactly(30, 7, 1);
        }
    }

    private static List<Integer> marks(TestNotices test) {
        return test.database.reading(transaction -> transaction
                .sql("SELECT days FROM expiry_notice ORDER BY at, days DESC")
                .map(row -> row.integer("days"))
                .list());
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void after_a_long_silence_only_the_last_mark_is_announced(TestDatabase kind) {
        try (var test = TestNotices.on(kind)) {
            test.token(test.user(test.organization), Duration.ofDays(90));

            test.now = test.now.plus(Duration.ofDays(84));
            test.notices().announce(test.now);

            assertThat(marks(test)).containsExactly(7);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_life_that_is_no_longer_than_a_mark_is_not_announced_at_it(TestDatabase kind) {
        try (var test = TestNotices.on(kind)) {
            var owner = test.user(test.organization);
            test.token(owner, Duration.ofDays(1));
            test.token(owner, Duration.ofDays(7));
            test.token(owner, Duration.ofDays(30));
            assertThat(test.notices().announce(test.now)).isZero();

            test.now = test.now.plus(Duration.ofHours(12));
            assertThat(test.notices().announce(test.now)).isZero();

            test.now = TestNotices.NOON.plus(Duration.ofDays(6));
            assertThat(test.notices().announce(test.now)).isEqualTo(1);
            assertThat(marks(test)).containsExactly(1);

            test.now = TestNotices.NOON.plus(Duration.ofDays(23));
            assertThat(test.notices().announce(test.now)).isEqualTo(1);
            assertThat(marks(test)).containsExactly(1, 7);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void what_has_ended_already_or_never_ends_is_not_announced(TestDatabase kind) {
        try (var test = TestNotices.on(kind)) {
            var owner = test.user(test.organization);
            var revoked = test.token(owner, Duration.ofDays(60));
            test.write("UPDATE credential SET revoked_at = ? WHERE id = ?", test.now, revoked.value());
            var left = test.user(test.organization);
            test.token(left, Duration.ofDays(60));
            test.write("UPDATE principal SET epoch = 2 WHERE id = ?", left.value());
            var disabled = test.user(test.organization);
            test.token(disabled, Duration.ofDays(60));
            test.write("UPDATE principal SET state = 'disabled' WHERE id = ?", disabled.value());
            test.credential(CredentialKind.APPLICATION_KEY, owner, null);
            test.token(owner, Duration.ofDays(20));

            test.now = test.now.plus(Duration.ofDays(40));

            assertThat(test.notices().announce(test.now)).isZero();
            assertThat(test.expiring("30d")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void the_message_says_whose_credential_ends_when(TestDatabase kind) throws Exception {
        try (var test = TestNotices.on(kind)) {
            var created = test.created();
            var owner = test.user(test.organization);
            var minter = CredentialId.random();
            var end = test.now.plus(Duration.ofDays(90));
            var token = test.credential(CredentialKind.PERSONAL_ACCESS_TOKEN, owner, end);
            test.write("UPDATE credential SET minted_by = ? WHERE id = ?", minter.value(), token.value());

            test.now = end.minus(Duration.ofDays(7)).plusSeconds(30);
            test.notices().announce(test.now);
            test.notices().deliver();

            var call = test.receiver.calls().getFirst();
            assertThat(call.isSignedWith(created.path("secret").stringValue())).isTrue();
            assertThat(JsonMapper.shared().readTree(call.body()))
                    .isEqualTo(JsonMapper.shared().readTree("""
                            {"type":"credential.expiring","timestamp":"2027-02-14T12:00:30.000000Z",
                             "data":{"credential":{"id":"%s","kind":"personal_access_token","name":"name of %s"},
                                     "owner":{"id":"%s","kind":"user","name":"Alice"},
                                     "expires_at":"2027-02-21T12:00:00.000000Z","days_left":7,"minted_by":"%s"}}
                            """.formatted(token, token, owner, minter)));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void an_api_key_ends_without_an_owner(TestDatabase kind) throws Exception {
        try (var test = TestNotices.on(kind)) {
            test.created();
            test.credential(CredentialKind.API_KEY, null, test.now.plus(Duration.ofDays(31)));

            test.now = test.now.plus(Duration.ofDays(1));
            assertThat(test.notices().announce(test.now)).isEqualTo(1);
            test.notices().deliver();

            var data = JsonMapper.shared()
                    .readTree(test.receiver.calls().getFirst().body())
                    .path("data");
            assertThat(data.at("/credential/kind").stringValue()).isEqualTo("api_key");
            assertThat(data.path("owner").isNull()).isTrue();
            assertThat(data.path("minted_by").isNull()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void webhooks_that_are_disabled_or_of_another_organization_are_not_told(TestDatabase kind) throws Exception {
        try (var test = TestNotices.on(kind)) {
            var id = test.created().at("/webhook/id").stringValue();
            test.at(Method.PATCH, test.caller, id, "", "{\"enabled\":false}");
            test.created(test.caller(test.organization()));
            test.token(test.user(test.organization), Duration.ofDays(31));

            test.now = test.now.plus(Duration.ofDays(1));
            test.notices().announce(test.now);

            assertThat(test.notices().deliver()).isZero();
            assertThat(test.deliveries(id)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void of_two_nodes_that_announce_at_once_one_wins(TestDatabase kind) throws Exception {
        try (var test = TestNotices.on(kind);
                var other = test.another();
                var threads = Executors.newFixedThreadPool(2)) {
            var id = test.created().at("/webhook/id").stringValue();
            var owner = test.user(test.organization);
            for (var i = 0; i < 20; i++) {
                test.token(owner, Duration.ofDays(31));
            }
            test.now = test.now.plus(Duration.ofDays(1));
            var barrier = new CyclicBarrier(2);
            var nodes = new ArrayList<Future<Integer>>();
            for (var node : List.of(test.notices(), other)) {
                nodes.add(threads.submit(() -> {
                    barrier.await(10, TimeUnit.SECONDS);
                    return node.announce(test.now);
                }));
            }

            var announced =
                    nodes.get(0).get(30, TimeUnit.SECONDS) + nodes.get(1).get(30, TimeUnit.SECONDS);

            assertThat(announced).isEqualTo(20);
            assertThat(marks(test)).hasSize(20);
            assertThat(test.deliveries(id)).hasSize(20);
            assertThat(test.actions()).filteredOn("CREDENTIAL_EXPIRING"::equals).hasSize(20);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_credential_that_is_revoked_after_it_was_found_is_not_announced(TestDatabase kind) {
        try (var test = TestNotices.on(kind)) {
            var token = test.token(test.user(test.organization), Duration.ofDays(31));
            test.now = test.now.plus(Duration.ofDays(1));
            var store = new ExpiryNoticeStore();
            var found = test.database
                    .reading(transaction -> store.due(transaction, test.now, 10))
                    .getFirst();
            test.write("UPDATE credential SET revoked_at = ? WHERE id = ?", test.now, token.value());

            assertThat((boolean) test.database.inTransaction(transaction -> store.insert(transaction, found, test.now)))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void more_than_a_batch_is_announced_in_one_pass(TestDatabase kind) {
        try (var test = TestNotices.on(kind)) {
            var owner = test.user(test.organization);
            for (var i = 0; i < 501; i++) {
                test.token(owner, Duration.ofDays(31));
            }
            test.now = test.now.plus(Duration.ofDays(1));

            assertThat(test.notices().announce(test.now)).isEqualTo(501);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void the_metric_counts_what_ends_within_1_7_and_30_days(TestDatabase kind) {
        try (var test = TestNotices.on(kind)) {
            var owner = test.user(test.organization);
            List.of(1, 2, 7, 8, 9, 30, 31).forEach(days -> test.token(owner, Duration.ofDays(days)));

            test.notices().announce(test.now);

            assertThat(test.expiring("1d")).isEqualTo(1);
            assertThat(test.expiring("7d")).isEqualTo(3);
            assertThat(test.expiring("30d")).isEqualTo(6);
            assertThat(test.registry.scrape()).contains("sallyport_credentials_expiring{within=\"30d\"} 6.0");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void what_the_running_program_finds_at_its_start_is_announced_and_sent(TestDatabase kind) throws Exception {
        try (var test = TestNotices.on(kind)) {
            test.created();
            test.token(test.user(test.organization), Duration.ofDays(31));
            test.now = test.now.plus(Duration.ofDays(1));

            test.notices().start();

            assertThat(test.receiver.awaitCalls(1)).hasSize(1);
        }
    }
}
