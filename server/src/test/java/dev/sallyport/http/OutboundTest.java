package dev.sallyport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.sallyport.http.Outbound.Reason;
import dev.sallyport.http.Outbound.Result;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundTest {

    private static final OutboundLimits LIMITS =
            new OutboundLimits(Duration.ofSeconds(5), Duration.ofSeconds(10), 1_000, 4_096);
    private static final OutboundLimits HASTY =
            new OutboundLimits(Duration.ofMillis(300), Duration.ofMillis(600), 1_000, 4_096);

    /** A listener on a free port of the loopback address that notes what it is asked. */
    private static final class Listening implements AutoCloseable {

        private final HttpServer server;
        private final List<String> seen = new ArrayList<>();
        private final AtomicInteger calls = new AtomicInteger();

        Listening(HttpServer server, HttpHandler handler) throws IOException {
            this.server = server;
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                calls.incrementAndGet();
                synchronized (seen) {
                    seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                            + exchange.getRequestHeaders().getFirst("Host") + " "
                            + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                }
                handler.handle(exchange);
            });
            server.setExecutor(Executors.newThreadPerTaskExecutor(
                    Thread.ofPlatform().daemon().factory()));
            server.start();
        }

        static Listening plainly(HttpHandler handler) throws IOException {
            return new Listening(HttpServer.create(), handler);
        }

        String at(String host) {
            return host + ":" + server.getAddress().getPort();
        }

        List<String> seen() {
            synchronized (seen) {
                return List.copyOf(seen);
            }
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }

    private static HttpHandler answering(int status, String body) {
        return exchange -> answer(exchange, status, body);
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        try (exchange) {
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Test
    void a_loopback_address_that_is_allowed_is_reached_without_encryption() throws IOException {
        try (var listening = Listening.plainly(answering(201, "grüß dich"));
                var outbound = Outbound.open(LIMITS, Set.of(listening.at("127.0.0.1")))) {
            var url = "http://" + listening.at("127.0.0.1") + "/hook?a=b";

            var result = outbound.send(new OutboundRequest(
                    Method.POST, url, List.of(new Reply.Header("Content-Type", "application/json")), "{\"ü\":1}"));

            assertThat(result).isInstanceOfSatisfying(Result.Answered.class, answered -> {
                assertThat(answered.status()).isEqualTo(201);
                assertThat(answered.body()).isEqualTo("grüß dich");
            });
            assertThat(listening.seen()).containsExactly("POST /hook?a=b " + listening.at("127.0.0.1") + " {\"ü\":1}");
        }
    }

    @Test
    void without_a_word_of_the_operator_loopback_is_out_of_reach() throws IOException {
        try (var listening = Listening.plainly(answering(200, ""));
                var outbound = Outbound.open(LIMITS, Set.of("localhost:1", "127.0.0.1:1"))) {
            assertThat(outbound.send(OutboundRequest.get("http://" + listening.at("127.0.0.1"))))
                    .isEqualTo(new Result.Unreachable(Reason.NOT_ENCRYPTED));
            assertThat(outbound.send(OutboundRequest.get("https://" + listening.at("127.0.0.1"))))
                    .isEqualTo(new Result.Unreachable(Reason.ADDRESS_NOT_PUBLIC));
            assertThat(outbound.send(OutboundRequest.get("https://" + listening.at("localhost"))))
                    .isEqualTo(new Result.Unreachable(Reason.ADDRESS_NOT_PUBLIC));
            assertThat(listening.seen()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://[::1]/",
                "https://[::ffff:127.0.0.1]/",
                "https://[::ffff:8.8.8.8]/",
                "https://[::ffff:808:808]/",
                "https://169.254.169.254/latest/meta-data",
                "https://10.0.0.1/"
            })
    void an_address_in_the_url_is_judged_before_anything_is_sent(String url) {
        try (var outbound = Outbound.open(LIMITS, Set.of())) {
            assertThat(outbound.refusal(url)).contains(Reason.ADDRESS_NOT_PUBLIC);
            assertThat(outbound.send(OutboundRequest.get(url)))
                    .isEqualTo(new Result.Unreachable(Reason.ADDRESS_NOT_PUBLIC));
        }
    }

    @Test
    void a_name_with_one_address_that_is_not_public_is_refused() {
        var names = names("8.8.8.8", "127.0.0.1");
        try (var outbound = Outbound.open(LIMITS, Set.of(), names, null)) {
            assertThat(outbound.send(OutboundRequest.get("https://hooks.example/")))
                    .isEqualTo(new Result.Unreachable(Reason.ADDRESS_NOT_PUBLIC));
        }
    }

    @Test
    void without_encryption_a_name_that_leads_elsewhere_is_refused_though_it_is_allowed() {
        try (var outbound = Outbound.open(LIMITS, Set.of("hooks.example:80"), names("8.8.8.8"), null)) {
            assertThat(outbound.send(OutboundRequest.get("http://hooks.example/")))
                    .isEqualTo(new Result.Unreachable(Reason.NOT_ENCRYPTED));
        }
    }

    private static Outbound.Names names(String... literals) {
        return _ -> List.of(literals).stream().map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
    }

    @Test
    void a_name_that_nobody_knows_is_unreachable() {
        Outbound.Names none = host -> {
            throw new UnknownHostException(host);
        };
        try (var outbound = Outbound.open(LIMITS, Set.of(), none, null)) {
            assertThat(outbound.send(OutboundRequest.get("https://nowhere.example/")))
                    .isEqualTo(new Result.Unreachable(Reason.UNKNOWN_NAME));
        }
    }

    @Test
    void a_redirect_is_an_answer() throws IOException {
        HttpHandler handler = exchange -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            answer(exchange, 302, "");
        };
        try (var listening = Listening.plainly(handler);
                var outbound = Outbound.open(LIMITS, Set.of(listening.at("localhost")))) {
            var result = outbound.send(OutboundRequest.get("http://" + listening.at("localhost") + "/hook"));

            assertThat(((Result.Answered) result).status()).isEqualTo(302);
            assertThat(listening.calls).hasValue(1);
        }
    }

    @Test
    void an_answer_of_more_bytes_than_the_limit_is_cut_off() throws IOException {
        HttpHandler handler = exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write(new byte[100_000]);
            }
        };
        try (var listening = Listening.plainly(handler);
                var outbound = Outbound.open(LIMITS, Set.of(listening.at("127.0.0.1")))) {
            assertThat(outbound.send(OutboundRequest.get("http://" + listening.at("127.0.0.1"))))
                    .isEqualTo(new Result.Unreachable(Reason.ANSWER_TOO_LARGE));
        }
    }

    @Test
    void an_answer_of_just_the_limit_is_taken() throws IOException {
        try (var listening = Listening.plainly(answering(200, "a".repeat(1_000)));
                var outbound = Outbound.open(LIMITS, Set.of(listening.at("127.0.0.1")))) {
            var result = outbound.send(OutboundRequest.get("http://" + listening.at("127.0.0.1")));

            assertThat(((Result.Answered) result).body()).hasSize(1_000);
        }
    }

    @Test
    void headers_beyond_the_limit_are_a_broken_answer() throws IOException {
        HttpHandler handler = exchange -> {
            exchange.getResponseHeaders().add("Long", "a".repeat(8_000));
            answer(exchange, 200, "");
        };
        try (var listening = Listening.plainly(handler);
                var outbound = Outbound.open(LIMITS, Set.of(listening.at("127.0.0.1")))) {
            assertThat(outbound.send(OutboundRequest.get("http://" + listening.at("127.0.0.1"))))
                    .isEqualTo(new Result.Unreachable(Reason.BROKEN_ANSWER));
        }
    }

    @Test
    void who_answers_too_late_is_given_up() throws IOException {
        var closing = new CountDownLatch(1);
        HttpHandler handler = exchange -> {
            try {
                closing.await();
                answer(exchange, 200, "");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        try (var listening = Listening.plainly(handler);
                var outbound = Outbound.open(HASTY, Set.of(listening.at("127.0.0.1")))) {
            assertThat(outbound.send(OutboundRequest.get("http://" + listening.at("127.0.0.1"))))
                    .isEqualTo(new Result.Unreachable(Reason.TIMED_OUT));
            closing.countDown();
        }
    }

    @Test
    void a_name_that_takes_too_long_to_look_up_is_given_up() {
        var closing = new CountDownLatch(1);
        Outbound.Names slow = host -> {
            try {
                closing.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new UnknownHostException(host);
        };
        try (var outbound = Outbound.open(HASTY, Set.of(), slow, null)) {
            assertThat(outbound.send(OutboundRequest.get("https://slow.example/")))
                    .isEqualTo(new Result.Unreachable(Reason.TIMED_OUT));
            closing.countDown();
        }
    }

    @Test
    void a_closed_port_is_no_answer() throws IOException {
        String place;
        try (var listening = Listening.plainly(answering(200, ""))) {
            place = listening.at("127.0.0.1");
        }
        try (var outbound = Outbound.open(LIMITS, Set.of(place))) {
            assertThat(outbound.send(OutboundRequest.get("http://" + place)))
                    .isEqualTo(new Result.Unreachable(Reason.CANNOT_CONNECT));
        }
    }

    @Test
    void a_name_is_looked_up_once_and_the_certificate_must_be_its_own(@TempDir Path folder) throws Exception {
        var store = certified(folder, "hooks.example");
        try (var listening = encrypted(store, answering(200, "sealed"))) {
            var lookups = new AtomicInteger();
            Outbound.Names rebinding = _ ->
                    new InetAddress[] {InetAddress.ofLiteral(lookups.getAndIncrement() == 0 ? "127.0.0.1" : "8.8.8.8")};
            var trust = new PemTrustOptions()
                    .addCertValue(Buffer.buffer(Files.readAllBytes(folder.resolve("certificate.pem"))));
            var allowed = Set.of(listening.at("hooks.example"), listening.at("other.example"));
            try (var outbound = Outbound.open(LIMITS, allowed, rebinding, trust)) {
                var result = outbound.send(OutboundRequest.get("https://" + listening.at("hooks.example") + "/keys"));

                assertThat(result).isInstanceOf(Result.Answered.class);
                assertThat(lookups).hasValue(1);
                assertThat(listening.seen()).containsExactly("GET /keys " + listening.at("hooks.example") + " ");
            }
            try (var outbound = Outbound.open(LIMITS, allowed, names("127.0.0.1"), trust)) {
                assertThat(outbound.send(OutboundRequest.get("https://" + listening.at("other.example"))))
                        .isEqualTo(new Result.Unreachable(Reason.ENCRYPTION_FAILED));
            }
            try (var outbound = Outbound.open(LIMITS, allowed, names("127.0.0.1"), null)) {
                assertThat(outbound.send(OutboundRequest.get("https://" + listening.at("hooks.example"))))
                        .isEqualTo(new Result.Unreachable(Reason.ENCRYPTION_FAILED));
            }
        }
    }

    private static Listening encrypted(Path store, HttpHandler handler) throws Exception {
        var keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(KeyStore.getInstance(store.toFile(), "changeit".toCharArray()), "changeit".toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        var server = HttpsServer.create();
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        return new Listening(server, handler);
    }

    /** A certificate that signs itself, made by the tool of the Java platform. */
    private static Path certified(Path folder, String name) throws Exception {
        var store = folder.resolve("server.p12");
        keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=" + name, "-ext", "san=dns:" + name, store);
        keytool("-exportcert", "-rfc", "-file", folder.resolve("certificate.pem"), store);
        return store;
    }

    private static void keytool(Object... arguments) throws Exception {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        for (var i = 0; i < arguments.length - 1; i++) {
            command.add(arguments[i].toString());
        }
        command.addAll(List.of(
                "-alias", "server", "-storepass", "changeit", "-keystore", arguments[arguments.length - 1].toString()));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void an_allowance_is_one_host_and_one_port() {
        assertThat(List.of("localhost:80", "Hooks.Internal:8443", "[fd00::1]:443", "10.0.0.1:443"))
                .allMatch(Outbound::isAllowance);
        assertThat(List.of(
                        "",
                        "localhost",
                        "localhost:",
                        "localhost:0",
                        "*:443",
                        "https://a:1",
                        "a:1/b",
                        "[::1]",
                        "u@a:1"))
                .noneMatch(Outbound::isAllowance);
        assertThatThrownBy(() -> Outbound.open(LIMITS, Set.of("localhost")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_request_prints_neither_its_address_nor_its_headers() {
        var request = new OutboundRequest(
                Method.GET,
                "https://hooks.example/canary-1",
                List.of(new Reply.Header("Authorization", "canary-2")),
                "canary-3");

        assertThat(request.toString()).doesNotContain("canary");
    }
}
