package dev.sallyport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.TestCall.Answer;
import dev.sallyport.sql.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds at every door alike, and what each does in its own way. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorsTest {

    private static final List<String> IDENTITY_HEADERS = List.of(
            "sallyport-decision",
            "sallyport-reason",
            "sallyport-organization",
            "sallyport-principal",
            "sallyport-principal-kind",
            "sallyport-email",
            "sallyport-credential",
            "sallyport-credential-kind",
            "sallyport-scopes",
            "sallyport-actor",
            "sallyport-identity");

    private final TestAuthority authority = TestAuthority.on(TestDatabase.SQLITE);
    private final TestPerson admin = admin();
    private final TestPerson.Shown reader = admin.issues("billing:invoices_read");

    /** Each with the headers that say to it, and to nobody else, what the request was. */
    enum Kind {
        NGINX("X-Original-Method", "X-Original-URI"),
        FORWARD_AUTH("X-Forwarded-Method", "X-Forwarded-Uri"),
        ENVOY("", "");

        private final String method;
        private final String target;

        Kind(String method, String target) {
            this.method = method;
            this.target = target;
        }
    }

    private TestPerson admin() {
        var founder = authority.founds("Acme");
        founder.imports("billing", TestCast.example());
        return founder.renewed();
    }

    @AfterAll
    void close() {
        authority.close();
    }

    private TestCall asks(Kind kind, String api, String method, String uri) {
        return switch (kind) {
            case NGINX -> authority.nginx(api, method, uri);
            case FORWARD_AUTH -> authority.forwardAuth(api, method, uri);
            case ENVOY -> authority.envoy(api, method, uri);
        };
    }

    private TestCall asks(Kind kind, String method, String uri) {
        return asks(kind, "billing", method, uri);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void every_answer_has_every_identity_header_once_whatever_was_forged(Kind kind) {
        var calls = List.of(
                asks(kind, "GET", "/invoices").withToken(reader.text()),
                asks(kind, "POST", "/invoices").withToken(reader.text()),
                asks(kind, "GET", "/invoices"),
                asks(kind, "GET", "/invoices").withToken("junk"),
                asks(kind, "GET", "/health"),
                asks(kind, "GET", "/../x").withToken(reader.text()));
        var answers = new ArrayList<Answer>();

        for (var call : calls) {
            var forging = call;
            for (var name : IDENTITY_HEADERS) {
                forging = forging.with(name, "forged").with(name.replace('-', '_'), "forged");
            }
            answers.add(forging.send());
        }

        assertThat(answers).map(Answer::status).containsExactly(200, 403, 401, 401, 200, 403);
        assertThat(answers.getFirst().header("sallyport-email"))
                .isEqualTo(admin.principal().email());
        assertThat(answers).allSatisfy(answer -> {
            assertThat(IDENTITY_HEADERS)
                    .allSatisfy(name ->
                            assertThat(answer.headers().get(name)).as(name).hasSize(1));
            assertThat(answer.toString()).doesNotContain("forged");
        });
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_guarded_door_opens_to_its_gateway_alone(Kind kind) {
        var secret = "0123456789abcdef0123456789abcdef";
        try (var guarded = TestAuthority.guarded(TestDatabase.SQLITE, secret)) {
            var token = guarded.founds("Acme").token();
            var asks = switch (kind) {
                case NGINX -> guarded.nginx("datadog", "GET", "/api/v2/roles");
                case FORWARD_AUTH -> guarded.forwardAuth("datadog", "GET", "/api/v2/roles");
                case ENVOY -> guarded.envoy("datadog", "GET", "/api/v2/roles");
            };
            var call = asks.withToken(token.text());

            var refused = List.of(
                    call.send(),
                    call.with("Sallyport-Gateway", secret + "x").send(),
                    call.with("Sallyport-Gateway", secret)
                            .with("Sallyport-Gateway", secret)
                            .send());

            assertThat(call.with("Sallyport-Gateway", secret).send().status()).isEqualTo(200);
            assertThat(refused).allSatisfy(answer -> {
                assertThat(answer.status()).isEqualTo(401);
                assertThat(answer.header("sallyport-reason")).isEqualTo("invalid_gateway");
                assertThat(answer.header("sallyport-principal")).isEmpty();
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void the_headers_of_other_gateways_change_nothing(Kind kind) {
        for (var name : List.of(
                "X-Original-Method",
                "X-Forwarded-Method",
                "X_Original_Method",
                "X_Forwarded_Method",
                "X-HTTP-Method-Override",
                "X-Envoy-Original-Method")) {
            if (!name.equals(kind.method)) {
                var call = asks(kind, "POST", "/invoices").withToken(reader.text());
                assertThat(call.with(name, "GET").send().header("sallyport-reason"))
                        .as(name)
                        .isEqualTo("scope_missing");
            }
        }
        for (var name : List.of(
                "X-Original-URI",
                "X-Forwarded-Uri",
                "X_Original_URI",
                "X_Forwarded_Uri",
                "X-Original-URL",
                "X-Rewrite-URL",
                "X-Envoy-Original-Path")) {
            if (!name.equals(kind.target)) {
                var call = asks(kind, "GET", "/nothing").withToken(reader.text());
                assertThat(call.with(name, "/invoices").send().header("sallyport-reason"))
                        .as(name)
                        .isEqualTo("unknown_operation");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"NGINX,/gateway/nginx/billing", "FORWARD_AUTH,/gateway/forward-auth/billing"})
    void method_and_target_must_be_there_once_each(Kind kind, String path) {
        var door = authority.atDoors("GET", path + "?a=b").withToken(reader.text());
        var whole = door.with(kind.method, "GET").with(kind.target, "/invoices");

        var refused = List.of(
                door,
                door.with(kind.method, "GET"),
                door.with(kind.target, "/invoices"),
                whole.with(kind.target, "/invoices"),
                whole.with(kind.method, "GET"));

        assertThat(whole.send().status()).isEqualTo(200);
        assertThat(refused).map(TestCall::send).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.header("sallyport-reason")).isEqualTo("unreadable_request");
        });
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void of_two_credentials_in_one_carrier_neither_counts_and_of_two_carriers_the_first(Kind kind) {
        var call = asks(kind, "GET", "/invoices");

        var twice = call.withToken(reader.text()).withToken(reader.text());
        var junkFirst = call.withToken("junk").with("DD-APPLICATION-KEY", reader.text());
        var goodFirst = call.withToken(reader.text()).with("DD-APPLICATION-KEY", "junk");

        assertThat(twice.send().status()).isEqualTo(401);
        assertThat(junkFirst.send().status()).isEqualTo(401);
        assertThat(goodFirst.send().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"NGINX,false", "FORWARD_AUTH,true", "ENVOY,true"})
    void a_refusal_has_a_body_where_the_gateway_passes_it_on(Kind kind, boolean hasBody) {
        var stranger = asks(kind, "POST", "/invoices").send();
        var known = asks(kind, "POST", "/invoices").withToken(reader.text()).send();

        assertThat(stranger.header("www-authenticate")).isEqualTo("Bearer realm=\"sallyport\"");
        assertThat(known.headers()).doesNotContainKey("www-authenticate");
        if (hasBody) {
            assertThat(known.header("content-type")).isEqualTo("application/problem+json");
            assertThat(known.json().get("code").stringValue()).isEqualTo("scope_missing");
            assertThat(stranger.json().get("code").stringValue()).isEqualTo("invalid_credential");
        } else {
            assertThat(known.body() + stranger.body()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_door_answers_nothing_but_200_401_and_403(Kind kind) {
        var statuses = new TreeSet<Integer>();
        for (var uri : List.of("/invoices", "/nothing", "/..", "//", "/%2f", "/health", "/invoices?a=%25", "/")) {
            for (var method : List.of("GET", "DELETE", "HEAD", "OPTIONS", "TRACE", "get", "QUERY")) {
                for (var api : List.of("billing", "datadog", "unknown", "sallyport", "%C3%A9")) {
                    var call = asks(kind, api, method, uri);
                    statuses.add(call.send().status());
                    statuses.add(call.withToken(reader.text()).send().status());
                }
            }
        }

        assertThat(statuses).containsExactly(200, 401, 403);
    }

    @Test
    void envoy_is_told_to_take_the_credentials_away_and_nothing_else() {
        var allowed =
                asks(Kind.ENVOY, "GET", "/invoices").withToken(reader.text()).send();
        var refused =
                asks(Kind.ENVOY, "POST", "/invoices").withToken(reader.text()).send();

        assertThat(allowed.header("x-envoy-auth-headers-to-remove"))
                .isEqualTo("authorization,dd-api-key,dd-application-key");
        assertThat(refused.headers()).doesNotContainKey("x-envoy-auth-headers-to-remove");
    }

    /** Sent by hand: a client library would put them right. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /gateway/envoy/billing/health#fragment",
                "GET /gateway/envoy/billing//health",
                "GET /gateway/envoy/billing/x/../health",
                "GET /gateway/envoy/other/../billing/health",
                "GET /gateway/envoy/billing/health/",
                "GET /gateway/envoy/billing/health;a=b",
                "GET /gateway/envoy/billing/%68ealth",
                "GET /gateway/envoy/billing%2Fhealth",
                "GET /gateway/envoy/billing\\health",
                "GET /gateway/envoy//billing/health",
                "OPTIONS /gateway/envoy/billing*",
                "POST /gateway/envoy/billing/health"
            })
    void a_request_that_is_not_the_one_is_not_allowed(String requestLine) {
        assertThat(statusOf("GET /gateway/envoy/billing/health")).isEqualTo(200);
        assertThat(statusOf(requestLine)).isBetween(400, 404);
    }

    private int statusOf(String requestLine) {
        var doors = URI.create(authority.server.doorsUrl());
        try (var socket = new Socket(doors.getHost(), doors.getPort())) {
            socket.setSoTimeout(20_000);
            var request = requestLine + " HTTP/1.1\r\nHost: doors\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer, 9, 12, 10);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void the_longest_path_that_can_be_decided_fits_into_the_request_line_of_envoy() {
        var query = "?q=" + "x".repeat(8_192 - "/invoices?q=".length());

        var answer = asks(Kind.ENVOY, "GET", "/invoices" + query)
                .withToken(reader.text())
                .send();

        assertThat(answer.status()).isEqualTo(200);
    }
}
