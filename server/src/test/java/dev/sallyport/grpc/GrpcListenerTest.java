package dev.sallyport.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.StringValue;
import dev.sallyport.http.CannotListen;
import dev.sallyport.http.HttpServer;
import dev.sallyport.http.Limits;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GrpcListenerTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final UnaryHandler<StringValue, StringValue> ECHO = (message, call) -> call.answer(message);

    private static GrpcLimits limits(int connections, int calls, Duration handshake, Duration callTime) {
        return new GrpcLimits(1_000, 2_000, connections, 100, calls, handshake, callTime, LONG, 20, LONG);
    }

    private static final GrpcLimits WIDE = limits(10, 100, LONG, LONG);

    /** Whether the other end closes it; what it says before that is passed over. */
    private static boolean isClosed(Socket socket) throws IOException {
        try {
            socket.getInputStream().readAllBytes();
            return true;
        } catch (SocketException reset) {
            return true;
        }
    }

    @Test
    void a_call_is_answered_on_an_event_loop() throws Exception {
        UnaryHandler<StringValue, StringValue> naming =
                (_, call) -> call.answer(StringValue.of(Thread.currentThread().getName()));
        try (var calls = new TestCalls(WIDE, naming)) {
            var outcome = calls.says("who?");

            assertThat(outcome.code()).isEqualTo(Status.Code.OK);
            assertThat(outcome.answer()).contains("eventloop");
        }
    }

    @Test
    void an_answer_may_come_later_from_the_loop_of_the_call() throws Exception {
        UnaryHandler<StringValue, StringValue> later = (message, call) -> {
            var loop = call.loop();
            var _ = Thread.ofVirtual().start(() -> loop.execute(() -> call.answer(message)));
        };
        try (var calls = new TestCalls(WIDE, later)) {
            assertThat(calls.says("later").answer()).isEqualTo("later");
        }
    }

    @Test
    void metadata_is_told_value_by_value() throws Exception {
        UnaryHandler<StringValue, StringValue> telling = (_, call) ->
                call.answer(StringValue.of(call.metadata("x-a") + " " + call.metadata("x-b") + " " + call.peer()));
        try (var calls = new TestCalls(WIDE, telling)) {
            var metadata = new Metadata();
            var key = Metadata.Key.of("x-a", Metadata.ASCII_STRING_MARSHALLER);
            metadata.put(key, "1");
            metadata.put(key, "2");

            var outcome = calls.begins(TestCalls.SAY, "", metadata).outcome();

            assertThat(outcome.answer()).isEqualTo("[1, 2] [] 127.0.0.1");
        }
    }

    @Test
    void a_message_over_the_limit_is_refused_and_the_connection_goes_on() throws Exception {
        try (var calls = new TestCalls(WIDE, ECHO)) {
            assertThat(calls.says("x".repeat(1_001)).code()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            assertThat(calls.says("x".repeat(990)).code()).isEqualTo(Status.Code.OK);
        }
    }

    @Test
    void a_compressed_message_is_refused() throws Exception {
        try (var calls = new TestCalls(WIDE, ECHO)) {
            assertThat(calls.compresses("x".repeat(900)).outcome().code()).isEqualTo(Status.Code.UNIMPLEMENTED);
            assertThat(calls.says("small").answer()).isEqualTo("small");
        }
    }

    @Test
    void metadata_over_the_limit_is_refused() throws Exception {
        try (var calls = new TestCalls(WIDE, ECHO)) {
            var metadata = new Metadata();
            metadata.put(Metadata.Key.of("x-a", Metadata.ASCII_STRING_MARSHALLER), "x".repeat(3_000));

            var outcome = calls.begins(TestCalls.SAY, "", metadata).outcome();

            assertThat(outcome.status().isOk()).isFalse();
            assertThat(calls.says("small").answer()).isEqualTo("small");
        }
    }

    @Test
    void sixty_four_calls_of_one_connection_are_under_way_at_once() throws Exception {
        var waiting = new ConcurrentLinkedQueue<Runnable>();
        UnaryHandler<StringValue, StringValue> barrier = (message, call) -> {
            waiting.add(() -> call.loop().execute(() -> call.answer(message)));
            if (waiting.size() == 64) {
                waiting.forEach(Runnable::run);
            }
        };
        try (var calls = new TestCalls(WIDE, barrier)) {
            var going = new ArrayList<TestCalls.Going>();
            for (var i = 0; i < 64; i++) {
                going.add(calls.begins(Integer.toString(i)));
            }

            for (var i = 0; i < 64; i++) {
                assertThat(going.get(i).outcome().answer()).isEqualTo(Integer.toString(i));
            }
        }
    }

    @Test
    void more_calls_than_there_is_room_for_are_refused() throws Exception {
        var held = new CountDownLatch(2);
        UnaryHandler<StringValue, StringValue> never = (_, _) -> held.countDown();
        try (var calls = new TestCalls(limits(10, 2, LONG, LONG), never)) {
            var first = calls.begins("");
            var second = calls.begins("");
            assertThat(held.await(20, TimeUnit.SECONDS)).isTrue();

            assertThat(calls.says("").code()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            assertThat(first.end().isDone() || second.end().isDone()).isFalse();
        }
    }

    @Test
    void a_cancelled_call_makes_room_and_its_answer_is_heard_by_nobody() throws Exception {
        var begun = new CountDownLatch(1);
        var late = new ConcurrentLinkedQueue<GrpcCall<StringValue>>();
        UnaryHandler<StringValue, StringValue> slow = (message, call) -> {
            if (message.getValue().equals("slow")) {
                late.add(call);
                begun.countDown();
            } else {
                late.forEach(gone -> gone.answer(message));
                call.answer(message);
            }
        };
        try (var calls = new TestCalls(limits(10, 1, LONG, LONG), slow)) {
            var going = calls.begins("slow");
            assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
            going.call().cancel("changed my mind", null);
            assertThat(going.outcome().code()).isEqualTo(Status.Code.CANCELLED);

            // The reset is before it on the same connection.
            assertThat(calls.says("next").answer()).isEqualTo("next");
        }
    }

    @Test
    void a_call_that_nobody_answers_is_ended_in_time() throws Exception {
        try (var calls = new TestCalls(limits(10, 1, LONG, SHORT), (_, _) -> {})) {
            assertThat(calls.says("").code()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
            assertThat(calls.says("").code()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        }
    }

    @Test
    void a_call_whose_message_does_not_come_is_ended_in_time_and_makes_room() throws Exception {
        try (var calls = new TestCalls(limits(10, 1, LONG, SHORT), ECHO);
                var socket = calls.socket()) {
            socket.getOutputStream()
                    .write(RawHttp2.connection(65_535).headers(1).bytes());

            assertThat(comesSoon(calls, Status.Code.RESOURCE_EXHAUSTED)).isTrue();
            assertThat(comesSoon(calls, Status.Code.OK)).isTrue();
        }
    }

    @Test
    void a_handler_that_fails_ends_its_call_only() throws Exception {
        UnaryHandler<StringValue, StringValue> failing = (message, call) -> {
            if (message.getValue().isEmpty()) {
                throw new IllegalStateException("a defect");
            }
            call.answer(message);
        };
        try (var calls = new TestCalls(WIDE, failing)) {
            var outcome = calls.says("");

            assertThat(outcome.code()).isEqualTo(Status.Code.INTERNAL);
            assertThat(outcome.status().getDescription()).isNull();
            assertThat(calls.says("next").answer()).isEqualTo("next");
        }
    }

    @Test
    void another_method_is_unknown() throws Exception {
        try (var calls = new TestCalls(WIDE, ECHO)) {
            var other = TestCalls.SAY.toBuilder()
                    .setFullMethodName("test.Echo/Shout")
                    .build();

            assertThat(calls.begins(other, "", new Metadata()).outcome().code()).isEqualTo(Status.Code.UNIMPLEMENTED);
        }
    }

    @Test
    void bytes_that_are_no_message_end_their_call_only() throws Exception {
        try (var calls = new TestCalls(WIDE, ECHO)) {
            var anything =
                    TestCalls.SAY.toBuilder(TestCalls.LATIN, TestCalls.LATIN).build();

            var outcome =
                    calls.begins(anything, "\n\u007f\u0001", new Metadata()).outcome();

            assertThat(outcome.code()).isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(calls.says("next").answer()).isEqualTo("next");
        }
    }

    @Test
    void a_second_message_is_one_too_many() throws Exception {
        try (var calls = new TestCalls(WIDE, ECHO)) {
            var streaming = TestCalls.SAY.toBuilder()
                    .setType(MethodDescriptor.MethodType.CLIENT_STREAMING)
                    .build();
            var going = calls.opens(streaming, new Metadata());
            going.call().sendMessage(StringValue.of("one"));
            going.call().sendMessage(StringValue.of("two"));
            going.call().halfClose();

            assertThat(going.outcome().code()).isNotEqualTo(Status.Code.OK);
        }
    }

    @Test
    void a_connection_that_says_nothing_is_closed_in_time() throws Exception {
        try (var calls = new TestCalls(limits(10, 10, SHORT, LONG), ECHO);
                var silent = calls.socket();
                var halting = calls.socket()) {
            halting.getOutputStream().write("PRI * HTT".getBytes(StandardCharsets.US_ASCII));

            assertThat(isClosed(silent)).isTrue();
            assertThat(isClosed(halting)).isTrue();
        }
    }

    @Test
    void connections_are_counted_before_they_say_anything() throws Exception {
        try (var calls = new TestCalls(limits(2, 10, LONG, LONG), ECHO)) {
            try (var first = calls.socket();
                    var second = calls.socket();
                    var third = calls.socket()) {
                assertThat(isClosed(third)).isTrue();
                assertThat(first.isConnected() && second.isConnected()).isTrue();
                assertThat(calls.says("full").code()).isEqualTo(Status.Code.UNAVAILABLE);
            }

            assertThat(comesSoon(calls, Status.Code.OK)).isTrue();
        }
    }

    /** What was sent before on another connection may be heard a moment later. */
    private static boolean comesSoon(TestCalls calls, Status.Code code) throws Exception {
        var until = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() < until) {
            if (calls.says("next").code() == code) {
                return true;
            }
        }
        return false;
    }

    @Test
    void http_1_is_not_spoken() throws Exception {
        try (var calls = new TestCalls(WIDE, ECHO);
                var socket = calls.socket()) {
            socket.getOutputStream()
                    .write("GET /healthz HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);

            assertThat(answer).doesNotContain("HTTP/1.1 2");
        }
    }

    @Test
    void who_resets_calls_without_end_is_told_to_go() throws Exception {
        var begun = new AtomicInteger();
        try (var calls = new TestCalls(WIDE, (_, _) -> begun.incrementAndGet());
                var socket = calls.socket()) {
            var raw = RawHttp2.connection(65_535);
            for (var stream = 1; stream < 2_000; stream += 2) {
                raw.headers(stream).message(stream, new byte[0]).reset(stream);
            }
            try {
                socket.getOutputStream().write(raw.bytes());
            } catch (SocketException gone) {
                // It may be closed before everything is written.
            }

            assertThat(isClosed(socket)).isTrue();
            assertThat(begun.get()).isLessThan(100);
        }
    }

    @Test
    void who_does_not_take_an_answer_is_cut_off() throws Exception {
        try (var calls = new TestCalls(limits(10, 1, LONG, SHORT), ECHO);
                var socket = calls.socket()) {
            socket.getOutputStream()
                    .write(RawHttp2.connection(0)
                            .headers(1)
                            .message(1, StringValue.of("hello").toByteArray())
                            .bytes());

            assertThat(isClosed(socket)).isTrue();
            assertThat(comesSoon(calls, Status.Code.OK)).isTrue();
        }
    }

    @Test
    void draining_lets_a_call_finish() throws Exception {
        var begun = new CountDownLatch(1);
        var held = new ConcurrentLinkedQueue<Runnable>();
        UnaryHandler<StringValue, StringValue> slow = (message, call) -> {
            held.add(() -> call.loop().execute(() -> call.answer(message)));
            begun.countDown();
        };
        try (var calls = new TestCalls(WIDE, slow)) {
            var going = calls.begins("last");
            assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
            var draining = Thread.ofVirtual().start(() -> calls.listener.drain(LONG));
            held.forEach(Runnable::run);

            assertThat(going.outcome().answer()).isEqualTo("last");
            assertThat(draining.join(Duration.ofSeconds(20))).isTrue();
        }
    }

    @Test
    void a_port_that_is_in_use_is_named() throws Exception {
        try (var http = HttpServer.open(Limits.DEFAULT, _ -> Optional.empty());
                var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatExceptionOfType(CannotListen.class)
                    .isThrownBy(() ->
                            GrpcListener.listen(http, "127.0.0.1", taken.getLocalPort(), List.of(), GrpcLimits.DEFAULT))
                    .withMessageContaining("Port " + taken.getLocalPort())
                    .withMessageContaining("in use");
        }
    }
}
