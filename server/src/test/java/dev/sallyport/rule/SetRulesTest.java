package dev.sallyport.rule;

import static dev.sallyport.rule.TestRules.NOON;
import static dev.sallyport.rule.TestRules.code;
import static dev.sallyport.rule.TestRules.json;
import static dev.sallyport.rule.TestRules.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.http.Problem;
import dev.sallyport.http.Reply;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.sql.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SetRulesTest {

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void what_was_read_can_be_changed_and_sent_back(TestDatabase kind) {
        try (var test = TestRules.on(kind)) {
            var caller = test.administrator();
            var read = json(test.read(caller)).toString();

            var changed = read.replaceFirst("\"longest_life_days\":null", "\"longest_life_days\":30");
            var response = test.put(caller, changed);

            assertThat(changed).isNotEqualTo(read).contains("\"revision\":0");
            assertThat(status(response)).isEqualTo(200);
            var after = json(test.read(caller));
            assertThat(after.path("revision").intValue()).isEqualTo(1);
            assertThat(after.path("rules")
                            .path("personal_access_token")
                            .path("longest_life_days")
                            .intValue())
                    .isEqualTo(30);
            assertThat(after.path("rules")
                            .path("service_access_token")
                            .path("longest_life_days")
                            .isNull())
                    .isTrue();
            assertThat(after.path("rules")
                            .path("application_key")
                            .path("creatable")
                            .booleanValue())
                    .isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void the_trail_says_what_changed(TestDatabase kind) {
        try (var test = TestRules.on(kind)) {
            var caller = test.administrator();

            test.set(caller, 0, "{\"addresses\":[\"192.0.2.1\"],\"api_key\":{\"unused_days\":9}}");
            test.set(caller, 1, "{\"addresses\":[\"192.0.2.0/24\"],\"api_key\":{\"unused_days\":9}}");

            assertThat(test.trail()).containsExactly("CREDENTIAL_RULES_SET", "CREDENTIAL_RULES_SET");
            assertThat(test.lastDetails().toString())
                    .isEqualTo("{\"addresses\":\"192.0.2.0/24\",\"addresses_before\":\"192.0.2.1/32\","
                            + "\"revision\":\"2\"}");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whoever_has_not_read_the_last_revision_overwrites_nothing(TestDatabase kind) {
        try (var test = TestRules.on(kind)) {
            var caller = test.administrator();
            test.set(caller, 0, "{\"api_key\":{\"unused_days\":9}}");

            assertThat(status(test.set(caller, 0, "{}"))).isEqualTo(409);
            assertThat(status(test.put(caller, "{\"rules\":{}}", "\"0\""))).isEqualTo(412);
            assertThat(status(test.put(caller, "{\"rules\":{}}"))).isEqualTo(428);
            assertThat(code(test.put(caller, "{\"revision\":0,\"rules\":{}}", "\"1\"")))
                    .isEqualTo("invalid_condition");
            assertThat(code(test.put(caller, "{\"rules\":{}}", "*"))).isEqualTo("invalid_condition");
            var read = test.read(caller);
            assertThat(json(read)
                            .path("rules")
                            .path("api_key")
                            .path("unused_days")
                            .intValue())
                    .isEqualTo(9);
            assertThat(((Reply) read).headers()).contains(new Reply.Header("ETag", "\"1\""));
            assertThat(status(test.put(caller, "{\"rules\":{}}", "\"1\""))).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void values_that_mean_nothing_are_refused_by_name(TestDatabase kind) {
        try (var test = TestRules.on(kind)) {
            var caller = test.administrator();

            assertThat(List.of(
                            "{\"personal_access_token\":{\"longest_life_days\":0}}",
                            "{\"personal_access_token\":{\"longest_life_days\":366}}",
                            "{\"api_key\":{\"longest_life_days\":3651}}",
                            "{\"api_key\":{\"longest_life_days\":7,\"default_life_days\":8}}",
                            "{\"api_key\":{\"unused_days\":0}}",
                            "{\"api_key\":{\"forbidden_scopes\":[\"monitors_read\"]}}",
                            "{\"service_access_token\":{\"unscoped\":false}}",
                            "{\"application_key\":{\"creators\":[\"administrators\"]}}",
                            "{\"application_key\":{\"forbidden_scopes\":[\" \"]}}",
                            "{\"application_key\":{\"forbidden_scopes\":[null]}}",
                            "{\"addresses\":[\"localhost\"]}",
                            "{\"addresses\":[\"\"]}"))
                    .allSatisfy(rules -> assertThat(code(test.set(caller, 0, rules)))
                            .as(rules)
                            .isEqualTo("invalid_member"));
            assertThat(test.trail()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void names_that_nobody_knows_are_refused_unless_they_were_there_before(TestDatabase kind) {
        try (var test = TestRules.on(kind)) {
            var caller = test.administrator();
            var role = test.role();
            var rules = "{\"service_access_token\":{\"creators\":[\"" + role + "\"]}}";

            assertThat(code(test.set(caller, 0, "{\"application_key\":{\"forbidden_scopes\":[\"fly\"]}}")))
                    .isEqualTo("unknown_scopes");
            assertThat(code(test.set(
                            caller,
                            0,
                            "{\"application_key\":{\"forbidden_scopes\":[\"" + TestRules.FOREIGN.name() + "\"]}}")))
                    .isEqualTo("unknown_scopes");
            assertThat(code(test.set(
                            caller, 0, "{\"service_access_token\":{\"creators\":[\"" + UUID.randomUUID() + "\"]}}")))
                    .isEqualTo("unknown_roles");
            assertThat(code(test.set(caller, 0, rules))).isEqualTo("200");
            test.write("DELETE FROM role WHERE id = ?", role);
            assertThat(code(test.set(caller, 1, rules))).isEqualTo("200");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void nobody_locks_themselves_out(TestDatabase kind) {
        try (var test = TestRules.on(kind)) {
            var caller = test.administrator();

            assertThat(code(test.set(caller, 0, "{\"addresses\":[\"198.51.100.0/24\"]}")))
                    .isEqualTo("locks_caller_out");
            assertThat(code(test.set(caller, 0, "{\"addresses\":[\"198.51.100.0/24\",\"192.0.2.1\"]}")))
                    .isEqualTo("200");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void who_was_revoked_since_being_let_in_sets_nothing(TestDatabase kind) {
        try (var test = TestRules.on(kind)) {
            var caller = test.administrator();
            test.write(
                    "UPDATE credential SET revoked_at = 1 WHERE id = ?",
                    caller.credential().id().value());

            var response = test.set(caller, 0, "{}");

            assertThat(response)
                    .isEqualTo(Problem.forbidden(
                            "no_longer_allowed", "The credential of this request has ended or was narrowed."));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void what_breaks_a_chosen_rule_ends_if_it_is_as_many_as_expected(TestDatabase kind) {
        try (var test = TestRules.on(kind)) {
            var caller = test.administrator();
            var owner = test.user();
            var scopes = Optional.of(List.of("monitors_read"));
            var endless = test.keep(owner, CredentialKind.SERVICE_ACCESS_TOKEN, scopes, null);
            var longLived =
                    test.keep(owner, CredentialKind.SERVICE_ACCESS_TOKEN, scopes, NOON.plus(Duration.ofDays(31)));
            var short_ = test.keep(owner, CredentialKind.SERVICE_ACCESS_TOKEN, scopes, NOON.plus(Duration.ofDays(30)));
            var key = test.keep(owner, CredentialKind.APPLICATION_KEY, Optional.empty(), null);
            var body = """
                    {"revision":0,"rules":{"service_access_token":{"longest_life_days":30}},
                     "apply_to_existing":["service_access_token.longest_life_days"],"expect":%d}
                    """;

            var surprised = test.put(caller, body.formatted(1));
            assertThat(code(surprised)).isEqualTo("not_as_expected");
            assertThat(test.isLive(endless)).isTrue();

            var done = test.put(caller, body.formatted(2));

            assertThat(json(done).path("ended").intValue()).isEqualTo(2);
            assertThat(List.of(endless, longLived)).noneMatch(test::isLive);
            // Application keys break a rule as well, but nobody chose to apply that one.
            assertThat(List.of(short_, key, caller.credential().id())).allMatch(test::isLive);
            assertThat(test.trail())
                    .containsExactly("CREDENTIAL_RULES_SET", "CREDENTIAL_REVOKED", "CREDENTIAL_REVOKED");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void nobody_ends_the_credential_that_they_come_with(TestDatabase kind) {
        try (var test = TestRules.on(kind)) {
            var caller = test.administrator();

            var response = test.put(caller, """
                    {"revision":0,"rules":{"personal_access_token":{"creatable":false}},
                     "apply_to_existing":["personal_access_token.creatable"],"expect":1}
                    """);

            assertThat(code(response)).isEqualTo("ends_caller");
            assertThat(json(test.read(caller)).path("revision").intValue()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void organizations_have_rules_of_their_own(TestDatabase kind) {
        try (var test = TestRules.on(kind);
                var other = TestRules.on(kind)) {
            test.set(test.administrator(), 0, "{\"addresses\":[\"192.0.2.1\"]}");

            var seen = json(other.read(other.administrator()));

            assertThat(seen.path("rules").path("addresses").isEmpty()).isTrue();
            assertThat(seen.path("revision").intValue()).isZero();
        }
    }
}
