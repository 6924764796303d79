package dev.sallyport.rule;

import static dev.sallyport.rule.TestRules.code;
import static dev.sallyport.rule.TestRules.json;
import static dev.sallyport.rule.TestRules.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.sql.TestDatabase;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SetAddressesTest {

    private static final String ELSEWHERE = "[\"198.51.100.0/24\"]";

    private static CredentialId token(TestRules test, dev.sallyport.identity.Principal owner, String... scopes) {
        return test.keep(
                owner,
                CredentialKind.PERSONAL_ACCESS_TOKEN,
                Optional.of(List.of(scopes)),
                TestRules.NOON.plusSeconds(86_400));
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void ranges_are_kept_in_their_canonical_form(TestDatabase kind) {
        try (var test = TestRules.on(kind)) {
            var alice = test.user();
            var token = token(test, alice, "monitors_read");

            var response = test.setAddresses(
                    test.caller(alice, "user_app_keys"),
                    token,
                    "[\"198.51.100.7/24\",\"2001:db8::1\",\"198.51.100.0/24\"]");

            assertThat(json(response).path("addresses").toString())
                    .isEqualTo("[\"198.51.100.0/24\",\"2001:db8:0:0:0:0:0:1/128\"]");
            assertThat(test.trail()).containsExactly("CREDENTIAL_ADDRESSES_SET");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_credential_out_of_reach_is_not_found(TestDatabase kind) {
        try (var test = TestRules.on(kind);
                var other = TestRules.on(kind)) {
            var alice = test.user();
            var token = token(test, alice, "monitors_read");

            assertThat(status(test.setAddresses(test.caller(test.user(), "user_app_keys"), token, ELSEWHERE)))
                    .isEqualTo(404);
            assertThat(status(test.setAddresses(test.caller(alice, "service_account_write"), token, ELSEWHERE)))
                    .isEqualTo(404);
            assertThat(status(other.setAddresses(other.caller(other.user(), "org_app_keys_write"), token, ELSEWHERE)))
                    .isEqualTo(404);
            assertThat(status(test.setAddresses(test.caller(test.user(), "org_app_keys_write"), token, ELSEWHERE)))
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whoever_can_do_less_binds_a_credential_but_does_not_free_it(TestDatabase kind) {
        try (var test = TestRules.on(kind)) {
            var alice = test.user();
            var token = token(test, alice, "monitors_write");
            var weak = test.caller(alice, "user_app_keys");
            var strong = test.caller(alice, "user_app_keys", "monitors_write");

            assertThat(code(test.setAddresses(weak, token, ELSEWHERE))).isEqualTo("200");
            assertThat(code(test.setAddresses(weak, token, "[]"))).isEqualTo("beyond_caller");
            assertThat(code(test.setAddresses(strong, token, "[]"))).isEqualTo("200");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void nobody_locks_out_the_credential_that_they_come_with(TestDatabase kind) {
        try (var test = TestRules.on(kind)) {
            var caller = test.caller(test.user(), "user_app_keys");

            assertThat(code(test.setAddresses(caller, caller.credential().id(), ELSEWHERE)))
                    .isEqualTo("locks_caller_out");
            assertThat(code(test.setAddresses(caller, caller.credential().id(), "[\"192.0.2.1\"]")))
                    .isEqualTo("200");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void there_are_at_most_fifty_ranges(TestDatabase kind) {
        try (var test = TestRules.on(kind)) {
            var alice = test.user();
            var caller = test.caller(alice, "user_app_keys");
            var token = token(test, alice, "monitors_read");

            var many = "[" + String.join(",", Collections.nCopies(51, "\"192.0.2.1\"")) + "]";

            assertThat(code(test.setAddresses(caller, token, many))).isEqualTo("invalid_member");
            assertThat(code(test.setAddresses(caller, token, "null"))).isEqualTo("missing_member");
        }
    }
}
