package dev.sallyport.rule;

import static dev.sallyport.rule.TestRules.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.identity.CredentialKind;
import dev.sallyport.sql.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnusedSweepTest {

    private static final Instant IN_THREE_DAYS = NOON.plus(Duration.ofDays(3));

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void what_was_not_used_for_so_many_days_ends(TestDatabase kind) {
        try (var test = TestRules.on(kind)) {
            test.set(test.administrator(), 0, "{\"service_access_token\":{\"unused_days\":3}}");
            var owner = test.user();
            var scopes = Optional.of(List.of("monitors_read"));
            var never = test.keep(owner, CredentialKind.SERVICE_ACCESS_TOKEN, scopes, null);
            var long_ago = test.keep(owner, CredentialKind.SERVICE_ACCESS_TOKEN, scopes, null);
            var lately = test.keep(owner, CredentialKind.SERVICE_ACCESS_TOKEN, scopes, null);
            var other = test.keep(owner, CredentialKind.APPLICATION_KEY, Optional.empty(), null);
            test.use(long_ago, NOON.plusSeconds(10));
            test.use(lately, NOON.plus(Duration.ofDays(1)));

            assertThat(test.rules.sweep(IN_THREE_DAYS)).isZero();
            assertThat(test.rules.sweep(IN_THREE_DAYS.plusSeconds(5))).isEqualTo(1);
            assertThat(List.of(long_ago, lately, other)).allMatch(test::isLive);
            assertThat(test.rules.sweep(IN_THREE_DAYS.plusSeconds(15))).isEqualTo(1);

            assertThat(List.of(never, long_ago)).noneMatch(test::isLive);
            assertThat(List.of(lately, other)).allMatch(test::isLive);
            assertThat(test.lastDetails().path("why").stringValue()).isEqualTo("unused");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void more_than_one_portion_ends_in_one_sweep(TestDatabase kind) {
        try (var test = TestRules.on(kind)) {
            test.set(test.administrator(), 0, "{\"api_key\":{\"unused_days\":1}}");
            for (var i = 0; i < Endings.PORTION + 1; i++) {
                test.keep(null, CredentialKind.API_KEY, Optional.empty(), null);
            }

            assertThat(test.rules.sweep(IN_THREE_DAYS)).isEqualTo(Endings.PORTION + 1);
            assertThat(test.rules.sweep(IN_THREE_DAYS)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void without_the_rule_nothing_ends(TestDatabase kind) {
        try (var test = TestRules.on(kind)) {
            var administrator = test.administrator();
            var key = test.keep(null, CredentialKind.API_KEY, Optional.empty(), null);
            test.set(administrator, 0, "{\"api_key\":{\"unused_days\":1}}");
            test.set(administrator, 1, "{}");

            test.rules.sweep(NOON.plus(Duration.ofDays(3_000)));

            assertThat(test.isLive(key)).isTrue();
        }
    }
}
