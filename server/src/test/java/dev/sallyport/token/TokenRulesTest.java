package dev.sallyport.token;

import static dev.sallyport.token.TestTokens.NOON;
import static dev.sallyport.token.TestTokens.code;
import static dev.sallyport.token.TestTokens.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.sql.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tokens are held to the rules of their organization. */
class TokenRulesTest {

    private static final String UNTIMED = """
            {"data":{"type":"personal_access_tokens","attributes":{"name":"ci","scopes":["monitors_read"]}}}
            """;

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_token_that_the_rules_do_not_allow_is_not_issued(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var caller = test.caller(test.user(), "user_app_keys", "monitors_read", "monitors_write");
            test.rule(
                    "{\"personal_access_token\":{\"longest_life_days\":7,\"forbidden_scopes\":[\"monitors_write\"]}}");

            assertThat(code(test.issue(caller, "ci", NOON.plus(Duration.ofDays(8)), "monitors_read")))
                    .isEqualTo("life_too_long");
            assertThat(code(test.issue(caller, "ci", NOON.plus(Duration.ofDays(7)), "monitors_write")))
                    .isEqualTo("scopes_forbidden");
            assertThat(test.trail()).isEmpty();
            assertThat(code(test.issue(caller, "ci", NOON.plus(Duration.ofDays(7)), "monitors_read")))
                    .isEqualTo("201");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void an_edit_does_not_bring_in_what_is_forbidden(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var caller = test.caller(test.user(), "user_app_keys", "monitors_read", "monitors_write");
            var id = test.issued(caller, "ci", "monitors_read").path("id").stringValue();
            test.rule("{\"personal_access_token\":{\"forbidden_scopes\":[\"monitors_write\"]}}");

            assertThat(code(test.edit(caller, id, "{\"scopes\":[\"monitors_read\",\"monitors_write\"]}")))
                    .isEqualTo("scopes_forbidden");
            assertThat(code(test.edit(caller, id, "{\"name\":\"build\",\"scopes\":[\"monitors_read\"]}")))
                    .isEqualTo("200");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_token_whose_end_nobody_names_has_that_of_the_rules(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var caller = test.caller(test.user(), "user_app_keys", "monitors_read");

            assertThat(code(test.post(caller, UNTIMED))).isEqualTo("missing_member");
            test.rule("{\"personal_access_token\":{\"default_life_days\":7}}");
            var issued = json(test.post(caller, UNTIMED));

            assertThat(issued.path("data").path("attributes").path("expires_at").stringValue())
                    .isEqualTo("2026-11-30T12:00:00.000000Z");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void the_way_in_is_open_whatever_the_rules_say(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var administrator = test.administrator();
            test.rule("{\"personal_access_token\":{\"creatable\":false}}");
            var actor = dev.sallyport.audit.Actor.operator(test.organization.id());

            var code = test.tokens
                    .createSetupLink(actor, test.organization.id(), administrator.id())
                    .orElseThrow()
                    .code()
                    .reveal();

            assertThat(test.tokens.redeem(code, dev.sallyport.identity.Origin.MACHINE))
                    .isInstanceOf(Redemption.Redeemed.class);
        }
    }
}
