package dev.sallyport.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.permission.Requirement;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpServerTest {

    record Greeting(@Nullable String givenName) {}

    record Unwritable(String name) {
        @Override
        public String name() {
            throw new IllegalStateException(name);
        }
    }

    private static final Gate GATE = TestServer.gate((exchange, then) -> {
        if (exchange.header("Authorization") == null) {
            then.accept(new Gate.Admission.Refused(
                    new Problem(401, "no_credential", "Unauthorized").with("WWW-Authenticate", "Bearer")));
        } else {
            then.accept(new Gate.Admission.Admitted(TestServer.ALICE));
        }
    });

    private final TestServer server = TestServer.serving(
            List.of(
                    Route.of(
                            Method.GET,
                            "/api/v2/me",
                            "Me",
                            Requirement.SIGNED_IN,
                            (caller, _) ->
                                    Reply.ok(Map.of("name", caller.principal().name()))),
                    Route.of(Method.POST, "/api/v2/greet", "Greet", Requirement.SIGNED_IN, HttpServerTest::greet),
                    Route.open(Method.POST, "/greet", "GreetAnybody", request -> greet(TestServer.ALICE, request)),
                    Route.open(
                            Method.POST,
                            "/form",
                            "Form",
                            request -> Reply.ok(request.form().parameters())),
                    Route.open(
                            Method.GET,
                            "/query",
                            "QueryIt",
                            request -> Reply.ok(request.query().parameters())),
                    Route.open(
                            Method.GET,
                            "/things/{thing_id}",
                            "Thing",
                            request -> Reply.ok(List.of(
                                    request.pathParameter("thing_id"),
                                    request.header("X-Colour"),
                                    request.clientAddress()))),
                    Route.open(
                            Method.GET,
                            "/page",
                            "Page",
                            _ -> Reply.text(200, "text/html", "<p>é</p>")
                                    .with("Cache-Control", "max-age=60")
                                    .with("Set-Cookie", "a=1")
                                    .with("Set-Cookie", "b=2")),
                    Route.open(Method.DELETE, "/page", "DeletePage", _ -> Reply.noContent()),
                    Route.open(Method.GET, "/api/v2/broken", "Broken", _ -> {
                        throw new IllegalStateException("jdbc:postgresql://inside s3cret");
                    }),
                    Route.open(Method.GET, "/overflow", "Overflow", _ -> {
                        throw new StackOverflowError("s3cret");
                    }),
                    Route.open(Method.GET, "/unwritable", "Unwritable", _ -> Reply.ok(new Unwritable("s3cret"))),
                    Route.open(
                            Method.GET,
                            "/bad-header",
                            "BadHeader",
                            _ -> Reply.noContent().with("X-A", "a\r\nX-B: b")),
                    Route.onLoop(Method.GET, "/loop", "Loop", exchange -> exchange.answer(Reply.noContent())),
                    Route.onLoop(Method.POST, "/loop", "LoopPost", exchange -> exchange.answer(Reply.noContent())),
                    Route.onLoop(Method.GET, "/loop/broken", "LoopBroken", _ -> {
                        throw new IllegalStateException("s3cret");
                    })),
            GATE);

    private static Response greet(dev.sallyport.identity.Caller caller, Request request) {
        var name = request.body(Greeting.class).givenName();
        return Reply.json(
                201,
                "application/vnd.api+json",
                Map.of(
                        "greeting",
                        "Hello " + name + " from " + caller.principal().name()));
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private HttpResponse<String> postTo(String path, String type, byte[] body)
            throws IOException, InterruptedException {
        return server.send(
                path,
                request -> request.header("Authorization", "Bearer x")
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofByteArray(body)));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Optional<String> header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name);
    }

    @Test
    void a_body_becomes_a_record_and_the_answer_json() throws Exception {
        var response = postTo("/api/v2/greet", "application/json; charset=utf-8", utf8("{\"given_name\":\"Zoë\"}"));

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.body()).isEqualTo("{\"greeting\":\"Hello Zoë from Alice\"}");
        assertThat(header(response, "Content-Type")).contains("application/vnd.api+json");
    }

    @Test
    void answers_are_not_stored_and_not_sniffed() throws Exception {
        var response = server.send("/api/v2/me", request -> request.header("Authorization", "Bearer x"));

        assertThat(header(response, "Cache-Control")).contains("no-store");
        assertThat(header(response, "X-Content-Type-Options")).contains("nosniff");
        assertThat(header(response, "Content-Type")).contains("application/json;charset=utf-8");
        assertThat(header(response, "Content-Length")).contains("16");
    }

    @Test
    void a_reply_may_say_how_long_it_is_stored_and_repeat_headers() throws Exception {
        var response = server.get("/page");

        assertThat(response.body()).isEqualTo("<p>é</p>");
        assertThat(header(response, "Content-Type")).contains("text/html;charset=utf-8");
        assertThat(response.headers().allValues("Cache-Control")).containsExactly("max-age=60");
        assertThat(response.headers().allValues("Set-Cookie")).containsExactly("a=1", "b=2");
    }

    @Test
    void an_empty_answer_has_no_body_and_no_length() throws Exception {
        var text = server.raw("DELETE /page HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");

        assertThat(text).startsWith("HTTP/1.1 204 ").endsWith("\r\n\r\n").doesNotContainIgnoringCase("\ncontent-");
    }

    @Test
    void whom_the_gate_refuses_reaches_no_handler() throws Exception {
        var response = server.post("/api/v2/greet", "{\"given_name\":\"Zoe\"}");

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.body()).isEqualTo("{\"errors\":[\"Unauthorized\"]}");
        assertThat(header(response, "WWW-Authenticate")).contains("Bearer");
    }

    @Test
    void a_refused_upload_leaves_the_connection_usable() throws Exception {
        var text = server.raw("POST /api/v2/greet HTTP/1.1\r\nHost: h\r\nContent-Length: 7\r\n\r\n{\"a\":1}"
                + "GET /loop HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");

        assertThat(text).startsWith("HTTP/1.1 401 ").contains("HTTP/1.1 204 ");
    }

    @Test
    void path_parameters_headers_and_the_peer_reach_the_handler() throws Exception {
        var response = server.send("/things/a%20b", request -> request.header("x-colour", "red"));

        assertThat(response.body()).isEqualTo("[\"a b\",\"red\",\"127.0.0.1\"]");
    }

    @Test
    void a_query_is_decoded_and_a_broken_one_refused() throws Exception {
        assertThat(server.get("/query?a%5Bb%5D=1&a%5Bb%5D=x+y").body()).isEqualTo("{\"a[b]\":[\"1\",\"x y\"]}");
        assertThat(server.raw("GET /query?a=%zz HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("\"code\":\"invalid_encoding\"");
    }

    @Test
    void a_form_is_read() throws Exception {
        var response = postTo("/form", "application/x-www-form-urlencoded", utf8("code=a%2Bb&code=c+d"));

        assertThat(response.body()).isEqualTo("{\"code\":[\"a+b\",\"c d\"]}");
        assertThat(postTo("/form", "application/json", utf8("{}")).statusCode()).isEqualTo(415);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /nothing, 404", "GET, /loop/, 404", "GET, //loop, 404", "GET, /things/a%2Fb, 404",
                "GET, /things/%2e%2e, 404",
        "GET, /things/a%00, 404", "GET, /things/../loop, 404", "PATCH, /page, 405", "HEAD, /page, 405",
                "OPTIONS, /page, 405"
    })
    void paths_and_methods_are_matched_exactly(String method, String path, int status) throws Exception {
        var text = server.raw(method + " " + path + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");

        assertThat(text).startsWith("HTTP/1.1 " + status + " ");
        assertThat(text.contains("\r\nAllow: GET, DELETE\r\n")).isEqualTo(status == 405);
    }

    @Test
    void problems_have_the_shape_of_their_surface() throws Exception {
        var ours = server.get("/nothing");
        var theirs = server.get("/api/v2/nothing");

        assertThat(ours.body())
                .isEqualTo("{\"type\":\"urn:sallyport:problem:not_found\",\"title\":\"Not Found\",\"status\":404,"
                        + "\"detail\":\"There is nothing at this path.\",\"code\":\"not_found\"}");
        assertThat(header(ours, "Content-Type")).contains("application/problem+json");
        assertThat(theirs.body()).isEqualTo("{\"errors\":[\"There is nothing at this path.\"]}");
        assertThat(header(theirs, "Content-Type")).contains("application/json;charset=utf-8");
    }

    @Test
    void unknown_members_are_a_mistake_on_our_surface_only() throws Exception {
        var text = utf8("{\"given_name\":\"Zoe\",\"nickname\":\"Z\"}");

        assertThat(postTo("/api/v2/greet", "application/json", text).statusCode())
                .isEqualTo(201);
        assertThat(postTo("/greet", "application/json", text).body()).contains("unknown_member", "'/nickname'");
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/jsonp",
        "application/json-patch+json",
        "''"
    })
    void a_body_of_another_media_type_is_refused(String type) throws Exception {
        assertThat(postTo("/greet", type, utf8("{}")).statusCode()).isEqualTo(415);
    }

    @Test
    void a_missing_body_and_bytes_that_are_not_utf8_are_refused() throws Exception {
        assertThat(postTo("/greet", "application/json", new byte[0]).body()).contains("missing_body");
        assertThat(postTo("/greet", "application/json", new byte[] {'"', (byte) 0xC3, '"'})
                        .body())
                .contains("invalid_utf8");
        assertThat(postTo("/greet", "application/json", "{}".getBytes(StandardCharsets.UTF_16))
                        .statusCode())
                .isEqualTo(400);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }

    private HttpResponse<String> postEncoded(String encoding, byte[] body) throws IOException, InterruptedException {
        return server.send(
                "/greet",
                request -> request.header("Content-Type", "application/json")
                        .header("Content-Encoding", encoding)
                        .POST(BodyPublishers.ofByteArray(body)));
    }

    @Test
    void gzip_is_unpacked_up_to_the_limit_of_a_body() throws Exception {
        var bomb = gzip(utf8("{\"given_name\":\"" + " ".repeat(1 << 20) + "\"}"));

        assertThat(postEncoded("gzip", gzip(utf8("{\"given_name\":\"Zoe\"}"))).statusCode())
                .isEqualTo(201);
        assertThat(postEncoded("gzip", bomb).statusCode()).isEqualTo(413);
        assertThat(postEncoded("gzip", utf8("{}")).statusCode()).isEqualTo(400);
        assertThat(postEncoded("br", utf8("{}")).statusCode()).isEqualTo(415);
    }

    @ParameterizedTest
    @CsvSource({"/api/v2/broken", "/overflow", "/unwritable", "/bad-header", "/loop/broken"})
    void a_defect_is_a_bare_500_with_an_id(String path) throws Exception {
        var response = server.get(path);

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body())
                .contains("Internal Server Error")
                .doesNotContain("s3cret", "jdbc", "Exception", "java");
        assertThat(header(response, "Sallyport-Request").orElse("")).matches("[0-9a-f]{16}");
        assertThat(header(response, "X-B")).isEmpty();
    }

    @Test
    void the_body_of_a_defect_on_the_datadog_surface_says_nothing_else() throws Exception {
        assertThat(server.get("/api/v2/broken").body()).isEqualTo("{\"errors\":[\"Internal Server Error\"]}");
    }

    @Test
    void a_body_sent_to_the_event_loop_is_ignored() throws Exception {
        var text = server.raw("POST /loop HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello"
                + "POST /loop HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
                + "GET /loop HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");

        assertThat(text.split("HTTP/1.1 204 ", -1)).hasSize(4);
    }

    @Test
    void a_client_that_asks_first_is_told_to_go_on() throws Exception {
        var response = server.send(
                "/greet",
                request -> request.header("Content-Type", "application/json")
                        .expectContinue(true)
                        .POST(HttpRequest.BodyPublishers.ofString("{\"given_name\":\"Zoe\"}")));

        assertThat(response.statusCode()).isEqualTo(201);
    }
}
