package dev.sallyport.token;

import static dev.sallyport.token.TestTokens.NOON;
import static dev.sallyport.token.TestTokens.code;
import static dev.sallyport.token.TestTokens.json;
import static dev.sallyport.token.TestTokens.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.credential.Credentials;
import dev.sallyport.http.Problem;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.secret.Pepper;
import dev.sallyport.secret.TokenText;
import dev.sallyport.sql.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IssueTokenTest {

    private static final Instant IN_A_MONTH = NOON.plus(Duration.ofDays(30));

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void the_answer_has_the_shape_of_the_contract(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var alice = test.user();
            var caller = test.caller(alice, "user_app_keys", "monitors_read");

            var response = test.issue(caller, "laptop", IN_A_MONTH, "monitors_read", "monitors_read");

            assertThat(status(response)).isEqualTo(201);
            var data = json(response).path("data");
            var attributes = data.path("attributes");
            assertThat(data.path("type").stringValue()).isEqualTo("personal_access_tokens");
            assertThat(attributes.propertyNames())
                    .containsExactlyInAnyOrder("created_at", "expires_at", "key", "name", "public_portion", "scopes");
            assertThat(attributes.path("created_at").stringValue()).isEqualTo("2026-11-23T12:00:00.000000Z");
            assertThat(attributes.path("expires_at").stringValue()).isEqualTo("2026-12-23T12:00:00.000000Z");
            assertThat(attributes.path("scopes").toString()).isEqualTo("[\"monitors_read\"]");
            assertThat(attributes.path("key").stringValue())
                    .matches("ddpat_[0-9A-Za-z]{22}_[0-9A-Za-z]{36}")
                    .startsWith(attributes.path("public_portion").stringValue() + "_");
            assertThat(data.path("relationships").toString())
                    .isEqualTo("{\"owned_by\":{\"data\":{\"id\":\"" + alice.id() + "\",\"type\":\"users\"}}}");
            assertThat(test.trail()).containsExactly("TOKEN_ISSUED");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void what_is_stored_recognises_the_token_and_names_its_maker(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var caller = test.caller(test.user(), "user_app_keys", "monitors_read");

            var data = test.issued(caller, "laptop", "monitors_read");

            var text = Objects.requireNonNull(
                    TokenText.recognise(data.path("attributes").path("key").stringValue()));
            var fact = test.database
                    .reading(transaction -> new Credentials()
                            .fact(
                                    transaction,
                                    test.organization.id(),
                                    CredentialId.parse(data.path("id").stringValue())
                                            .orElseThrow()))
                    .orElseThrow();
            assertThat(text.id()).isEqualTo(fact.id().value());
            assertThat(Pepper.equal(text.digest(TestTokens.PEPPER), fact.digest()))
                    .isTrue();
            assertThat(fact.mintedBy()).isEqualTo(caller.credential().id());
            assertThat(fact.owner()).isEqualTo(caller.principal().id());
            assertThat(fact.ownerEpoch()).isEqualTo(1);
            assertThat(fact.scopes()).isEqualTo("monitors_read");
            assertThat(fact.isRevoked()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void an_expiry_is_taken_from_a_day_to_a_year_ahead(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var caller = test.caller(test.user(), NOON.plus(Duration.ofDays(400)), "monitors_read");
            var shortest = NOON.plus(Duration.ofHours(24)).minus(Duration.ofMinutes(5));
            var longest = NOON.plus(Duration.ofDays(366));

            assertThat(code(test.issue(caller, "a", shortest, "monitors_read"))).isEqualTo("201");
            assertThat(code(test.issue(caller, "b", longest, "monitors_read"))).isEqualTo("201");
            assertThat(code(test.issue(caller, "c", shortest.minusNanos(1_000), "monitors_read")))
                    .isEqualTo("expiry_out_of_range");
            assertThat(test.issue(caller, "d", longest.plusNanos(1_000), "monitors_read"))
                    .isEqualTo(Problem.badRequest(
                            "expiry_out_of_range", "expires_at must be from 24 hours to 366 days ahead."));
            assertThat(code(test.issue(caller, "e", Instant.parse("9999-12-31T23:59:59Z"), "monitors_read")))
                    .isEqualTo("expiry_out_of_range");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_token_ends_no_later_than_the_credential_that_makes_it(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var caller = test.caller(test.user(), IN_A_MONTH, "monitors_read");

            assertThat(code(test.issue(caller, "same", IN_A_MONTH, "monitors_read")))
                    .isEqualTo("201");
            var later = test.issue(caller, "later", IN_A_MONTH.plusNanos(1_000), "monitors_read");
            assertThat(status(later)).isEqualTo(403);
            assertThat(code(later)).isEqualTo("outlives_caller");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_scope_outside_the_callers_authority_is_refused_by_name(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var caller = test.caller(test.user(), "user_app_keys", "monitors_read");

            var response = test.issue(caller, "laptop", IN_A_MONTH, "monitors_read", "user_access_manage");

            assertThat(response)
                    .isEqualTo(Problem.forbidden(
                            "scopes_not_held", "Your own credential does not reach these scopes: user_access_manage"));
            assertThat(test.trail()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_scope_that_no_token_of_the_organization_can_carry_is_unknown(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var notForTokens = TestTokens.PERMISSIONS.all().stream()
                    .filter(permission -> !permission.isTokenScope())
                    .findFirst()
                    .orElseThrow()
                    .name();
            var caller = test.caller(test.user(), "monitors_read", TestTokens.FOREIGN.name(), notForTokens);

            for (var scope : List.of("monitors_reed", "MONITORS_READ", notForTokens, TestTokens.FOREIGN.name())) {
                var response = test.issue(caller, "laptop", IN_A_MONTH, "monitors_read", scope);

                assertThat(response)
                        .isEqualTo(Problem.badRequest("unknown_scopes", "No token can carry these scopes: " + scope));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void what_a_client_sent_is_repeated_in_part_and_without_control_characters(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var caller = test.caller(test.user(), "monitors_read");
            var scopes = Collections.nCopies(15, "x").toArray(String[]::new);
            for (var i = 0; i < scopes.length; i++) {
                scopes[i] = "x" + i + "\n\u202e" + "y".repeat(500);
            }

            var response = (Problem) test.issue(caller, "laptop", IN_A_MONTH, scopes);

            assertThat(response.detail()).endsWith(" and 5 more").matches("[ -~]+");
            assertThat(response.detail().length()).isLessThan(1_200);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void scopes_are_at_least_one_and_not_too_many(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var caller = test.caller(test.user(), "monitors_read");

            assertThat(code(test.issue(caller, "none", IN_A_MONTH))).isEqualTo("no_scopes");
            assertThat(code(test.issue(caller, "most", IN_A_MONTH, repeated(1_000))))
                    .isEqualTo("201");
            assertThat(code(test.issue(caller, "more", IN_A_MONTH, repeated(1_001))))
                    .isEqualTo("too_many_scopes");
        }
    }

    private static String[] repeated(int times) {
        return Collections.nCopies(times, "monitors_read").toArray(String[]::new);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_body_that_is_not_of_the_shape_is_refused(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var caller = test.caller(test.user(), "monitors_read");
            var good = TestTokens.issueBody("laptop", IN_A_MONTH.toString(), "monitors_read");

            assertThat(code(test.post(caller, good))).isEqualTo("201");
            assertThat(code(test.post(caller, "{}"))).isEqualTo("missing_member");
            assertThat(code(test.post(caller, "{\"data\":{\"type\":\"personal_access_tokens\"}}")))
                    .isEqualTo("missing_member");
            for (var member : List.of("name", "scopes", "expires_at", "type")) {
                assertThat(code(test.post(caller, good.replace("\"" + member + "\"", "\"other\""))))
                        .as(member)
                        .isEqualTo("missing_member");
            }
            assertThat(code(test.post(caller, good.replace("\"personal_access_tokens\"", "\"users\""))))
                    .isEqualTo("wrong_type");
            assertThat(code(test.post(caller, good.replace("[\"monitors_read\"]", "[null]"))))
                    .isEqualTo("missing_member");
            assertThat(code(test.post(caller, good.replace("laptop", "  ")))).isEqualTo("invalid_name");
            assertThat(code(test.post(caller, good.replace("laptop", "a\\u0000b"))))
                    .isEqualTo("invalid_name");
            assertThat(code(test.post(caller, good.replace("2026-12-23T", "2026-12-23 "))))
                    .isEqualTo("invalid_expiry");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void one_token_more_than_the_limit_is_refused_until_one_is_revoked(TestDatabase kind) {
        var limits =
                new TokenLimits(Duration.ofHours(24), Duration.ZERO, Duration.ofDays(366), Duration.ofDays(365), 10, 3);
        try (var test = TestTokens.with(kind, limits)) {
            var caller = test.caller(test.user(), "monitors_read");
            test.issued(caller, "second", "monitors_read");
            var third = test.issued(caller, "third", "monitors_read");

            assertThat(code(test.issue(caller, "fourth", IN_A_MONTH, "monitors_read")))
                    .isEqualTo("too_many_tokens");
            test.revoke(caller, third.path("id").stringValue());
            assertThat(code(test.issue(caller, "fourth", IN_A_MONTH, "monitors_read")))
                    .isEqualTo("201");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_caller_who_has_lost_its_standing_meanwhile_issues_nothing(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var disabled = test.caller(test.user(), "monitors_read");
            test.disable(disabled.principal());
            var back = test.caller(test.user(), "monitors_read");
            test.disable(back.principal());
            test.enable(back.principal());
            var revoked = test.caller(test.user(), "monitors_read");
            test.revoke(revoked, revoked.credential().id().toString());
            var expired = test.caller(test.user(), NOON.plus(Duration.ofDays(60)), "monitors_read");
            var narrowed = test.caller(test.user(), "monitors_read", "dashboards_read");
            test.edit(narrowed, narrowed.credential().id().toString(), "{\"scopes\":[\"dashboards_read\"]}");

            assertThat(code(test.issue(disabled, "x", IN_A_MONTH, "monitors_read")))
                    .isEqualTo("no_longer_allowed");
            assertThat(code(test.issue(back, "x", IN_A_MONTH, "monitors_read"))).isEqualTo("no_longer_allowed");
            assertThat(code(test.issue(revoked, "x", IN_A_MONTH, "monitors_read")))
                    .isEqualTo("no_longer_allowed");
            assertThat(code(test.issue(narrowed, "x", IN_A_MONTH, "monitors_read")))
                    .isEqualTo("no_longer_allowed");
            test.now = NOON.plus(Duration.ofDays(60));
            assertThat(code(test.issue(expired, "x", test.now.plus(Duration.ofDays(2)), "monitors_read")))
                    .isEqualTo("outlives_caller");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void no_chain_of_issuing_ever_adds_authority_or_time(TestDatabase kind) {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        var names = TestTokens.PERMISSIONS.all().stream()
                .filter(permission -> permission.isTokenScope() && !permission.equals(TestTokens.FOREIGN))
                .map(permission -> permission.name())
                .toList();
        try (var test = TestTokens.on(kind)) {
            var alice = test.user();
            for (var round = 0; round < 60; round++) {
                var end = NOON.plus(Duration.ofHours(24 + random.nextInt(400)));
                var caller = test.caller(alice, end, some(names, random));
                var asked = NOON.plus(Duration.ofHours(24 + random.nextInt(400)));
                var scopes = random.nextBoolean()
                        ? some(TestTokens.PERMISSIONS.namesOf(caller.authority()), random)
                        : some(names, random);

                var response = test.issue(caller, "round", asked, scopes);

                var isAllowed = caller.authority().includes(TestTokens.PERMISSIONS.authorityOf(List.of(scopes)))
                        && !asked.isAfter(end);
                assertThat(status(response))
                        .as("seed " + seed + " round " + round)
                        .isEqualTo(isAllowed ? 201 : 403);
            }
        }
    }

    private static String[] some(List<String> names, Random random) {
        var shuffled = new ArrayList<>(names);
        Collections.shuffle(shuffled, random);
        return shuffled.subList(0, 1 + random.nextInt(Math.min(12, shuffled.size())))
                .toArray(String[]::new);
    }
}
