package dev.sallyport.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.authentication.Authentication.Accepted;
import dev.sallyport.authentication.Authentication.Cause;
import dev.sallyport.authentication.Authentication.Ended;
import dev.sallyport.authentication.Authentication.Rejected;
import dev.sallyport.http.TestExchange;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.Principal;
import dev.sallyport.permission.Authority;
import dev.sallyport.permission.ManagedRole;
import dev.sallyport.permission.Permissions;
import dev.sallyport.secret.TokenText;
import dev.sallyport.sql.Micros;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AuthenticatorTest {

    private final Permissions permissions = Permissions.shipped();
    private final TestReplica test = new TestReplica(permissions);
    private final Principal alice = test.user(test.organization("Acme"), Set.of(ManagedRole.READ_ONLY));
    private final Authority scopes = permissions.authorityOf(List.of("monitors_read", "org_management"));

    @Test
    void a_live_token_is_accepted_with_what_its_owner_holds_narrowed_to_its_scopes() {
        var accepted = (Accepted) test.authenticate(test.token(alice, scopes));

        assertThat(accepted.caller().principal()).isEqualTo(alice);
        assertThat(accepted.caller().authority()).isEqualTo(permissions.authorityOf(List.of("monitors_read")));
        assertThat(accepted.held().holds(permissions.require("monitors_read"))).isTrue();
        assertThat(accepted.held().holds(permissions.require("org_management"))).isFalse();
        assertThat(accepted.caller().credential().scopes()).isEqualTo(scopes);
    }

    @Test
    void every_way_to_be_refused_has_its_cause_and_names_the_credential() {
        var right = test.token(alice, scopes);
        var revoked = test.token(alice, scopes);
        test.revoke(revoked);
        var unknown = UUID.randomUUID();

        assertThat(test.authenticate(TestReplica.forged(unknown), TestReplica.NOON))
                .isEqualTo(new Rejected(Cause.UNKNOWN_CREDENTIAL, Carrier.TOKEN, new CredentialId(unknown)));
        assertThat(test.authenticate(TestReplica.forged(right.facts().id().value()), TestReplica.NOON))
                .isEqualTo(new Rejected(
                        Cause.WRONG_SECRET, Carrier.TOKEN, right.facts().id()));
        assertEnded(test.authenticate(revoked), Cause.REVOKED, revoked.facts().id());
        assertEnded(
                test.authenticate(right.secret().reveal(), TestReplica.NOON.plus(Duration.ofHours(1))),
                Cause.EXPIRED,
                right.facts().id());
        assertThat(test.authenticate("junk", TestReplica.NOON))
                .isEqualTo(new Rejected(Cause.UNRECOGNISED_CREDENTIAL, Carrier.TOKEN, null));
    }

    private static void assertEnded(Authentication authentication, Cause cause, CredentialId credential) {
        assertThat(authentication).isInstanceOfSatisfying(Ended.class, ended -> {
            assertThat(ended.cause()).isEqualTo(cause);
            assertThat(ended.caller().credential().id()).isEqualTo(credential);
        });
    }

    @Test
    void a_token_lives_until_the_very_microsecond_of_its_end() {
        var token = test.token(alice, scopes);
        var end = TestReplica.NOON.plus(Duration.ofHours(1));

        assertThat(test.authenticate(token.secret().reveal(), end.minusNanos(1_000)))
                .isInstanceOf(Accepted.class);
        assertThat(test.authenticate(token.secret().reveal(), end)).isInstanceOf(Ended.class);
    }

    @Test
    void what_a_disabled_owner_had_ends_and_does_not_come_back() {
        var bob = test.user(test.organization("Acme"), Set.of(ManagedRole.ADMIN));
        var token = test.token(bob, scopes);
        test.disable(bob);
        var whileDisabled = test.authenticate(token);
        var enabled = TestReplica.in(bob, Principal.State.ACTIVE, 2);
        test.become(enabled, Set.of(ManagedRole.ADMIN));

        assertEnded(whileDisabled, Cause.OWNER_DISABLED, token.facts().id());
        assertEnded(
                test.authenticate(token), Cause.OWNER_DISABLED, token.facts().id());
        assertThat(test.authenticate(test.token(enabled, scopes))).isInstanceOf(Accepted.class);
    }

    @Test
    void a_token_of_another_brand_or_kind_is_not_recognised() {
        var id = test.token(alice, scopes).facts().id().value();

        for (var prefix : List.of("xxpat", "xxsat", "pat", "ddpatx")) {
            var text = TokenText.mint(prefix, id, new SecureRandom()).reveal();
            assertThat(test.authenticate(text, TestReplica.NOON))
                    .isEqualTo(new Rejected(Cause.UNRECOGNISED_CREDENTIAL, Carrier.TOKEN, null));
        }
    }

    /** Whether an id exists must not be told by how much work it makes. */
    @Test
    void an_unknown_id_costs_the_digest_that_a_wrong_secret_costs() {
        var digests = new AtomicInteger();
        var counting = new Authenticator(
                test.replica,
                test.permissions,
                TestReplica.PEPPER,
                text -> {
                    digests.incrementAndGet();
                    return text.digest(TestReplica.PEPPER);
                },
                "dd");
        var token = test.token(alice, scopes);

        for (var text : List.of(
                TestReplica.forged(UUID.randomUUID()),
                TestReplica.forged(token.facts().id().value()),
                token.secret().reveal())) {
            digests.set(0);
            counting.authenticate(new TestExchange().with("DD-APPLICATION-KEY", text), "", Micros.of(TestReplica.NOON));
            assertThat(digests).hasValue(1);
        }
        digests.set(0);
        counting.authenticate(new TestExchange().with("DD-APPLICATION-KEY", "junk"), "", Micros.of(TestReplica.NOON));
        assertThat(digests).as("junk ends at its checksum").hasValue(0);
    }

    @Test
    void the_authority_of_a_call_is_within_what_is_held_and_within_the_scopes() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var all = permissions.all();
        for (var i = 0; i < 300; i++) {
            var roles = Arrays.stream(ManagedRole.values())
                    .filter(_ -> random.nextBoolean())
                    .collect(Collectors.toSet());
            var wanted = Authority.of(
                    all.stream().filter(_ -> random.nextInt(4) == 0).toList());

            var accepted =
                    (Accepted) test.authenticate(test.token(test.user(test.organization("O" + i), roles), wanted));

            assertThat(accepted.held().includes(accepted.caller().authority()))
                    .as("seed " + seed)
                    .isTrue();
            assertThat(wanted.includes(accepted.caller().authority()))
                    .as("seed " + seed)
                    .isTrue();
        }
    }
}
