package dev.sallyport.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.permission.Requirement;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpLimitsTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(200);

    private static final List<Route> ROUTES = List.of(
            Route.onLoop(Method.GET, "/loop", "Loop", exchange -> exchange.answer(Reply.noContent())),
            Route.onLoop(Method.POST, "/loop", "LoopPost", exchange -> exchange.answer(Reply.noContent())),
            Route.open(
                    Method.POST,
                    "/echo",
                    "Echo",
                    request -> Reply.text(
                            200, "text/plain", request.form().one("a").orElse(""))),
            Route.open(
                            Method.POST,
                            "/large",
                            "Large",
                            request -> Reply.text(200, "text/plain", String.valueOf(request.bytes().length)))
                    .takingBodies(5_000),
            Route.of(
                    Method.POST,
                    "/signed",
                    "Signed",
                    Requirement.SIGNED_IN,
                    (_, request) -> Reply.ok(request.form().parameters())));

    private static Limits limits(int bodyBytes, int connections, Duration idle, Duration bodyTime) {
        return new Limits(bodyBytes, 32, 1 << 16, 4 << 10, 1 << 10, connections, idle, bodyTime, 4, 16);
    }

    private static TestServer serving(Limits limits) {
        return TestServer.serving(limits, ROUTES, TestServer.OPEN_GATE);
    }

    private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GARBAGE\r\n\r\n",
                "GET /loop\r\n\r\n",
                "GET /loop HTTP/9.9x\r\n\r\n",
                "\u0016\u0003\u0001 \r\n\r\n",
                "GET /loop HTTP/1.1\r\nX Y: 1\r\n\r\n",
                "GET /loop HTTP/1.1\r\nNo colon\r\n\r\n",
                "POST /loop HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                "POST /loop HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST /loop HTTP/1.1\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
                "POST /loop HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n0\r\n\r\n",
                "POST /loop HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
                "POST /loop HTTP/1.1\r\nContent-Length: x\r\n\r\n"
            })
    void a_request_that_is_not_well_formed_is_refused_and_the_connection_closed(String text) throws Exception {
        try (var server = serving(limits(1_000, 10, LONG, LONG))) {
            var answer = server.raw(text + "GET /loop HTTP/1.1\r\nHost: h\r\n\r\n");

            // The status line repeats a version only where one could be read.
            assertThat(answer).containsPattern("^HTTP/1\\.[01] 400 ").contains("malformed_request");
            assertThat(answer).doesNotContain("HTTP/1.1 204");
        }
    }

    @Test
    void long_request_lines_and_headers_are_refused() throws Exception {
        try (var server = serving(limits(1_000, 10, LONG, LONG))) {
            var line = server.raw("GET /" + "x".repeat(2_000) + " HTTP/1.1\r\nHost: h\r\n\r\n");
            var header = server.raw("GET /loop HTTP/1.1\r\nX-A: " + "x".repeat(5_000) + "\r\n\r\n");
            var headers = server.raw("GET /loop HTTP/1.1\r\n" + "X-A: 12345678\r\n".repeat(1_000) + "\r\n");

            assertThat(line).startsWith("HTTP/1.0 414 ");
            assertThat(header).startsWith("HTTP/1.1 431 ");
            assertThat(headers).startsWith("HTTP/1.1 431 ");
        }
    }

    @Test
    void a_body_of_the_limit_is_read_and_one_more_byte_is_refused() throws Exception {
        try (var server = serving(limits(1_000, 10, LONG, LONG))) {
            var fits = server.raw("POST /echo HTTP/1.1\r\nConnection: close\r\n" + FORM
                    + "Content-Length: 1000\r\n\r\na=" + "x".repeat(998));
            var announced = server.raw("POST /echo HTTP/1.1\r\nConnection: close\r\n" + FORM
                    + "Content-Length: 1001\r\n\r\na=" + "x".repeat(999));
            var chunked = server.raw(
                    "POST /echo HTTP/1.1\r\nConnection: close\r\n" + FORM + "Transfer-Encoding: chunked\r\n\r\n"
                            + ("64\r\n" + "x".repeat(100) + "\r\n").repeat(11) + "0\r\n\r\n");

            assertThat(fits).startsWith("HTTP/1.1 200 ");
            assertThat(announced).startsWith("HTTP/1.1 413 ").contains("body_too_large");
            assertThat(chunked).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void after_a_body_that_was_too_large_the_connection_goes_on() throws Exception {
        try (var server = serving(limits(1_000, 10, LONG, LONG))) {
            var answers = server.raw("POST /signed HTTP/1.1\r\n" + FORM + "Content-Length: 2000\r\n\r\n"
                    + "x".repeat(2_000) + "GET /loop HTTP/1.1\r\nConnection: close\r\n\r\n");

            assertThat(answers).startsWith("HTTP/1.1 413 ").contains("HTTP/1.1 204 ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/loop", "/echo", "/nothing"})
    void a_body_without_end_is_cut_off(String path) throws Exception {
        try (var server = serving(limits(1_000, 10, LONG, LONG));
                var socket = server.connect()) {
            write(socket, "POST " + path + " HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n");
            var chunk = ("3e8\r\n" + "x".repeat(1_000) + "\r\n").getBytes(StandardCharsets.US_ASCII);

            var sent = 0L;
            try {
                while (sent < 1L << 30) {
                    socket.getOutputStream().write(chunk);
                    sent += chunk.length;
                }
            } catch (SocketException _) {
                // The server closed the connection, as it should.
            }

            assertThat(sent).isLessThan(1L << 30);
        }
    }

    @Test
    void a_body_that_comes_too_slowly_is_refused_and_the_connection_closed() throws Exception {
        try (var server = serving(limits(1_000, 10, LONG, SHORT))) {
            var answer = server.raw("POST /echo HTTP/1.1\r\n" + FORM + "Content-Length: 10\r\n\r\na=");

            assertThat(answer).startsWith("HTTP/1.1 408 ").contains("body_too_slow");
        }
    }

    @Test
    void headers_that_come_too_slowly_end_the_connection_however_often_a_byte_comes() throws Exception {
        try (var server = serving(limits(1_000, 10, LONG, SHORT));
                var socket = server.connect()) {
            write(socket, "GET /loop HTTP/1.1\r\nX-A: ");
            socket.setSoTimeout(20);

            assertThat(isClosedWhileTrickling(socket)).isTrue();
        }
    }

    private static boolean isClosedWhileTrickling(Socket socket) throws IOException {
        for (var bytes = 0; bytes < 1_000; bytes++) {
            try {
                if (socket.getInputStream().read() < 0) {
                    return true;
                }
            } catch (SocketTimeoutException _) {
                try {
                    write(socket, "a");
                } catch (SocketException _) {
                    return true;
                }
            } catch (SocketException _) {
                return true;
            }
        }
        return false;
    }

    @Test
    void a_connection_that_nothing_is_asked_on_is_closed() throws Exception {
        try (var server = serving(limits(1_000, 10, SHORT, SHORT))) {
            assertThat(server.raw("")).isEmpty();
            assertThat(server.raw("GET /loop HTTP/1.1\r\nHost: h\r\n\r\n")).startsWith("HTTP/1.1 204 ");
        }
    }

    @Test
    void a_request_under_way_is_not_idle() throws Exception {
        var entered = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var slow = Route.open(Method.GET, "/slow", "Slow", _ -> {
            entered.countDown();
            awaitOn(release);
            return Reply.noContent();
        });
        try (var server = TestServer.serving(limits(1_000, 10, SHORT, SHORT), List.of(slow), TestServer.OPEN_GATE);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answer = CompletableFuture.supplyAsync(() -> get(server, "/slow"), threads);
            awaitOn(entered);

            // This one is idle, and closed; the timer of the other has then passed as well.
            assertThat(server.raw("")).isEmpty();
            assertThat(server.raw("")).isEmpty();
            release.countDown();

            assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo(204);
        }
    }

    private static int get(TestServer server, String path) {
        try {
            return server.get(path).statusCode();
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void awaitOn(CountDownLatch latch) {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("waited for 10 s");
            }
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void connections_over_the_limit_are_closed_at_once_and_room_is_made_by_those_that_end() throws Exception {
        try (var server = serving(limits(1_000, 2, LONG, LONG));
                var second = server.connect()) {
            try (var first = server.connect()) {
                assertThat(ask(first)).isEqualTo("HTTP/1.1 204");
                assertThat(ask(second)).isEqualTo("HTTP/1.1 204");

                assertThat(isRefused(server)).isTrue();
                assertThat(ask(first)).isEqualTo("HTTP/1.1 204");
            }

            var isRoom = false;
            var until = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (!isRoom && System.nanoTime() < until) {
                isRoom = !isRefused(server);
            }
            assertThat(isRoom).isTrue();
        }
    }

    private static boolean isRefused(TestServer server) throws IOException {
        try (var socket = server.connect()) {
            return ask(socket).isEmpty();
        } catch (SocketException _) {
            return true;
        }
    }

    private static String ask(Socket socket) throws IOException {
        write(socket, "GET /loop HTTP/1.1\r\nHost: h\r\n\r\n");
        var head = readHead(socket.getInputStream());
        return head.substring(0, Math.min(12, head.length()));
    }

    private static String readHead(InputStream in) throws IOException {
        var text = new StringBuilder();
        while (!text.toString().endsWith("\r\n\r\n")) {
            var next = in.read();
            if (next < 0) {
                break;
            }
            text.append((char) next);
        }
        return text.toString();
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void clients_that_go_away_in_the_middle_of_a_body_leave_no_trace() throws Exception {
        try (var server = serving(limits(1_000, 10, LONG, LONG))) {
            for (var i = 0; i < 100; i++) {
                try (var socket = server.connect()) {
                    write(
                            socket,
                            "POST /echo HTTP/1.1\r\n" + FORM + "Content-Length: 1000\r\n\r\na=" + "x".repeat(900));
                    socket.shutdownOutput();
                    assertThat(socket.getInputStream().read()).isEqualTo(-1);
                }
            }

            var answer = server.send(
                    "/echo",
                    request -> request.header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(BodyPublishers.ofString("a=" + "x".repeat(998))));

            assertThat(answer.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void bodies_share_a_bounded_room() {
        var room = new BodyRoom(10);

        assertThat(room.take(6)).isTrue();
        assertThat(room.take(5)).isFalse();
        assertThat(room.take(4)).isTrue();
        assertThat(room.take(1)).isFalse();
        room.release(4);
        assertThat(room.take(4)).isTrue();
    }

    @Test
    void when_all_workers_are_busy_and_the_queue_is_full_the_answer_is_503() throws Exception {
        var entered = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var slow = Route.open(Method.GET, "/slow", "Slow", _ -> {
            entered.countDown();
            awaitOn(release);
            return Reply.noContent();
        });
        var limits = new Limits(1_000, 32, 1 << 16, 4 << 10, 1 << 10, 10, LONG, LONG, 1, 1);
        try (var server = TestServer.serving(limits, List.of(slow), TestServer.OPEN_GATE);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = CompletableFuture.supplyAsync(() -> get(server, "/slow"), threads);
            awaitOn(entered);

            var second = CompletableFuture.supplyAsync(() -> get(server, "/slow"), threads);
            var third = CompletableFuture.supplyAsync(() -> get(server, "/slow"), threads);

            // One of the two waits in the queue; there is no room for the other.
            assertThat(CompletableFuture.anyOf(second, third).get(10, TimeUnit.SECONDS))
                    .isEqualTo(503);
            release.countDown();
            assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo(204);
            assertThat(List.of(second.get(10, TimeUnit.SECONDS), third.get(10, TimeUnit.SECONDS)))
                    .containsExactlyInAnyOrder(204, 503);
        }
    }

    @Test
    void a_route_may_take_more_than_the_others() throws Exception {
        try (var server = serving(limits(1_000, 10, LONG, LONG))) {
            var most = server.post("/large", "x".repeat(5_000));
            var more = server.post("/large", "x".repeat(5_001));
            var inChunks = server.send(
                    "/large",
                    request -> request.POST(BodyPublishers.fromPublisher(BodyPublishers.ofString("x".repeat(5_001)))));
            var usual = server.post("/echo", "x".repeat(1_001));

            assertThat(most.body()).isEqualTo("5000");
            assertThat(more.statusCode()).isEqualTo(413);
            assertThat(inChunks.statusCode()).isEqualTo(413);
            assertThat(usual.statusCode()).isEqualTo(413);
        }
    }
}
