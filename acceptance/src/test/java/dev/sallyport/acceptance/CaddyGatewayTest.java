package dev.sallyport.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** A real Caddy, configured as the documents say, before a small API. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // Everything is set before the first test.
class CaddyGatewayTest {

    private Store store;
    private RunningServer server;
    private Upstream upstream;
    private Gateway caddy;
    private Http admin;
    /** May read users, and nothing else. */
    private Http.Token reader;

    @BeforeAll
    void start(@TempDir Path folder) {
        store = Store.prepared(folder, StoreKind.SQLITE);
        server = store.serve();
        upstream = Upstream.start();
        caddy = Caddy.start(folder.resolve("caddy"), server, upstream.port(), "datadog");
        admin = new Http(server, store.token());
        reader = admin.issue("reader", "user_access_read");
    }

    @AfterAll
    void stop() {
        try (var _ = server;
                var _ = upstream;
                var _ = caddy;
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
        return RawCall.send(caddy.port(), requestLine, List.of(headers));
    }

    @Test
    void an_allowed_call_arrives_as_it_was_sent_without_the_credential() {
        var answer = call("GET /api/v2/users?page[size]=3&a=%2F..//", bearer(reader));

        assertThat(answer.status()).as(answer.head()).isEqualTo(200);
        var arrived = only();
        assertThat(arrived.uri()).isEqualTo("/api/v2/users?page[size]=3&a=%2F..//");
        assertIsReader(arrived);
        assertThat(arrived.header("Sallyport-Decision")).isEqualTo(answer.header("Sallyport-Decision"));
        assertThat(arrived.headers()).doesNotContainKeys("Authorization", "DD-API-KEY", "DD-APPLICATION-KEY");
        assertThat(arrived.toString()).doesNotContain(reader.key());
    }

    @Test
    void a_refusal_arrives_at_the_client_with_its_reason_and_its_body() {
        var refused = call("DELETE /api/v2/users/42", bearer(reader));

        assertRefused(refused, 403, "scope_missing");
        assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(JsonMapper.shared().readTree(refused.body()).path("code").asString())
                .isEqualTo("scope_missing");
    }

    @Test
    void a_stranger_is_asked_for_a_credential_and_told_no_more() {
        var none = call("GET /api/v2/users");
        var junk = call("GET /api/v2/users", "Authorization: Bearer junk");
        var two = call("GET /api/v2/users", bearer(reader), bearer(reader));
        var other = call("GET /api/v2/users", "Authorization: Bearer junk", "DD-APPLICATION-KEY: " + reader.key());

        assertRefused(none, 401, "invalid_credential");
        assertThat(none.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"sallyport\"");
        for (var refused : List.of(junk, two, other)) {
            assertRefused(refused, 401, "invalid_credential");
            assertThat(refused.header("WWW-Authenticate")).contains("invalid_token");
            assertThat(refused.body()).isEqualTo(junk.body());
        }
    }

    @Test
    void no_forged_header_changes_who_called() {
        var forged = new ArrayList<String>();
        for (var name : NginxGatewayTest.IDENTITY) {
            for (var twin : List.of(name, name.toLowerCase(Locale.ROOT), name.replace('-', '_'))) {
                forged.add(twin + ": forged");
            }
        }
        forged.add(bearer(reader));
        forged.add("Sallyport-Principal_Kind: forged");
        forged.add("DD_API_KEY: forged");
        forged.add("Sallyport-Gateway: forged");

        var answer = RawCall.send(caddy.port(), "GET /api/v2/users", forged);

        assertThat(answer.status()).as(answer.head()).isEqualTo(200);
        var arrived = only();
        assertIsReader(arrived);
        assertThat(arrived.toString()).doesNotContain("forged");
        assertThat(arrived.headers().keySet()).noneMatch(name -> name.indexOf('_') >= 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Sallyport-Principal",
                "Sallyport-Identity, Sallyport-Email",
                "Authorization",
                "X-Forwarded-Uri, X-Forwarded-Method"
            })
    void no_header_is_dropped_because_a_client_calls_it_hop_by_hop(String listed) {
        var answer = call("GET /api/v2/users", bearer(reader), "Connection: close, " + listed);

        assertThat(answer.status()).as(answer.head()).isEqualTo(200);
        assertIsReader(only());
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Original-URI", "X-Forwarded-Uri", "X_Forwarded_Uri", "X-Rewrite-URL"})
    void no_forged_header_changes_what_is_decided_about(String name) {
        assertRefused(call("GET /api/v2/audit/events", bearer(reader), name + ": /api/v2/users"), 403, "scope_missing");
        assertRefused(call("DELETE /api/v2/users/42", bearer(reader), "X-Forwarded-Method: GET"), 403, "scope_missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"api_key=x", "application_key=x", "a=b&api_key=x", "%61pi_key=x"})
    void a_key_in_the_query_gets_nowhere(String query) {
        assertThat(call("GET /api/v2/users?" + query, bearer(reader)).status()).isEqualTo(400);
        assertThat(upstream.arrivedSince()).isEmpty();
    }

    private void assertIsReader(Upstream.Arrived arrived) {
        assertThat(arrived.header("Sallyport-Reason")).isEqualTo("allowed");
        assertThat(arrived.header("Sallyport-Principal")).isEqualTo(store.admin());
        assertThat(arrived.header("Sallyport-Email")).isEqualTo(store.email());
        assertThat(arrived.header("Sallyport-Credential")).isEqualTo(reader.id());
        assertThat(arrived.header("Sallyport-Actor")).isEmpty();
        assertThat(arrived.header("Sallyport-Identity")).matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+");
    }

    private void assertRefused(RawCall.Answer answer, int status, String reason) {
        assertThat(upstream.arrivedSince()).isEmpty();
        assertThat(answer.status()).as(answer.head()).isEqualTo(status);
        assertThat(answer.header("Sallyport-Reason")).as(answer.head()).isEqualTo(reason);
    }

    private Upstream.Arrived only() {
        var arrived = upstream.arrivedSince();
        assertThat(arrived).hasSize(1);
        return arrived.getFirst();
    }
}
