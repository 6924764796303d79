package dev.sallyport.token;

import static dev.sallyport.token.TestTokens.code;
import static dev.sallyport.token.TestTokens.json;
import static dev.sallyport.token.TestTokens.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.credential.Credentials;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.sql.TestDatabase;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RevokeTokenTest {

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_revoked_token_is_gone_and_revoking_it_again_changes_nothing(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var caller = test.caller(test.user(), "user_app_keys", "monitors_read");
            var id = test.issued(caller, "laptop", "monitors_read").path("id").stringValue();

            assertThat(status(test.revoke(caller, id))).isEqualTo(204);
            assertThat(status(test.revoke(caller, id))).isEqualTo(204);

            assertThat(status(test.read(caller, id))).isEqualTo(404);
            assertThat(status(test.edit(caller, id, "{\"name\":\"new\"}"))).isEqualTo(404);
            assertThat(json(test.list(caller, "filter", "laptop")).path("data")).isEmpty();
            assertThat(test.trail()).containsExactly("TOKEN_ISSUED", "TOKEN_REVOKED");
            var fact = test.database.reading(transaction -> new Credentials()
                    .fact(
                            transaction,
                            test.organization.id(),
                            CredentialId.parse(id).orElseThrow()));
            assertThat(fact.orElseThrow().isRevoked()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void every_acknowledged_revocation_moves_the_feed(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var caller = test.caller(test.user(), "user_app_keys", "monitors_read");
            var id = test.issued(caller, "laptop", "monitors_read").path("id").stringValue();
            test.revoke(caller, id);
            var before = test.feed.revision();

            test.revoke(caller, id);

            assertThat(test.feed.revision()).isGreaterThan(before);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void what_is_out_of_sight_looks_like_what_never_was(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var alice = test.caller(test.user(), "user_app_keys", "monitors_read");
            var bob = test.caller(test.user(), "user_app_keys", "org_app_keys_read", "monitors_read");
            var stranger = test.caller(test.user(test.organization()), "org_app_keys_write", "monitors_read");
            var id = test.issued(alice, "laptop", "monitors_read").path("id").stringValue();

            var never = test.revoke(alice, CredentialId.random().toString());

            assertThat(status(never)).isEqualTo(404);
            assertThat(test.revoke(bob, id)).isEqualTo(never);
            assertThat(test.revoke(stranger, id)).isEqualTo(never);
            for (var junk : List.of("1-1-1-1-1", "", "x".repeat(36), id + "0")) {
                assertThat(test.revoke(alice, junk)).isEqualTo(never);
            }
            assertThat(status(test.read(alice, id))).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whoever_writes_for_the_organization_revokes_anybodys_and_a_caller_its_own(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var alice = test.caller(test.user(), "user_app_keys", "monitors_read");
            var security = test.caller(test.user(), "org_app_keys_write");
            var id = test.issued(alice, "laptop", "monitors_read").path("id").stringValue();

            assertThat(code(test.revoke(security, id))).isEqualTo("204");
            assertThat(code(test.revoke(alice, alice.credential().id().toString())))
                    .isEqualTo("204");
            assertThat(test.live(alice.principal())).isZero();
        }
    }
}
