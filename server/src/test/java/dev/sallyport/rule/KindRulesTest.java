package dev.sallyport.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.identity.CredentialKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KindRulesTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private static KindRules living(@Nullable Integer longest, @Nullable Integer standard) {
        return new KindRules(true, longest, standard, List.of(), List.of(), true, null);
    }

    private static KindRules forbidding(String... scopes) {
        return new KindRules(true, null, null, List.of(), List.of(scopes), true, null);
    }

    @Test
    void a_life_is_as_long_as_the_rule_says_with_room_for_a_clock_that_is_ahead() {
        var rules = living(30, null);
        var longest = NOON.plus(Duration.ofDays(30)).plus(KindRules.CLOCK_TOLERANCE);

        assertThat(rules.isOutlivedBy(NOON, longest)).isFalse();
        assertThat(rules.isOutlivedBy(NOON, longest.plusNanos(1_000))).isTrue();
        assertThat(rules.isOutlivedBy(NOON, null)).isTrue();
        assertThat(living(null, null).isOutlivedBy(NOON, null)).isFalse();
    }

    @Test
    void what_may_be_without_end_gets_the_longest_life_where_no_other_is_given() {
        var month = NOON.plus(Duration.ofDays(30));
        var week = NOON.plus(Duration.ofDays(7));

        assertThat(living(30, null).defaultEnd(CredentialKind.APPLICATION_KEY, NOON))
                .contains(month);
        assertThat(living(30, 7).defaultEnd(CredentialKind.SERVICE_ACCESS_TOKEN, NOON))
                .contains(week);
        assertThat(living(null, null).defaultEnd(CredentialKind.API_KEY, NOON)).isEmpty();
    }

    @Test
    void a_personal_access_token_gets_an_end_only_where_a_default_was_set() {
        assertThat(living(30, null).defaultEnd(CredentialKind.PERSONAL_ACCESS_TOKEN, NOON))
                .isEmpty();
        assertThat(living(30, 7).defaultEnd(CredentialKind.PERSONAL_ACCESS_TOKEN, NOON))
                .contains(NOON.plus(Duration.ofDays(7)));
    }

    @Test
    void what_is_not_narrowed_carries_everything_that_is_forbidden() {
        var rules = forbidding("user_access_manage", "billing_edit");

        assertThat(rules.forbiddenOf(Optional.empty())).containsExactly("user_access_manage", "billing_edit");
        assertThat(rules.forbiddenOf(Optional.of(List.of("billing_edit", "monitors_read"))))
                .containsExactly("billing_edit");
        assertThat(rules.forbiddenOf(Optional.of(List.of("monitors_read")))).isEmpty();
    }

    @Test
    void whoever_may_import_apis_carries_their_permissions_too() {
        assertThat(forbidding("orders:refund").forbiddenOf(Optional.of(List.of("org_management"))))
                .containsExactly("orders:refund");
    }
}
