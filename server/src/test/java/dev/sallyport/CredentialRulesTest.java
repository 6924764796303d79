package dev.sallyport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.TestCall.Answer;
import dev.sallyport.sql.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules through the whole program: from the moment at which they are acknowledged. */
class CredentialRulesTest {

    private static final String RULES = "/sallyport/v1/credential_rules";
    private static final String HERE = "[\"127.0.0.0/8\"]";

    private static Answer atDoor(TestAuthority authority, String token, String address) {
        return authority
                .nginx("datadog", "GET", "/api/v2/roles")
                .with("X-Forwarded-For", address)
                .withToken(token)
                .send();
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void calls_from_beyond_the_ranges_of_the_organization_are_refused_at_once(TestDatabase kind) {
        try (var authority = TestAuthority.on(kind)) {
            var ada = authority.founds("Acme");
            var bob = authority.founds("Other");
            var token = ada.token().text();
            assertThat(atDoor(authority, token, "203.0.113.9").status()).isEqualTo(200);

            var set = ada.calls("PUT", RULES, "{\"revision\":0,\"rules\":{\"addresses\":" + HERE + "}}");

            assertThat(set.status()).as(set.body()).isEqualTo(200);
            var refused = atDoor(authority, token, "203.0.113.9");
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.header("sallyport-reason")).isEqualTo("address_not_allowed");
            assertThat(atDoor(authority, token, "127.0.0.9").status()).isEqualTo(200);
            assertThat(atDoor(authority, bob.token().text(), "203.0.113.9").status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_credential_is_bound_to_its_own_ranges_at_once(TestDatabase kind) {
        try (var authority = TestAuthority.on(kind)) {
            var ada = authority.founds("Acme");
            var bound = ada.issues("user_access_read");

            var set = ada.calls(
                    "PUT", "/sallyport/v1/credentials/" + bound.id() + "/addresses", "{\"addresses\":" + HERE + "}");

            assertThat(set.status()).as(set.body()).isEqualTo(200);
            assertThat(atDoor(authority, bound.text(), "203.0.113.9").header("sallyport-reason"))
                    .isEqualTo("address_not_allowed");
            assertThat(atDoor(authority, bound.text(), "127.0.0.9").status()).isEqualTo(200);
            assertThat(atDoor(authority, ada.token().text(), "203.0.113.9").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void an_api_key_is_bound_to_its_own_ranges_beyond_those_of_its_organization_as_well() {
        try (var authority = TestAuthority.on(TestDatabase.SQLITE)) {
            var ada = authority.founds("Acme");
            var keys = TestKeys.first(ada);
            var free = keys.createdApiKey("everywhere");
            var bound = keys.createdApiKey("agent");
            ada.calls("PUT", "/sallyport/v1/credentials/" + bound.id() + "/addresses", "{\"addresses\":" + HERE + "}");
            var revision = ada.calls("GET", RULES).json().get("revision").asInt();
            var set = ada.calls("PUT", RULES, "{\"revision\":" + revision + ",\"rules\":{\"addresses\":" + HERE + "}}");

            assertThat(set.status()).as(set.body()).isEqualTo(200);
            assertThat(sends(authority, free, "203.0.113.9").status())
                    .as("telemetry comes from everywhere")
                    .isEqualTo(200);
            assertThat(sends(authority, bound, "127.0.0.9").status()).isEqualTo(200);
            var refused = sends(authority, bound, "203.0.113.9");
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.header("sallyport-reason")).isEqualTo("address_not_allowed");
        }
    }

    private static Answer sends(TestAuthority authority, TestKeys.Shown apiKey, String address) {
        return authority
                .nginx("datadog", "POST", "/api/v2/logs")
                .with("X-Forwarded-For", address)
                .with("DD-API-KEY", apiKey.text())
                .send();
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void what_new_rules_end_is_refused_once_they_are_acknowledged(TestDatabase kind) {
        try (var authority = TestAuthority.on(kind)) {
            var ada = authority.founds("Acme");
            var short_ = ada.issues(Duration.ofDays(10), "user_access_read");
            var long_ = ada.issues(Duration.ofDays(60), "user_access_manage", "user_access_read");

            var set = ada.calls("PUT", RULES, """
                    {"revision":0,"rules":{"personal_access_token":{"longest_life_days":89}},
                     "apply_to_existing":["personal_access_token.longest_life_days"],"expect":1}
                    """);
            var ending = ada.calls("PUT", RULES, """
                    {"revision":0,"rules":{"service_access_token":{"creatable":false},
                     "personal_access_token":{"forbidden_scopes":["user_access_manage"]}},
                     "apply_to_existing":["service_access_token.creatable"],"expect":0}
                    """);

            // The administrator's own first token lives for ninety days.
            assertThat(set.status()).as(set.body()).isEqualTo(409);
            assertThat(set.body()).contains("ends_caller");
            assertThat(ending.status()).as(ending.body()).isEqualTo(200);
            assertThat(atDoor(authority, short_.text(), "127.0.0.1").status()).isEqualTo(200);
            assertThat(atDoor(authority, long_.text(), "127.0.0.1").status()).isEqualTo(200);

            var narrow = ada.issues("org_management", "user_access_read");
            var applied = authority
                    .call("PUT", RULES)
                    .withToken(narrow.text())
                    .withJson("""
                    {"revision":1,"rules":{"personal_access_token":{"forbidden_scopes":["user_access_manage"]}},
                     "apply_to_existing":["personal_access_token.forbidden_scopes"],"expect":2}
                    """)
                    .send();

            assertThat(applied.status()).as(applied.body()).isEqualTo(200);
            assertThat(atDoor(authority, long_.text(), "127.0.0.1").status()).isEqualTo(401);
            assertThat(atDoor(authority, ada.token().text(), "127.0.0.1").status())
                    .isEqualTo(401);
            assertThat(atDoor(authority, short_.text(), "127.0.0.1").status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void what_was_unused_for_too_long_is_refused(TestDatabase kind) {
        try (var authority = TestAuthority.on(kind)) {
            var ada = authority.founds("Acme");
            var idle = ada.issues("user_access_read");
            ada.calls("PUT", RULES, "{\"revision\":0,\"rules\":{\"personal_access_token\":{\"unused_days\":2}}}");

            authority.passes(Duration.ofDays(3));
            var ended = authority.installation.rules.sweep(authority.now());

            assertThat(ended).isPositive();
            assertThat(atDoor(authority, idle.text(), "127.0.0.1").status()).isEqualTo(401);
        }
    }
}
