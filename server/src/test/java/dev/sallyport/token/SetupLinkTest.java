package dev.sallyport.token;

import static dev.sallyport.token.TestTokens.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.audit.Actor;
import dev.sallyport.identity.Origin;
import dev.sallyport.identity.Principal;
import dev.sallyport.secret.OneTimeCode;
import dev.sallyport.sql.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SetupLinkTest {

    private static final Origin BROWSER = new Origin("192.0.2.7", "");

    private static SetupLink link(TestTokens test, Principal administrator) {
        return test.tokens
                .createSetupLink(Actor.operator(test.organization.id()), test.organization.id(), administrator.id())
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_code_gives_a_token_of_every_scope_once(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var administrator = test.administrator();
            var link = link(test, administrator);

            var redemption = test.tokens.redeem(link.code().reveal(), BROWSER);

            assertThat(redemption).isInstanceOf(Redemption.Redeemed.class);
            var redeemed = (Redemption.Redeemed) redemption;
            assertThat(link.code().reveal()).startsWith("ddsetup_");
            assertThat(link.expiresAt()).isEqualTo(NOON.plus(Duration.ofHours(1)));
            assertThat(redeemed.secret().reveal()).startsWith("ddpat_");
            assertThat(redeemed.token().owner()).isEqualTo(administrator.id());
            assertThat(redeemed.token().name()).isEqualTo("setup");
            assertThat(redeemed.token().mintedBy()).isEqualTo(link.id());
            assertThat(redeemed.token().expiresAt()).isEqualTo(NOON.plus(Duration.ofDays(90)));
            assertThat(redeemed.token().scopeNames()).hasSize(321).doesNotContain(TestTokens.FOREIGN.name());
            assertThat(test.tokens.redeem(link.code().reveal(), BROWSER)).isEqualTo(new Redemption.Refused());
            assertThat(test.trail()).containsExactly("SETUP_LINK_CREATED", "SETUP_LINK_REDEEMED", "TOKEN_ISSUED");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void wrong_replaced_and_expired_codes_are_refused_alike(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var administrator = test.administrator();
            var replaced = link(test, administrator).code().reveal();
            var current = link(test, administrator).code().reveal();
            var refused = new Redemption.Refused();

            assertThat(test.tokens.redeem("", BROWSER)).isEqualTo(refused);
            assertThat(test.tokens.redeem("ddsetup_junk", BROWSER)).isEqualTo(refused);
            assertThat(test.tokens.redeem(replaced, BROWSER)).isEqualTo(refused);
            test.now = NOON.plus(Duration.ofHours(1));
            assertThat(test.tokens.redeem(current, BROWSER)).isEqualTo(refused);
            test.now = test.now.minusNanos(1_000);
            assertThat(test.tokens.redeem(current, BROWSER)).isInstanceOf(Redemption.Redeemed.class);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_right_id_with_a_wrong_secret_is_refused_and_leaves_the_link_open(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var link = link(test, test.administrator());
            var forged = new OneTimeCode(TestTokens.PEPPER, "ddsetup", new java.security.SecureRandom())
                    .mint(link.id().value());

            assertThat(test.tokens.redeem(forged.reveal(), BROWSER)).isEqualTo(new Redemption.Refused());
            assertThat(test.tokens.redeem(link.code().reveal(), BROWSER)).isInstanceOf(Redemption.Redeemed.class);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_link_from_before_its_user_was_disabled_never_works_again(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var administrator = test.administrator();
            var code = link(test, administrator).code().reveal();

            test.disable(administrator);
            assertThat(test.tokens.redeem(code, BROWSER)).isEqualTo(new Redemption.Refused());
            test.enable(administrator);
            assertThat(test.tokens.redeem(code, BROWSER)).isEqualTo(new Redemption.Refused());
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void links_are_for_administrators_of_the_same_organization(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var administrator = test.administrator();
            var operator = Actor.operator(test.organization.id());
            var elsewhere = test.organization();

            assertThat(test.tokens.createSetupLink(
                            operator, test.organization.id(), test.user().id()))
                    .isEmpty();
            assertThat(test.tokens.createSetupLink(operator, elsewhere.id(), administrator.id()))
                    .isEmpty();
            var code = link(test, administrator).code().reveal();
            test.write(
                    "DELETE FROM role_member WHERE principal_id = ?",
                    administrator.id().value());
            assertThat(test.tokens.redeem(code, BROWSER)).isEqualTo(new Redemption.Refused());
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void an_organization_is_unclaimed_until_its_administrator_has_got_in(TestDatabase kind) {
        try (var test = TestTokens.alone(kind)) {
            assertThat(test.database.reading(test.tokens::unclaimed)).isEmpty();
            var administrator = test.administrator();
            var code = link(test, administrator).code().reveal();

            var unclaimed = test.database.reading(test.tokens::unclaimed).orElseThrow();

            assertThat(unclaimed).isEqualTo(new UnclaimedOrganization(test.organization, administrator));
            test.tokens.redeem(code, BROWSER);
            assertThat(test.database.reading(test.tokens::unclaimed)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void it_is_unclaimed_again_when_the_last_token_of_its_administrators_has_ended(TestDatabase kind) {
        try (var test = TestTokens.alone(kind)) {
            var administrator = test.administrator();
            test.tokens.redeem(link(test, administrator).code().reveal(), BROWSER);

            test.write(
                    "UPDATE credential SET expires_at = 0 WHERE owner_id = ?",
                    administrator.id().value());

            assertThat(test.database.reading(test.tokens::unclaimed))
                    .contains(new UnclaimedOrganization(test.organization, administrator));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void the_first_token_can_be_part_of_a_bigger_change(TestDatabase kind) {
        try (var test = TestTokens.alone(kind)) {
            var administrator = test.administrator();
            var scopes = TestTokens.PERMISSIONS.matching(permission -> permission.isTokenScope());
            var operator = Actor.operator(test.organization.id());

            var issued = test.database.inTransaction(transaction ->
                    test.tokens.issueFirst(transaction, test.organization, administrator, scopes, operator));

            assertThat(issued.token().mintedBy()).isNull();
            assertThat(issued.token().scopeNames()).hasSize(scopes.size());
            assertThat(test.live(administrator)).isEqualTo(1);
            assertThat(test.database.reading(test.tokens::unclaimed)).isEmpty();
            test.disable(administrator);
            assertThatThrownBy(() -> test.database.inTransaction(transaction ->
                            test.tokens.issueFirst(transaction, test.organization, administrator, scopes, operator)))
                    .hasMessage("the user is not active");
        }
    }
}
