package dev.sallyport.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A real nginx, configured as the documents say, before a small API. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // Everything is set before the first test.
class NginxGatewayTest {

    static final List<String> IDENTITY = List.of(
            "Sallyport-Decision",
            "Sallyport-Reason",
            "Sallyport-Organization",
            "Sallyport-Principal",
            "Sallyport-Principal-Kind",
            "Sallyport-Email",
            "Sallyport-Credential",
            "Sallyport-Credential-Kind",
            "Sallyport-Scopes",
            "Sallyport-Actor",
            "Sallyport-Identity");

    private Store store;
    private RunningServer server;
    private Upstream upstream;
    private Gateway datadog;
    private Gateway invoices;
    private Http admin;
    /** May read users, and nothing else. */
    private Http.Token reader;

    @BeforeAll
    void start(@TempDir Path folder) {
        store = Store.prepared(folder, StoreKind.SQLITE);
        server = store.serve();
        upstream = Upstream.start();
        datadog = Nginx.start(folder.resolve("datadog"), server, upstream.port(), "datadog");
        invoices = Nginx.start(folder.resolve("invoices"), server, upstream.port(), "invoices");
        admin = new Http(server, store.token());
        reader = admin.issue("reader", "user_access_read");
    }

    @AfterAll
    void stop() {
        try (var _ = server;
                var _ = upstream;
                var _ = datadog;
                var _ = invoices;
                var _ = admin) {
            server.stop();
        }
    }

    @BeforeEach
    void forget() {
        upstream.arrivedSince();
    }

    private static String bearer(Http.Token token) {
        return "Authorization: Bearer " + token.key();
    }

    private RawCall.Answer call(String requestLine, String... headers) {
        return RawCall.send(datadog.port(), requestLine, List.of(headers));
    }

    @Test
    void an_allowed_call_arrives_as_it_was_sent_with_an_identity_that_can_be_verified() {
        var answer = call("GET /api/v2/users?page[size]=3&a=%2F..//;", bearer(reader));

        assertThat(answer.status()).as(answer.head()).isEqualTo(200);
        assertThat(answer.body()).contains(Upstream.SERVED);
        var arrived = only(upstream.arrivedSince());
        assertThat(arrived.method()).isEqualTo("GET");
        assertThat(arrived.uri()).isEqualTo("/api/v2/users?page[size]=3&a=%2F..//;");
        assertIsReader(arrived);
        assertThat(arrived.header("Sallyport-Decision")).isEqualTo(answer.header("Sallyport-Decision"));
        var identity = verified(arrived.header("Sallyport-Identity"), "datadog");
        assertThat(identity.path("verified").asBoolean())
                .as(identity.toString())
                .isTrue();
        var claims = identity.path("payload");
        assertThat(claims.path("sub").asString()).isEqualTo(store.admin());
        assertThat(claims.path("org").asString()).isEqualTo(store.organization());
        assertThat(claims.path("cred").path("id").asString()).isEqualTo(reader.id());
        assertThat(claims.path("scope").asString()).isEqualTo("user_access_read");
        assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isBetween(1L, 60L);
    }

    @Test
    void an_assertion_for_one_api_is_none_for_another() {
        call("GET /api/v2/users", bearer(reader));

        var assertion = only(upstream.arrivedSince()).header("Sallyport-Identity");

        var elsewhere = verified(assertion, "invoices");
        assertThat(elsewhere.path("verified").asBoolean()).isFalse();
    }

    @Test
    void a_body_arrives_and_the_credential_does_not() {
        var writer = admin.issue("writer", "user_access_manage");

        var answer = RawCall.send(
                datadog.port(),
                "127.0.0.1",
                "POST /api/v2/roles",
                List.of("DD-APPLICATION-KEY: " + writer.key(), "DD-API-KEY: " + "0".repeat(32)),
                "{\"data\":{}}");

        assertThat(answer.status()).as(answer.head()).isEqualTo(200);
        var arrived = only(upstream.arrivedSince());
        assertThat(arrived.body()).isEqualTo("{\"data\":{}}");
        assertThat(arrived.headers()).doesNotContainKeys("Authorization", "DD-API-KEY", "DD-APPLICATION-KEY");
        assertThat(arrived.toString()).doesNotContain(writer.key());
    }

    @Test
    void a_credential_that_is_no_good_stops_the_call_and_says_no_more_than_that() {
        var revoked = admin.issue("revoked", "user_access_read");
        assertThat(admin.delete(Http.TOKENS + "/" + revoked.id()).status()).isEqualTo(204);
        var wrongSecret = reader.key().substring(0, 30) + "A".repeat(35);

        assertRefused(call("GET /api/v2/users"), 401, "invalid_credential");
        assertRefused(call("GET /api/v2/users", "Authorization: Bearer junk"), 401, "invalid_credential");
        assertRefused(call("GET /api/v2/users", "Authorization: Bearer " + wrongSecret), 401, "invalid_credential");
        assertRefused(call("GET /api/v2/users", "Authorization: Basic YTpi"), 401, "invalid_credential");
        assertRefused(call("GET /api/v2/users", bearer(revoked)), 401, "invalid_credential");
        assertRefused(
                call("GET /api/v2/users", "Authorization: Bearer junk", "DD-APPLICATION-KEY: " + reader.key()),
                401,
                "invalid_credential");
        assertThat(call("GET /api/v2/users").header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(call("GET /api/v2/users", bearer(revoked)).header("WWW-Authenticate"))
                .contains("invalid_token");
    }

    @Test
    void of_two_credentials_in_one_kind_of_header_neither_counts() {
        var other = admin.issue("other", "user_access_read");

        // nginx refuses the one itself, Sallyport the other.
        assertRefused(call("GET /api/v2/users", bearer(reader), bearer(other)), 0, "");
        assertRefused(
                call("GET /api/v2/users", "DD-APPLICATION-KEY: " + reader.key(), "dd-application-key: " + other.key()),
                401,
                "invalid_credential");
    }

    @Test
    void a_good_credential_gets_no_further_than_its_scopes_and_the_catalogue() {
        assertRefused(call("DELETE /api/v2/users/42", bearer(reader)), 403, "scope_missing");
        assertRefused(call("GET /api/v2/audit/events", bearer(reader)), 403, "scope_missing");
        assertRefused(call("GET /api/v2/no-such-thing", bearer(reader)), 403, "unknown_operation");
        assertRefused(call("PURGE /api/v2/users", bearer(reader)), 403, "unknown_operation");
        assertRefused(call("get /api/v2/users", bearer(reader)), 0, "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v2/roles/../users",
                "/api/v2/./users",
                "/api/v2/users/..",
                "/api//v2/users",
                "//api/v2/users",
                "/api/v2%2Fusers",
                "/api/v2%2fusers",
                "/api/v2/users%2f",
                "/api/v2/%2e%2e/v2/users",
                "/api/v2/%2E/users",
                "/api/v2/roles/%2e%2E/users",
                "/api/v2/users;a=b",
                "/api/v2;/users",
                "/api/v2/users%3Ba",
                "/api/v2/users%00",
                "/api/v2/users%c0%af",
                "/api/v2%5cusers",
                "/api\\v2\\users",
                "/API/v2/users",
                "/api/v2/Users",
                "/api/v2/%55sers",
                "/api/v2/users%",
                "/api/v2/users%zz",
                "/api/v2/users#fragment",
                "/api/v2/users%23",
                "/api/v2/users%3fa",
                "/api/v2/us\u00e9rs",
                "/_sallyport",
                "*"
            })
    void a_path_that_could_be_read_in_two_ways_reaches_nobody(String path) {
        var answer = call("GET " + path, bearer(reader));

        assertThat(upstream.arrivedSince()).isEmpty();
        assertThat(answer.status()).as(answer.head()).isIn(400, 403, 404);
    }

    @Test
    void an_absolute_request_target_is_decided_by_its_path() {
        var allowed = call("GET http://elsewhere.example/api/v2/users", bearer(reader));
        var arrived = only(upstream.arrivedSince());

        assertThat(allowed.status()).isEqualTo(200);
        assertThat(arrived.uri()).isEqualTo("/api/v2/users");
        assertRefused(call("GET http://elsewhere.example/api/v2/audit/events", bearer(reader)), 403, "scope_missing");
    }

    @Test
    void no_forged_header_changes_who_called() {
        var forged = new ArrayList<String>();
        for (var name : IDENTITY) {
            for (var twin : List.of(name, name.toLowerCase(Locale.ROOT), name.replace('-', '_'))) {
                forged.add(twin + ": forged");
            }
        }
        forged.add(bearer(reader));
        forged.add("SALLYPORT_EMAIL: forged");
        forged.add("Connection: close, Sallyport-Identity, Sallyport-Email, Authorization, X-Original-URI");

        var answer = RawCall.send(datadog.port(), "GET /api/v2/users", forged);

        assertThat(answer.status()).as(answer.head()).isEqualTo(200);
        var arrived = only(upstream.arrivedSince());
        assertIsReader(arrived);
        assertThat(arrived.toString()).doesNotContain("forged");
        assertThat(arrived.headers().keySet().stream().filter(name -> name.indexOf('_') >= 0))
                .isEmpty();
    }

    @Test
    void nothing_forged_arrives_with_a_call_of_nobody() {
        importInvoices();

        var answer = RawCall.send(
                invoices.port(),
                "GET /health",
                IDENTITY.stream().map(name -> name + ": forged").toList());

        assertThat(answer.status()).as(answer.head()).isEqualTo(200);
        var arrived = only(upstream.arrivedSince());
        assertThat(arrived.header("Sallyport-Principal")).isEmpty();
        assertThat(arrived.header("Sallyport-Identity")).isEmpty();
        assertThat(arrived.toString()).doesNotContain("forged");
    }

    @Test
    void no_forged_header_changes_what_is_decided_about() {
        for (var name :
                List.of("X-Original-URI", "X_Original_URI", "X-Forwarded-Uri", "X-Rewrite-URL", "X-Original-URL")) {
            assertRefused(
                    call("GET /api/v2/audit/events", bearer(reader), name + ": /api/v2/users"), 403, "scope_missing");
        }
        for (var name :
                List.of("X-Original-Method", "X_Original_Method", "X-HTTP-Method-Override", "X-Forwarded-Method")) {
            assertRefused(call("DELETE /api/v2/users/42", bearer(reader), name + ": GET"), 403, "scope_missing");
        }
        call("GET /api/v2/users", bearer(reader), "X-Original-URI: /api/v2/forged", "X-Original-Method: DELETE");
        var arrived = only(upstream.arrivedSince());
        assertThat(arrived.headers()).doesNotContainKeys("X-Original-URI", "X-Original-Method");
    }

    @Test
    void the_trail_holds_each_allowed_call_with_the_address_that_nginx_saw() {
        var answer = RawCall.send(
                datadog.port(),
                "127.0.0.5",
                "GET /api/v2/users/" + store.admin() + "?secret=s3cret",
                List.of(bearer(reader), "X-Forwarded-For: 6.6.6.6", "X-Real-IP: 6.6.6.6", "Forwarded: for=6.6.6.6"),
                "");
        assertThat(answer.status()).as(answer.head()).isEqualTo(200);

        var events = admin.trail("@decision.id:" + answer.header("Sallyport-Decision"));

        assertThat(events).hasSize(1);
        var facts = Http.facts(events.getFirst());
        assertThat(facts.path("usr").path("email").asString()).isEqualTo(store.email());
        assertThat(facts.path("credential").path("id").asString()).isEqualTo(reader.id());
        assertThat(facts.path("credential").path("name").asString()).isEqualTo("reader");
        assertThat(facts.path("network").path("client").path("ip").asString()).isEqualTo("127.0.0.5");
        assertThat(facts.path("http").path("url_details").path("path").asString())
                .isEqualTo("/api/v2/users/" + store.admin());
        assertThat(facts.path("decision").path("operation").asString()).isEqualTo("GetUser");
        assertThat(events.toString()).doesNotContain("s3cret").doesNotContain("6.6.6.6");
    }

    @Test
    void an_imported_api_is_guarded_in_the_same_way() {
        importInvoices();

        var open = atInvoices("GET /health");
        assertThat(open.status()).as(open.head()).isEqualTo(200);
        assertThat(only(upstream.arrivedSince()).uri()).isEqualTo("/health");
        assertRefused(atInvoices("GET /invoices/42", bearer(reader)), 403, "scope_missing");
        assertRefused(atInvoices("POST /invoices", bearer(reader)), 403, "scope_missing");
        assertRefused(atInvoices("DELETE /invoices/42", bearer(reader)), 403, "undeclared_operation");
        assertRefused(atInvoices("GET /invoices/42/lines", bearer(reader)), 403, "unknown_operation");
        assertRefused(atInvoices("GET /api/v2/users", bearer(reader)), 403, "unknown_operation");
        assertRefused(atInvoices("GET /invoices/../health", bearer(reader)), 403, "ambiguous_path");
        assertRefused(atInvoices("GET /invoices"), 401, "invalid_credential");
        assertRefused(call("GET /health", bearer(reader)), 403, "unknown_operation");
    }

    private RawCall.Answer atInvoices(String requestLine, String... headers) {
        return RawCall.send(invoices.port(), requestLine, List.of(headers));
    }

    @Test
    void while_sallyport_cannot_be_asked_nothing_gets_through(@TempDir Path folder) {
        var other = Store.prepared(folder, StoreKind.SQLITE);
        try (var stopping = other.serve();
                var gateway = Nginx.start(folder.resolve("nginx"), stopping, upstream.port(), "datadog")) {
            var headers = List.of("Authorization: Bearer " + other.token());
            assertThat(RawCall.send(gateway.port(), "GET /api/v2/users", headers)
                            .status())
                    .isEqualTo(200);
            upstream.arrivedSince();

            stopping.stop();

            var refused = RawCall.send(gateway.port(), "GET /api/v2/users", headers);
            assertThat(refused.status()).isIn(403, 500, 502);
            assertThat(upstream.arrivedSince()).isEmpty();
        }
    }

    /** Importing again replaces the document by the same one. */
    private void importInvoices() {
        var imported = Program.sallyport(
                        "api",
                        "import",
                        Project.file("docs/examples/invoices.yaml").toString(),
                        "--id",
                        "invoices",
                        "--host",
                        "invoices.example.com",
                        "--data",
                        store.data().toString())
                .with("SALLYPORT_TOKEN", store.token())
                .run()
                .succeeded();
        assertThat(imported.out()).contains("invoices");
    }

    private void assertIsReader(Upstream.Arrived arrived) {
        assertThat(arrived.header("Sallyport-Decision")).isNotEmpty();
        assertThat(arrived.header("Sallyport-Reason")).isEqualTo("allowed");
        assertThat(arrived.header("Sallyport-Organization")).isEqualTo(store.organization());
        assertThat(arrived.header("Sallyport-Principal")).isEqualTo(store.admin());
        assertThat(arrived.header("Sallyport-Principal-Kind")).isEqualTo("user");
        assertThat(arrived.header("Sallyport-Email")).isEqualTo(store.email());
        assertThat(arrived.header("Sallyport-Credential")).isEqualTo(reader.id());
        assertThat(arrived.header("Sallyport-Credential-Kind")).isEqualTo("personal_access_token");
        assertThat(arrived.header("Sallyport-Scopes")).isEqualTo("user_access_read");
        assertThat(arrived.header("Sallyport-Actor")).isEmpty();
        assertThat(arrived.header("Sallyport-Identity")).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+");
    }

    /** What an upstream for {@code audience} makes of an assertion. */
    private JsonNode verified(String assertion, String audience) {
        return Scenario.run(
                "verify-identity.mjs",
                Map.of("url", server.url(), "assertion", assertion, "issuer", server.url(), "audience", audience));
    }

    /** @param status 0 for whatever nginx makes of it */
    private void assertRefused(RawCall.Answer answer, int status, String reason) {
        assertThat(upstream.arrivedSince()).isEmpty();
        if (status == 0) {
            assertThat(answer.status()).isBetween(400, 499);
        } else {
            assertThat(answer.status()).as(answer.head()).isEqualTo(status);
        }
        if (!reason.isEmpty()) {
            assertThat(answer.header("Sallyport-Reason")).as(answer.head()).isEqualTo(reason);
            assertThat(answer.header("Sallyport-Decision")).isNotEmpty();
        }
    }

    private static Upstream.Arrived only(List<Upstream.Arrived> arrived) {
        assertThat(arrived).hasSize(1);
        return arrived.getFirst();
    }
}
