package dev.sallyport.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The npm package {@code oauth4webapi}, unmodified, introspects credentials as a resource server would (RFC 7662). */
class IntrospectionClientTest {

    private static final JsonNode INACTIVE = JsonMapper.shared().readTree("{\"active\":false}");

    @ParameterizedTest
    @EnumSource(StoreKind.class)
    void an_oauth_client_reads_what_a_credential_is_and_may_do(StoreKind kind, @TempDir Path folder) {
        var store = Store.withLegacyKeys(folder.resolve("here"), kind);
        var elsewhere = Store.prepared(folder.resolve("elsewhere"), StoreKind.SQLITE);
        try (var server = store.serve()) {

            var read = Scenario.run("introspect.mjs", server, store, Map.of("unknown", elsewhere.token()));

            assertIsPersonal(read, store, server.url());
            assertIsOfAccount(read);
            assertIsKey(read, store);
            assertEndsAreAlike(read);
            assertIsChallenged(read);
            assertThat(read.path("secrets"))
                    .hasSize(5)
                    .allSatisfy(secret -> assertThat(server.log()).doesNotContain(secret.asString()));
        }
    }

    private static void assertIsPersonal(JsonNode read, Store store, String issuer) {
        var answer = described(read, "personal", "personal_access_token");
        assertThat(text(answer, "scope").split(" ")).containsExactly("monitors_read", "user_access_read");
        assertThat(text(answer, "username")).isEqualTo(store.email());
        assertThat(text(answer, "sub")).isEqualTo(store.admin());
        assertThat(text(answer, "org")).isEqualTo(store.organization());
        assertThat(text(answer, "iss")).isEqualTo(issuer);
        assertThat(text(answer, "token_type")).isEqualTo("Bearer");
        assertThat(text(answer, "name")).isEqualTo("laptop");
        assertThat(answer.path("exp").isIntegralNumber()).isTrue();
        assertThat(answer.path("exp").asLong()).isEqualTo(read.path("expiresAt").asLong());
    }

    private static void assertIsOfAccount(JsonNode read) {
        var answer = described(read, "service", "service_access_token");
        assertThat(text(answer, "scope")).isEqualTo("monitors_read");
        assertThat(text(answer, "sub")).isEqualTo(text(read, "account"));
        assertThat(text(answer, "token_type")).isEqualTo("Bearer");
        assertThat(answer.has("username")).isFalse();
        assertThat(answer.has("exp")).isFalse();
    }

    private static void assertIsKey(JsonNode read, Store store) {
        var answer = described(read, "applicationKey", "application_key");
        assertThat(text(answer, "scope")).isEqualTo("monitors_read");
        assertThat(text(answer, "sub")).isEqualTo(store.admin());
        assertThat(text(answer, "username")).isEqualTo(store.email());
        assertThat(answer.has("token_type")).isFalse();
        assertThat(answer.has("exp")).isFalse();
    }

    private static JsonNode described(JsonNode read, String which, String kind) {
        var answer = read.path(which).path("answer");
        assertThat(answer.path("active").asBoolean()).as(answer.toString()).isTrue();
        assertThat(text(answer, "credential_type")).isEqualTo(kind);
        assertThat(text(answer, "public_id")).isEqualTo(text(read.path(which), "id"));
        return answer;
    }

    private static void assertEndsAreAlike(JsonNode read) {
        assertThat(read.path("beforeRevoke").path("active").asBoolean()).isTrue();
        assertThat(read.path("revoked")).isEqualTo(INACTIVE);
        assertThat(read.path("unknown")).isEqualTo(INACTIVE);
        assertThat(read.path("wrongSecret")).isEqualTo(INACTIVE);
        assertThat(read.path("junk")).isEqualTo(INACTIVE);
    }

    private static void assertIsChallenged(JsonNode read) {
        var nobody = read.path("withoutCredential");
        assertThat(text(nobody, "kind")).as(nobody.toString()).isEqualTo("WWWAuthenticateChallengeError");
        assertThat(nobody.path("status").asInt()).isEqualTo(401);
        assertThat(text(nobody, "scheme")).isEqualTo("bearer");
        var narrow = read.path("withoutScope");
        assertThat(text(narrow, "kind")).as(narrow.toString()).isEqualTo("WWWAuthenticateChallengeError");
        assertThat(narrow.path("status").asInt()).isEqualTo(403);
        assertThat(text(narrow.path("parameters"), "error")).isEqualTo("insufficient_scope");
    }

    private static String text(JsonNode node, String member) {
        return node.path(member).asString("");
    }
}
