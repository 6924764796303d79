package dev.sallyport.rule;

import static dev.sallyport.rule.TestRules.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.audit.Actor;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.sql.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CreationTest {

    private static NewCredential service(@Nullable Instant end) {
        return new NewCredential(
                CredentialKind.SERVICE_ACCESS_TOKEN, Optional.of(List.of("monitors_read", "monitors_write")), end);
    }

    private static NewCredential applicationKey(Optional<List<String>> scopes) {
        return new NewCredential(CredentialKind.APPLICATION_KEY, scopes, null);
    }

    private static String code(Ruling ruling) {
        return switch (ruling) {
            case Ruling.Allowed _ -> "allowed";
            case Ruling.Broken(var code, var _) -> code;
        };
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void an_application_key_is_not_created_until_the_rules_allow_it(TestDatabase kind) {
        try (var test = TestRules.on(kind)) {
            var caller = test.administrator();

            assertThat(code(test.create(caller, applicationKey(Optional.empty()))))
                    .isEqualTo("kind_not_creatable");
            test.set(caller, 0, "{\"application_key\":{\"creatable\":true}}");
            assertThat(code(test.create(caller, applicationKey(Optional.empty()))))
                    .isEqualTo("allowed");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void an_organization_may_be_founded_with_application_keys(TestDatabase kind) {
        try (var test = TestRules.on(kind)) {
            test.database.inTransaction(transaction -> {
                test.rules.allow(transaction, test.organization.id(), CredentialKind.APPLICATION_KEY, NOON);
                return 0;
            });

            assertThat(code(test.create(test.administrator(), applicationKey(Optional.empty()))))
                    .isEqualTo("allowed");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_life_that_is_too_long_is_refused_and_one_that_nobody_named_is_given(TestDatabase kind) {
        try (var test = TestRules.on(kind)) {
            var caller = test.administrator();
            test.set(caller, 0, "{\"service_access_token\":{\"longest_life_days\":30,\"default_life_days\":7}}");

            assertThat(code(test.create(caller, service(NOON.plus(Duration.ofDays(31))))))
                    .isEqualTo("life_too_long");
            assertThat(test.create(caller, service(NOON.plus(Duration.ofDays(30)))))
                    .isEqualTo(new Ruling.Allowed(NOON.plus(Duration.ofDays(30))));
            assertThat(test.create(caller, service(null))).isEqualTo(new Ruling.Allowed(NOON.plus(Duration.ofDays(7))));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void what_the_rules_give_ends_with_the_credential_that_asks(TestDatabase kind) {
        try (var test = TestRules.on(kind)) {
            test.set(test.administrator(), 0, "{\"service_access_token\":{\"default_life_days\":7}}");
            var end = NOON.plus(Duration.ofDays(2));
            var caller = test.caller(test.user(), CredentialKind.PERSONAL_ACCESS_TOKEN, end, "service_account_write");

            assertThat(test.create(caller, service(null))).isEqualTo(new Ruling.Allowed(end));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void only_holders_of_a_named_role_create(TestDatabase kind) {
        try (var test = TestRules.on(kind)) {
            var role = test.role();
            var alice = test.user();
            test.grant(role, alice);
            test.set(test.administrator(), 0, "{\"service_access_token\":{\"creators\":[\"" + role + "\"]}}");

            assertThat(code(test.create(test.caller(alice, "service_account_write"), service(null))))
                    .isEqualTo("allowed");
            assertThat(code(test.create(test.caller(test.user(), "service_account_write"), service(null))))
                    .isEqualTo("creator_not_allowed");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_forbidden_scope_is_refused_named_or_implied(TestDatabase kind) {
        try (var test = TestRules.on(kind)) {
            var caller = test.administrator();
            test.set(caller, 0, """
                    {"service_access_token":{"forbidden_scopes":["monitors_write"]},
                     "application_key":{"creatable":true,"forbidden_scopes":["monitors_write"]}}
                    """);

            assertThat(test.create(caller, service(null)))
                    .isEqualTo(new Ruling.Broken(
                            "scopes_forbidden",
                            "Your organization does not allow these scopes on a service access token: monitors_write"));
            assertThat(code(test.create(caller, applicationKey(Optional.of(List.of("monitors_read"))))))
                    .isEqualTo("allowed");
            assertThat(code(test.create(caller, applicationKey(Optional.empty()))))
                    .isEqualTo("unscoped_not_allowed");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void an_edit_adds_nothing_that_is_forbidden_and_may_keep_what_was_there(TestDatabase kind) {
        try (var test = TestRules.on(kind)) {
            test.set(test.administrator(), 0, """
                    {"application_key":{"creatable":true,"forbidden_scopes":["monitors_write"]}}
                    """);
            var free = Optional.of(List.of("monitors_read"));
            var bound = Optional.of(List.of("monitors_read", "monitors_write"));

            assertThat(edit(test, free, bound)).contains("scopes_forbidden");
            assertThat(edit(test, free, Optional.empty())).contains("unscoped_not_allowed");
            assertThat(edit(test, bound, bound)).isEmpty();
            assertThat(edit(test, bound, free)).isEmpty();
            assertThat(edit(test, Optional.empty(), bound)).isEmpty();
        }
    }

    private static Optional<String> edit(TestRules test, Optional<List<String>> before, Optional<List<String>> after) {
        return test.database
                .inTransaction(transaction -> test.rules.admitScopes(
                        transaction, test.organization.id(), CredentialKind.APPLICATION_KEY, before, after, NOON))
                .map(Ruling.Broken::code);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void the_operator_holds_no_role_and_is_asked_for_none(TestDatabase kind) {
        try (var test = TestRules.on(kind)) {
            test.set(test.administrator(), 0, "{\"service_access_token\":{\"creators\":[\"" + test.role() + "\"]}}");

            var ruling = test.database.inTransaction(transaction ->
                    test.rules.admit(transaction, Actor.operator(test.organization.id()), service(null), NOON));

            assertThat(code(ruling)).isEqualTo("allowed");
        }
    }
}
