package dev.sallyport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.identity.Caller;
import dev.sallyport.permission.Requirement;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String CLOSE = "Connection: close\r\n\r\n";

    private static int get(TestServer server, String path) {
        try {
            return server.get(path).statusCode();
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void awaitOn(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void draining_refuses_new_connections_and_finishes_the_request_under_way() throws Exception {
        var entered = new CountDownLatch(1);
        var release = new CountDownLatch(1);
        var slow = Route.open(Method.GET, "/slow", "Slow", _ -> {
            entered.countDown();
            awaitOn(release);
            return Reply.noContent();
        });
        try (var server = TestServer.serving(List.of(slow), TestServer.OPEN_GATE);
                var threads = Executors.newVirtualThreadPerTaskExecutor();
                var idle = server.connect()) {
            var answer = CompletableFuture.supplyAsync(() -> get(server, "/slow"), threads);
            awaitOn(entered);

            var drained = CompletableFuture.runAsync(() -> server.listener().drain(PATIENCE), threads);
            // The idle connection is closed when draining has begun.
            assertThat(idle.getInputStream().read()).isEqualTo(-1);
            assertThat(becomesUnreachable(server)).isTrue();
            assertThat(drained.isDone()).isFalse();
            release.countDown();

            assertThat(answer.get(10, TimeUnit.SECONDS)).isEqualTo(204);
            drained.get(10, TimeUnit.SECONDS);
        }
    }

    /** The event loops stop accepting one after the other; the socket is closed by the last. */
    private static boolean becomesUnreachable(TestServer server) throws IOException {
        var until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < until) {
            try (var socket = server.connect()) {
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            } catch (ConnectException _) {
                return true;
            } catch (SocketException _) {
                // Reset by a loop that stopped meanwhile.
            }
        }
        return false;
    }

    @Test
    void draining_cuts_off_what_does_not_finish_in_time() throws Exception {
        var entered = new CountDownLatch(1);
        var never = Route.onLoop(Method.GET, "/never", "Never", _ -> entered.countDown());
        try (var server = TestServer.serving(List.of(never), TestServer.OPEN_GATE);
                var socket = server.connect()) {
            socket.getOutputStream()
                    .write("GET /never HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            awaitOn(entered);

            server.listener().drain(Duration.ofMillis(100));

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void all_exchanges_of_an_event_loop_have_the_same_executor_whatever_the_listener() throws Exception {
        Set<Executor> executors = ConcurrentHashMap.newKeySet();
        var threadsOf = new ConcurrentHashMap<Thread, Executor>();
        var strangers = new LinkedBlockingQueue<Executor>();
        var route = Route.onLoop(Method.GET, "/loop", "Loop", exchange -> {
            executors.add(exchange.loop());
            var before = threadsOf.putIfAbsent(Thread.currentThread(), exchange.loop());
            if (before != null && !before.equals(exchange.loop())) {
                strangers.add(exchange.loop());
            }
            exchange.loop().execute(() -> exchange.answer(Reply.noContent()));
        });
        try (var server = TestServer.serving(List.of(route), TestServer.OPEN_GATE)) {
            var doors = server.server().listen("127.0.0.1", 0, List.of(route), TestServer.OPEN_GATE, ClientHop.DIRECT);

            for (var i = 0; i < 16; i++) {
                assertThat(server.raw("GET /loop HTTP/1.1\r\n" + CLOSE)).contains(" 204 ");
                assertThat(ask(doors.port(), "/loop")).contains(" 204 ");
            }

            assertThat(doors.port()).isNotEqualTo(server.listener().port());
            assertThat(strangers).isEmpty();
            assertThat(executors).hasSize(threadsOf.size()).hasSizeGreaterThan(1);
        }
    }

    @Test
    void repeated_headers_are_seen_one_by_one() throws Exception {
        var route = Route.onLoop(
                Method.GET,
                "/headers",
                "Headers",
                exchange -> exchange.answer(Reply.ok(Map.of(
                        "all",
                        exchange.headers("x-original-uri"),
                        "first",
                        String.valueOf(exchange.header("X-ORIGINAL-URI")),
                        "none",
                        exchange.headers("X-None")))));
        try (var server = TestServer.serving(List.of(route), TestServer.OPEN_GATE)) {
            var text = server.raw("GET /headers HTTP/1.1\r\nX-Original-URI: /a\r\nx-original-uri: /b, /c\r\n"
                    + "X-Original-Uri:\r\n" + CLOSE);

            assertThat(text).contains("\"all\":[\"/a\",\"/b, /c\",\"\"]", "\"first\":\"/a\"", "\"none\":[]");
        }
    }

    @Test
    void pipelined_requests_are_answered_in_order_though_the_first_answer_comes_later() throws Exception {
        var route = Route.onLoop(
                Method.GET,
                "/{name}",
                "Name",
                exchange -> exchange.loop()
                        .execute(() -> exchange.answer(
                                Reply.text(200, "text/plain", "<" + exchange.pathParameter("name") + ">"))));
        try (var server = TestServer.serving(List.of(route), TestServer.OPEN_GATE)) {
            var text = server.raw("GET /a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n\r\nGET /c HTTP/1.1\r\n\r\n"
                    + "GET /d HTTP/1.1\r\n" + CLOSE);

            assertThat(text).containsSubsequence("<a>", "<b>", "<c>", "<d>");
        }
    }

    @Test
    void the_gate_may_answer_later_while_the_body_waits() throws Exception {
        var route = Route.of(
                Method.POST,
                "/signed",
                "Signed",
                Requirement.SIGNED_IN,
                (caller, request) -> Reply.ok(
                        List.of(caller.principal().name(), request.form().parameters())));
        var later = TestServer.gate((exchange, then) -> exchange.loop()
                .execute(() ->
                        exchange.loop().execute(() -> then.accept(new Gate.Admission.Admitted(TestServer.ALICE)))));
        try (var server = TestServer.serving(List.of(route), later)) {
            var text = server.raw("POST /signed HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                    + "Content-Length: 3\r\n" + CLOSE + "a=b");

            assertThat(text).startsWith("HTTP/1.1 200 ").contains("[\"Alice\",{\"a\":[\"b\"]}]");
        }
    }

    @Test
    void a_caller_whose_body_took_its_time_is_looked_at_again() throws Exception {
        var handled = new AtomicBoolean();
        var isRevoked = new AtomicBoolean();
        var admitted = new CountDownLatch(1);
        var route = Route.of(Method.POST, "/signed", "Signed", Requirement.SIGNED_IN, (_, _) -> {
            handled.set(true);
            return Reply.noContent();
        });
        var gate = new Gate() {
            @Override
            public void admit(Route asked, Exchange exchange, Consumer<Admission> then) {
                then.accept(new Admission.Admitted(TestServer.ALICE));
                admitted.countDown();
            }

            @Override
            public Admission again(Route asked, Exchange exchange, Caller caller) {
                return isRevoked.get()
                        ? new Admission.Refused(new Problem(401, "invalid_credential", "Unauthorized"))
                        : new Admission.Admitted(caller);
            }
        };
        try (var server = TestServer.serving(List.of(route), gate);
                var socket = server.connect()) {
            write(socket, "POST /signed HTTP/1.1\r\nContent-Length: 3\r\n" + CLOSE);
            assertThat(admitted.await(20, TimeUnit.SECONDS)).isTrue();

            isRevoked.set(true);
            write(socket, "a=b");

            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(answer).startsWith("HTTP/1.1 401 ");
            assertThat(handled).isFalse();
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void an_exchange_is_answered_once_and_on_its_loop() throws Exception {
        var refusals = new LinkedBlockingQueue<String>();
        var route = Route.onLoop(Method.GET, "/twice", "Twice", exchange -> {
            var outside = new AtomicReference<Throwable>();
            var thread = Thread.ofPlatform()
                    .uncaughtExceptionHandler((_, thrown) -> outside.set(thrown))
                    .start(() -> exchange.answer(Reply.noContent()));
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
            refusals.add(String.valueOf(outside.get()));
            exchange.answer(Reply.noContent());
            try {
                exchange.answer(Reply.noContent());
            } catch (IllegalStateException refused) {
                refusals.add(refused.toString());
            }
        });
        try (var server = TestServer.serving(List.of(route), TestServer.OPEN_GATE)) {
            assertThat(get(server, "/twice")).isEqualTo(204);

            assertThat(refusals).hasSize(2).allMatch(text -> text.contains("answered once, on its event loop"));
        }
    }

    @Test
    void the_clients_address_is_taken_from_the_configured_hop() throws Exception {
        var route = Route.onLoop(
                Method.GET,
                "/me",
                "Me",
                exchange -> exchange.answer(Reply.ok(List.of(exchange.clientAddress(), exchange.peer()))));
        var forged =
                "GET /me HTTP/1.1\r\nX-Forwarded-For: 6.6.6.6\r\nX-Forwarded-For: 1.1.1.1, 2001:db8::1\r\n" + CLOSE;
        try (var direct = TestServer.serving(List.of(route), TestServer.OPEN_GATE);
                var proxied = TestServer.serving(new ClientHop(1), List.of(route), TestServer.OPEN_GATE)) {
            assertThat(direct.raw(forged)).contains("[\"127.0.0.1\",\"127.0.0.1\"]");
            assertThat(proxied.raw(forged)).contains("[\"2001:db8::1\",\"127.0.0.1\"]");
        }
    }

    @Test
    void a_known_failure_is_answered_as_its_problem() throws Exception {
        var route = Route.open(Method.GET, "/down", "Down", _ -> {
            throw new IllegalStateException("database");
        });
        try (var server = HttpServer.open(
                Limits.DEFAULT,
                failure -> failure instanceof IllegalStateException
                        ? Optional.of(new Problem(503, "unavailable", "Try again.").with("Retry-After", "1"))
                        : Optional.empty())) {
            var listener = server.listen("127.0.0.1", 0, List.of(route), TestServer.OPEN_GATE, ClientHop.DIRECT);

            var text = ask(listener.port(), "/down");

            assertThat(text).startsWith("HTTP/1.1 503 ").contains("Try again.").doesNotContain("database");
            assertThat(text.toLowerCase(Locale.ROOT)).contains("\r\nretry-after: 1\r\n");
        }
    }

    private static String ask(int port, String path) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            var request = "GET " + path + " HTTP/1.1\r\n" + CLOSE;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void a_port_in_use_is_said_with_what_to_do() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var server = HttpServer.open(Limits.DEFAULT, _ -> Optional.empty())) {
            assertThatThrownBy(() -> server.listen(
                            "127.0.0.1", taken.getLocalPort(), List.of(), TestServer.OPEN_GATE, ClientHop.DIRECT))
                    .isInstanceOf(CannotListen.class)
                    .hasMessageContaining("Port " + taken.getLocalPort() + " of 127.0.0.1 is in use; end the program");
        }
    }

    @Test
    void two_listeners_cannot_share_a_port() {
        try (var server = HttpServer.open(Limits.DEFAULT, _ -> Optional.empty())) {
            var first = server.listen("127.0.0.1", 0, List.of(), TestServer.OPEN_GATE, ClientHop.DIRECT);

            assertThatThrownBy(() ->
                            server.listen("127.0.0.1", first.port(), List.of(), TestServer.OPEN_GATE, ClientHop.DIRECT))
                    .isInstanceOf(CannotListen.class)
                    .hasMessageContaining("a port of its own");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "no such address", "1.2.3.4.5"})
    void an_address_that_is_not_of_this_machine_is_said(String address) {
        try (var server = HttpServer.open(Limits.DEFAULT, _ -> Optional.empty())) {
            assertThatThrownBy(() -> server.listen(address, 0, List.of(), TestServer.OPEN_GATE, ClientHop.DIRECT))
                    .isInstanceOf(CannotListen.class)
                    .hasMessageContaining("is not an address of this machine");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65_536})
    void a_port_that_does_not_exist_is_said(int port) {
        try (var server = HttpServer.open(Limits.DEFAULT, _ -> Optional.empty())) {
            assertThatThrownBy(
                            () -> server.listen("127.0.0.1", port, List.of(), TestServer.OPEN_GATE, ClientHop.DIRECT))
                    .isInstanceOf(CannotListen.class)
                    .hasMessageContaining("does not exist");
        }
    }

    @Test
    void a_listener_that_was_drained_gives_its_port_back() {
        try (var server = HttpServer.open(Limits.DEFAULT, _ -> Optional.empty())) {
            var first = server.listen("127.0.0.1", 0, List.of(), TestServer.OPEN_GATE, ClientHop.DIRECT);

            first.drain(PATIENCE);
            var second = server.listen("127.0.0.1", first.port(), List.of(), TestServer.OPEN_GATE, ClientHop.DIRECT);

            assertThat(second.port()).isEqualTo(first.port());
        }
    }

    @Test
    void a_port_is_free_again_when_its_server_is_closed() {
        var ports = new ArrayList<Integer>();
        for (var port = 0; ports.size() < 2; port = ports.getFirst()) {
            try (var server = HttpServer.open(Limits.DEFAULT, _ -> Optional.empty())) {
                ports.add(server.listen("127.0.0.1", port, List.of(), TestServer.OPEN_GATE, ClientHop.DIRECT)
                        .port());
            }
        }

        assertThat(ports.get(1)).isEqualTo(ports.get(0));
    }
}
