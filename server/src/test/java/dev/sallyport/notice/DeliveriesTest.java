package dev.sallyport.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.http.Method;
import dev.sallyport.sql.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

class DeliveriesTest {

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_test_message_arrives_signed_and_is_listed(TestDatabase kind) throws Exception {
        try (var test = TestNotices.on(kind)) {
            var created = test.created();
            var id = created.at("/webhook/id").stringValue();

            var queued = TestNotices.json(test.at(Method.POST, test.caller, id, "/test"));
            var call = test.receiver.awaitCalls(1).getFirst();

            assertThat(call.id()).isEqualTo(queued.path("delivery_id").stringValue());
            assertThat(call.timestamp()).isEqualTo(String.valueOf(test.now.getEpochSecond()));
            assertThat(call.contentType()).isEqualTo("application/json");
            assertThat(call.isSignedWith(created.path("secret").stringValue())).isTrue();
            assertThat(JsonMapper.shared().readTree(call.body()).path("type").stringValue())
                    .isEqualTo("webhook.test");
            test.notices().deliver();
            assertThat(test.receiver.calls()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void after_a_rotation_both_secrets_sign_for_a_day(TestDatabase kind) throws Exception {
        try (var test = TestNotices.on(kind)) {
            var created = test.created();
            var id = created.at("/webhook/id").stringValue();
            var first = created.path("secret").stringValue();
            var second = TestNotices.json(test.at(Method.POST, test.caller, id, "/rotate"))
                    .path("secret")
                    .stringValue();

            test.now = test.now.plus(Duration.ofHours(24)).minusSeconds(1);
            queue(test, id);
            test.notices().deliver();
            test.now = test.now.plusSeconds(1);
            queue(test, id);
            test.notices().deliver();

            var during = test.receiver.calls().get(0);
            var after = test.receiver.calls().get(1);
            assertThat(second).isNotEqualTo(first);
            assertThat(during.signatures()).hasSize(2);
            assertThat(during.isSignedWith(first)).isTrue();
            assertThat(during.isSignedWith(second)).isTrue();
            assertThat(after.signatures()).hasSize(1);
            assertThat(after.isSignedWith(first)).isFalse();
            assertThat(after.isSignedWith(second)).isTrue();
        }
    }

    /** Like a test message, without waking the courier. */
    private static void queue(TestNotices test, String webhook) {
        var id = WebhookId.parse(webhook).orElseThrow();
        var message = Message.of(Message.TEST, test.now, List.of());
        var _ = test.database.inTransaction(transaction -> new DeliveryStore()
                .insert(
                        transaction,
                        test.organization.id(),
                        id,
                        UUID.randomUUID(),
                        message,
                        test.now,
                        NoticeLimits.DEFAULT.mostWaiting()));
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void what_fails_is_tried_again_after_each_pause_and_then_given_up(TestDatabase kind) throws Exception {
        try (var test = TestNotices.on(kind)) {
            var created = test.created();
            var id = created.at("/webhook/id").stringValue();
            test.receiver.answers(500);
            queue(test, id);

            assertThat(test.notices().deliver()).isEqualTo(1);
            for (var pause : NoticeLimits.DEFAULT.pauses()) {
                assertThat(test.deliveries(id).at("/0/state").stringValue()).isEqualTo("waiting");
                test.now = test.now.plus(pause).minusMillis(1);
                assertThat(test.notices().deliver()).as("before " + pause).isZero();
                test.now = test.now.plusMillis(1);
                assertThat(test.notices().deliver()).as("after " + pause).isEqualTo(1);
            }

            var delivery = test.deliveries(id).get(0);
            assertThat(delivery.path("state").stringValue()).isEqualTo("given_up");
            assertThat(delivery.path("attempts").intValue()).isEqualTo(7);
            assertThat(delivery.path("result").stringValue()).isEqualTo("500");
            assertThat(test.receiver.calls()).hasSize(7);
            assertThat(test.receiver.calls())
                    .extracting(Receiver.Call::id)
                    .containsOnly(delivery.path("id").stringValue());
            assertThat(test.receiver.calls())
                    .allMatch(call -> call.isSignedWith(created.path("secret").stringValue()));
            assertThat(test.deliveriesCounted("failed")).isEqualTo(6);
            assertThat(test.deliveriesCounted("given_up")).isEqualTo(1);
            test.now = test.now.plus(Duration.ofDays(2));
            assertThat(test.notices().deliver()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void an_endpoint_that_says_it_is_gone_is_disabled(TestDatabase kind) throws Exception {
        try (var test = TestNotices.on(kind)) {
            var id = test.created().at("/webhook/id").stringValue();
            test.receiver.answers(410);
            queue(test, id);
            queue(test, id);

            test.notices().deliver();

            assertThat(test.receiver.calls()).hasSize(1);
            assertThat(TestNotices.json(test.at(Method.GET, test.caller, id, ""))
                            .path("enabled")
                            .booleanValue())
                    .isFalse();
            assertThat(test.deliveries(id))
                    .allMatch(one -> one.path("state").stringValue().equals("given_up"));
            assertThat(test.actions()).containsExactly("WEBHOOK_CREATED", "WEBHOOK_DISABLED");
            assertThat(TestNotices.code(test.at(Method.POST, test.caller, id, "/test")))
                    .isEqualTo("webhook_disabled");
            assertThat(test.deliveriesCounted("gone")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void two_nodes_that_deliver_at_once_send_it_once(TestDatabase kind) throws Exception {
        try (var test = TestNotices.on(kind);
                var other = test.another();
                var threads = Executors.newFixedThreadPool(2)) {
            var id = test.created().at("/webhook/id").stringValue();
            for (var i = 0; i < 8; i++) {
                queue(test, id);
            }
            var barrier = new CyclicBarrier(2);
            var nodes = new ArrayList<Future<Integer>>();
            for (var node : List.of(test.notices(), other)) {
                nodes.add(threads.submit(() -> {
                    barrier.await(10, TimeUnit.SECONDS);
                    return node.deliver();
                }));
            }

            var sent = nodes.get(0).get(30, TimeUnit.SECONDS) + nodes.get(1).get(30, TimeUnit.SECONDS);

            assertThat(sent).isEqualTo(8);
            assertThat(test.receiver.calls()).hasSize(8);
            assertThat(test.receiver.calls()).extracting(Receiver.Call::id).doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void what_a_dead_node_had_taken_is_sent_when_its_lease_ends(TestDatabase kind) throws Exception {
        try (var test = TestNotices.on(kind)) {
            var id = test.created().at("/webhook/id").stringValue();
            queue(test, id);
            var store = new DeliveryStore();
            var due = test.database
                    .reading(transaction -> store.due(transaction, test.now, 10, 10))
                    .getFirst();
            var lease = NoticeLimits.DEFAULT.lease();
            var taken = test.database.inTransaction(
                    transaction -> store.take(transaction, due, test.now, test.now.plus(lease)));
            var again = test.database.inTransaction(
                    transaction -> store.take(transaction, due, test.now, test.now.plus(lease)));

            assertThat(taken).isPresent();
            assertThat(again).isEmpty();
            assertThat(test.notices().deliver()).isZero();
            test.now = test.now.plus(lease);
            assertThat(test.notices().deliver()).isEqualTo(1);
            assertThat(test.deliveries(id).at("/0/attempts").intValue()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_delivery_that_is_cut_off_by_the_end_of_the_program_is_neither_done_nor_put_off(TestDatabase kind)
            throws Exception {
        var gate = new CountDownLatch(1);
        try (var test = TestNotices.on(kind)) {
            var id = test.created().at("/webhook/id").stringValue();
            test.receiver.waitsFor(gate);
            try (var other = test.another()) {
                queue(test, id);
                other.start();
                test.receiver.awaitCalls(1);
            }
            gate.countDown();

            var delivery = test.deliveries(id).get(0);
            assertThat(delivery.path("state").stringValue()).isEqualTo("waiting");
            assertThat(delivery.path("result").isNull()).isTrue();
            assertThat(test.deliveriesCounted("failed")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void an_endpoint_with_many_deliveries_holds_up_no_other(TestDatabase kind) throws Exception {
        try (var test = TestNotices.on(kind)) {
            var busy = test.created().at("/webhook/id").stringValue();
            var quiet = test.created().at("/webhook/id").stringValue();
            for (var i = 0; i < 25; i++) {
                queue(test, busy);
            }
            test.now = test.now.plusSeconds(1);
            queue(test, quiet);

            assertThat(test.notices().deliver()).isEqualTo(11);
            assertThat(test.deliveries(quiet).at("/0/state").stringValue()).isEqualTo("delivered");
            assertThat(test.notices().deliver()).isEqualTo(10);
            assertThat(test.notices().deliver()).isEqualTo(5);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void an_organization_whose_receiver_is_slow_holds_up_no_other(TestDatabase kind) throws Exception {
        var gate = new CountDownLatch(1);
        try (var test = TestNotices.on(kind);
                var quick = new Receiver();
                var other = test.another(quick)) {
            var slow = test.created().at("/webhook/id").stringValue();
            test.receiver.waitsFor(gate);
            queue(test, slow);
            other.start();
            test.receiver.awaitCalls(1);

            var neighbour = test.caller(test.organization());
            var id = TestNotices.json(test.create(other, neighbour, quick.url()))
                    .at("/webhook/id")
                    .stringValue();
            test.at(other, Method.POST, neighbour, id, "/test");

            assertThat(quick.awaitCalls(1)).hasSize(1);
            assertThat(test.deliveries(slow).at("/0/result").isNull()).isTrue();
            gate.countDown();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void after_a_failure_the_other_deliveries_of_that_webhook_wait_for_the_next_pass(TestDatabase kind)
            throws Exception {
        try (var test = TestNotices.on(kind)) {
            var id = test.created().at("/webhook/id").stringValue();
            test.receiver.answers(503);
            queue(test, id);
            queue(test, id);

            assertThat(test.notices().deliver()).isEqualTo(1);
            assertThat(test.notices().deliver()).isEqualTo(1);
            assertThat(test.notices().deliver()).isZero();
            assertThat(test.deliveries(id)).allMatch(one -> one.path("attempts").intValue() == 1);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void an_endpoint_that_nothing_listens_at_is_put_off(TestDatabase kind) throws Exception {
        try (var test = TestNotices.on(kind)) {
            var id = test.created().at("/webhook/id").stringValue();
            queue(test, id);
            test.receiver.close();

            assertThat(test.notices().deliver()).isEqualTo(1);
            assertThat(test.deliveries(id).at("/0/result").stringValue()).isEqualTo("cannot_connect");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_webhook_has_at_most_a_thousand_deliveries_waiting(TestDatabase kind) {
        try (var test = TestNotices.on(kind)) {
            var id = test.created().at("/webhook/id").stringValue();
            for (var i = 0; i < 1_000; i++) {
                queue(test, id);
            }

            assertThat(TestNotices.code(test.at(Method.POST, test.caller, id, "/test")))
                    .isEqualTo("too_many_waiting");
            assertThat(test.deliveries(id)).hasSize(50);
        }
    }
}
