package dev.sallyport.rule;

import static dev.sallyport.rule.TestRules.NOON;
import static dev.sallyport.rule.TestRules.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.identity.CredentialKind;
import dev.sallyport.sql.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class PreviewRulesTest {

    private static final String RULES = """
            {"service_access_token":{"creatable":false,"forbidden_scopes":["monitors_write"],"longest_life_days":7},
             "application_key":{"creatable":true,"unscoped":false,"unused_days":3}}
            """;

    private static List<String> counts(JsonNode answer) {
        return StreamSupport.stream(answer.path("broken").spliterator(), false)
                .map(finding -> finding.path("rule").stringValue() + " "
                        + finding.path("count").intValue())
                .toList();
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void every_broken_rule_is_counted_and_each_credential_ends_once(TestDatabase kind) {
        try (var test = TestRules.on(kind)) {
            var caller = test.administrator();
            var owner = test.user();
            test.keep(owner, CredentialKind.SERVICE_ACCESS_TOKEN, Optional.of(List.of("monitors_write")), null);
            test.keep(
                    owner,
                    CredentialKind.SERVICE_ACCESS_TOKEN,
                    Optional.of(List.of("monitors_read")),
                    NOON.plus(Duration.ofDays(7)));
            var used = test.keep(owner, CredentialKind.APPLICATION_KEY, Optional.of(List.of("monitors_read")), null);
            test.keep(owner, CredentialKind.APPLICATION_KEY, Optional.empty(), null);
            test.now = NOON.plus(Duration.ofDays(4));
            test.use(used, test.now);

            var answer = json(test.preview(caller, RULES));

            assertThat(counts(answer))
                    .containsExactly(
                            "service_access_token.creatable 2",
                            "service_access_token.longest_life_days 1",
                            "service_access_token.forbidden_scopes 1",
                            "application_key.unscoped 1",
                            "application_key.unused_days 1");
            assertThat(answer.path("would_end").intValue()).isEqualTo(3);
            assertThat(test.trail()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_sample_is_short_and_only_for_those_who_see_the_credentials_of_others(TestDatabase kind) {
        try (var test = TestRules.on(kind)) {
            var owner = test.user();
            for (var i = 0; i < Findings.SAMPLE + 1; i++) {
                test.keep(owner, CredentialKind.APPLICATION_KEY, Optional.empty(), null);
            }

            var seeing = json(test.preview(test.administrator(), "{}"));
            var blind = json(test.preview(test.caller(owner, "org_management"), "{}"));

            var finding = seeing.path("broken").path(0);
            assertThat(finding.path("count").intValue()).isEqualTo(Findings.SAMPLE + 1);
            assertThat(finding.path("sample").size()).isEqualTo(Findings.SAMPLE);
            assertThat(finding.path("sample").path(0).path("owner").stringValue())
                    .isEqualTo(owner.id().toString());
            assertThat(blind.path("broken").path(0).path("count").intValue()).isEqualTo(Findings.SAMPLE + 1);
            assertThat(blind.path("broken").path(0).path("sample").isEmpty()).isTrue();
        }
    }
}
