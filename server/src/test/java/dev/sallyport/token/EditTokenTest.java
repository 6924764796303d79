package dev.sallyport.token;

import static dev.sallyport.token.TestTokens.NOON;
import static dev.sallyport.token.TestTokens.code;
import static dev.sallyport.token.TestTokens.json;
import static dev.sallyport.token.TestTokens.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.credential.CredentialStore;
import dev.sallyport.credential.Credentials;
import dev.sallyport.http.Problem;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.sql.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EditTokenTest {

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_new_name_leaves_the_rest_and_says_when(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var caller = test.caller(test.user(), "user_app_keys", "monitors_read");
            var id = test.issued(caller, "laptop", "monitors_read").path("id").stringValue();
            test.now = NOON.plusSeconds(1);

            var attributes = json(test.edit(caller, id, "{\"name\":\"Désktop\"}"))
                    .path("data")
                    .path("attributes");

            assertThat(attributes.path("name").stringValue()).isEqualTo("Désktop");
            assertThat(attributes.path("scopes").toString()).isEqualTo("[\"monitors_read\"]");
            assertThat(attributes.path("modified_at").stringValue()).isEqualTo("2026-11-23T12:00:01.000000Z");
            assertThat(attributes.path("expires_at").stringValue()).isEqualTo("2026-12-23T12:00:00.000000Z");
            assertThat(attributes.has("key")).isFalse();
            assertThat(json(test.list(caller, "filter", "DÉSK")).path("data")).hasSize(1);
            assertThat(test.trail()).containsExactly("TOKEN_ISSUED", "TOKEN_EDITED");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void new_scopes_reach_the_facts(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var caller = test.caller(test.user(), "user_app_keys", "monitors_read", "dashboards_read");
            var id = test.issued(caller, "laptop", "monitors_read").path("id").stringValue();

            test.edit(caller, id, "{\"scopes\":[\"monitors_read\",\"dashboards_read\"]}");

            var fact = test.database.reading(transaction -> new Credentials()
                    .fact(
                            transaction,
                            test.organization.id(),
                            CredentialId.parse(id).orElseThrow()));
            assertThat(fact.orElseThrow().scopes()).isEqualTo("dashboards_read monitors_read");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_caller_stays_within_its_scopes_before_and_after(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var alice = test.user();
            var wide = test.caller(alice, "user_app_keys", "monitors_read", "dashboards_read");
            var narrow = test.caller(alice, "user_app_keys", "monitors_read");
            var widely = test.issued(wide, "wide", "monitors_read", "dashboards_read")
                    .path("id")
                    .stringValue();
            var narrowly =
                    test.issued(narrow, "narrow", "monitors_read").path("id").stringValue();
            var self = narrow.credential().id().toString();

            assertThat(code(test.edit(narrow, widely, "{\"name\":\"x\"}"))).isEqualTo("scopes_not_held");
            assertThat(code(test.edit(narrow, widely, "{\"scopes\":[\"monitors_read\"]}")))
                    .isEqualTo("scopes_not_held");
            assertThat(code(test.edit(narrow, narrowly, "{\"scopes\":[\"dashboards_read\"]}")))
                    .isEqualTo("scopes_not_held");
            assertThat(code(test.edit(narrow, self, "{\"scopes\":[\"user_app_keys\",\"dashboards_read\"]}")))
                    .isEqualTo("scopes_not_held");
            assertThat(code(test.edit(narrow, self, "{\"scopes\":[\"user_app_keys\"]}")))
                    .isEqualTo("200");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_token_that_outlives_the_caller_is_left_alone(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var alice = test.user();
            var longest = test.caller(alice, "user_app_keys", "monitors_read");
            var same = test.caller(alice, NOON.plus(Duration.ofDays(30)), "user_app_keys", "monitors_read");
            var shorter = test.caller(
                    alice, NOON.plus(Duration.ofDays(30)).minusNanos(1_000), "user_app_keys", "monitors_read");
            var id = test.issued(longest, "laptop", "monitors_read").path("id").stringValue();

            assertThat(status(test.edit(shorter, id, "{\"name\":\"x\"}"))).isEqualTo(403);
            assertThat(code(test.edit(shorter, id, "{\"name\":\"x\"}"))).isEqualTo("outlives_caller");
            assertThat(code(test.edit(same, id, "{\"name\":\"x\"}"))).isEqualTo("200");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void the_body_must_name_what_the_path_names(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var caller = test.caller(test.user(), "user_app_keys", "monitors_read");
            var id = test.issued(caller, "laptop", "monitors_read").path("id").stringValue();
            var body = "{\"data\":{\"id\":\"" + id
                    + "\",\"type\":\"personal_access_tokens\",\"attributes\":{\"name\":\"x\"}}}";

            assertThat(code(test.patch(
                            caller, id, body.replace(id, CredentialId.random().toString()))))
                    .isEqualTo("wrong_id");
            assertThat(code(test.patch(caller, id, body.replace(id, "junk")))).isEqualTo("wrong_id");
            assertThat(code(test.patch(caller, id, body.replace("personal_access_tokens", "users"))))
                    .isEqualTo("wrong_type");
            assertThat(code(test.patch(caller, id, body.replace("\"id\"", "\"other\""))))
                    .isEqualTo("missing_member");
            assertThat(code(test.edit(caller, id, "{}"))).isEqualTo("nothing_to_change");
            assertThat(code(test.edit(caller, id, "{\"scopes\":[]}"))).isEqualTo("no_scopes");
            assertThat(code(test.edit(caller, id, "{\"scopes\":[\"nonsense\"]}")))
                    .isEqualTo("unknown_scopes");
            assertThat(code(test.edit(caller, id, "{\"name\":\" \"}"))).isEqualTo("invalid_name");
            assertThat(code(test.edit(caller, id, "{\"name\":\"x\",\"expires_at\":\"2026-11-24T00:00:00Z\"}")))
                    .isEqualTo("expiry_is_fixed");
            assertThat(code(test.patch(caller, "junk", body))).isEqualTo("not_found");
            assertThat(code(test.patch(caller, id, body))).isEqualTo("200");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void another_users_token_is_edited_only_for_the_organization(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var alice = test.caller(test.user(), "user_app_keys", "monitors_read");
            var reader = test.caller(test.user(), "user_app_keys", "org_app_keys_read", "monitors_read");
            var writer = test.caller(test.user(), "org_app_keys_write", "monitors_read");
            var stranger = test.caller(test.user(test.organization()), "org_app_keys_write", "monitors_read");
            var id = test.issued(alice, "laptop", "monitors_read").path("id").stringValue();

            assertThat(status(test.edit(reader, id, "{\"name\":\"x\"}"))).isEqualTo(404);
            assertThat(status(test.edit(stranger, id, "{\"name\":\"x\"}"))).isEqualTo(404);
            assertThat(status(test.edit(writer, id, "{\"name\":\"x\"}"))).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_caller_whose_own_credential_has_ended_meanwhile_edits_nothing(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var alice = test.user();
            var good = test.caller(alice, "user_app_keys", "monitors_read");
            var revoked = test.caller(alice, "user_app_keys", "monitors_read");
            var id = test.issued(good, "laptop", "monitors_read").path("id").stringValue();
            test.revoke(good, revoked.credential().id().toString());

            assertThat(code(test.edit(revoked, id, "{\"name\":\"x\"}"))).isEqualTo("no_longer_allowed");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_caller_that_was_narrowed_meanwhile_hands_out_what_is_left(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var alice = test.user();
            var good = test.caller(alice, "user_app_keys", "monitors_read", "dashboards_read");
            var narrowed = test.caller(alice, "user_app_keys", "monitors_read", "dashboards_read");
            var self = narrowed.credential().id().toString();
            var id = test.issued(good, "laptop", "monitors_read").path("id").stringValue();
            test.edit(good, self, "{\"scopes\":[\"user_app_keys\",\"monitors_read\"]}");

            assertThat(code(test.edit(narrowed, self, "{\"scopes\":[\"user_app_keys\",\"dashboards_read\"]}")))
                    .isEqualTo("no_longer_allowed");
            assertThat(code(test.edit(narrowed, id, "{\"scopes\":[\"dashboards_read\"]}")))
                    .isEqualTo("no_longer_allowed");
            assertThat(code(test.edit(narrowed, id, "{\"name\":\"x\"}"))).isEqualTo("200");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_plan_for_other_scopes_than_it_has_by_now_changes_nothing(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var caller = test.caller(test.user(), "user_app_keys", "monitors_read", "dashboards_read");
            var id = CredentialId.parse(test.issued(caller, "laptop", "monitors_read", "dashboards_read")
                            .path("id")
                            .stringValue())
                    .orElseThrow();
            var planned = test.database.reading(transaction -> new CredentialStore()
                    .find(transaction, test.organization.id(), id, Set.of(CredentialKind.PERSONAL_ACCESS_TOKEN))
                    .orElseThrow());
            test.edit(caller, id.toString(), "{\"scopes\":[\"monitors_read\"]}");

            var refused = test.tokens.rescope(caller, planned, List.of("dashboards_read"));

            assertThat(refused.map(Problem::code)).contains("scopes_changed");
            assertThat(test.trail()).containsExactly("TOKEN_ISSUED", "TOKEN_EDITED");
        }
    }
}
