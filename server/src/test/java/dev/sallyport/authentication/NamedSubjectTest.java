package dev.sallyport.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.authentication.Authentication.Accepted;
import dev.sallyport.authentication.Authentication.Cause;
import dev.sallyport.authentication.Authentication.Ended;
import dev.sallyport.authentication.Authentication.Place;
import dev.sallyport.authentication.Authentication.Rejected;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.Organization;
import dev.sallyport.identity.Origin;
import dev.sallyport.identity.Principal;
import dev.sallyport.permission.Authority;
import dev.sallyport.permission.ManagedRole;
import dev.sallyport.permission.Permissions;
import dev.sallyport.sql.Micros;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is known of whoever is named by somebody else. */
class NamedSubjectTest {

    private static final Authentication UNKNOWN = new Rejected(Cause.UNKNOWN_SUBJECT, Carrier.TOKEN, null);

    private final Permissions permissions = Permissions.shipped();
    private final TestReplica test = new TestReplica(permissions);
    private final Organization acme = test.organization("Acme");
    private final Organization globex = test.organization("Globex");
    private final Principal alice = test.user(acme, Set.of(ManagedRole.STANDARD));
    private final Authority scopes = permissions.authorityOf(List.of("monitors_read", "org_management"));

    private Authentication named(Organization organization, Named subject) {
        return test.authenticator.named(
                organization.id(), subject, new Origin("203.0.113.9", ""), Micros.of(TestReplica.NOON));
    }

    private static Named user(String text) {
        return new Named.OfPrincipal(Principal.Kind.USER, text);
    }

    @Test
    void a_user_may_do_what_it_holds_now() {
        var byId = (Accepted) named(acme, user(alice.id().toString()));
        var byAddress = (Accepted) named(acme, user(alice.email().toUpperCase(Locale.ROOT)));

        assertThat(byId.caller().principal()).isEqualTo(alice);
        assertThat(byId.caller().authority()).isEqualTo(byId.held());
        assertThat(byId.held().holds(permissions.require("monitors_write"))).isTrue();
        assertThat(byId.held().holds(permissions.require("org_management"))).isFalse();
        assertThat(byAddress.caller()).isEqualTo(byId.caller());
    }

    @Test
    void a_credential_may_do_what_its_owner_holds_within_its_scopes() {
        var token = test.token(alice, scopes);

        var accepted =
                (Accepted) named(acme, new Named.OfCredential(token.facts().id()));

        assertThat(accepted.caller().authority()).isEqualTo(permissions.authorityOf(List.of("monitors_read")));
        assertThat(accepted.caller().credential().id()).isEqualTo(token.facts().id());
    }

    @Test
    void whoever_is_of_another_organization_is_unknown_like_whoever_does_not_exist() {
        var token = test.token(alice, scopes);

        assertThat(named(globex, user(alice.id().toString()))).isEqualTo(UNKNOWN);
        assertThat(named(globex, user(alice.email()))).isEqualTo(UNKNOWN);
        assertThat(named(globex, new Named.OfCredential(token.facts().id()))).isEqualTo(UNKNOWN);
        assertThat(named(acme, new Named.OfCredential(CredentialId.random()))).isEqualTo(UNKNOWN);
        assertThat(named(acme, user("nobody@example.com"))).isEqualTo(UNKNOWN);
        assertThat(named(acme, new Named.Nobody())).isEqualTo(UNKNOWN);
    }

    @Test
    void a_principal_of_one_kind_is_not_found_as_another() {
        var id = alice.id().toString();

        assertThat(named(acme, new Named.OfPrincipal(Principal.Kind.SERVICE_ACCOUNT, id)))
                .isEqualTo(UNKNOWN);
        // The organization itself, as whom API keys call.
        assertThat(named(acme, user(acme.id().value().toString()))).isEqualTo(UNKNOWN);
    }

    @Test
    void what_has_ended_is_known_as_ended() {
        var token = test.token(alice, scopes);
        test.revoke(token);

        assertThat(((Ended) named(acme, new Named.OfCredential(token.facts().id()))).cause())
                .isEqualTo(Cause.REVOKED);

        test.disable(alice);

        assertThat(((Ended) named(acme, user(alice.email()))).cause()).isEqualTo(Cause.OWNER_DISABLED);
    }

    @Test
    void a_user_is_found_by_the_present_address_alone() {
        var renamed = new Principal(
                alice.id(),
                alice.organization(),
                alice.kind(),
                "alice-2@example.com",
                alice.name(),
                alice.title(),
                alice.state(),
                alice.epoch(),
                alice.owner(),
                alice.createdAt(),
                alice.modifiedAt());
        test.become(renamed, Set.of(ManagedRole.STANDARD));

        assertThat(named(acme, user("alice-2@example.com"))).isInstanceOf(Accepted.class);
        assertThat(named(acme, user(alice.email()))).isEqualTo(UNKNOWN);
    }

    @Test
    void an_address_goes_over_to_whoever_has_it_after_somebody_was_removed() {
        test.become(TestReplica.in(alice, Principal.State.REMOVED, 1), Set.of());
        var next = Principal.user(acme.id(), alice.email(), "Alice the second", TestReplica.NOON);
        test.become(next, Set.of(ManagedRole.READ_ONLY));

        assertThat(((Accepted) named(acme, user(alice.email()))).caller().principal())
                .isEqualTo(next);
    }

    @Test
    void a_fence_of_the_organization_holds_for_the_named_too() {
        test.addresses(acme, List.of("198.51.100.0/24"));

        assertThat(((Accepted) named(acme, user(alice.email()))).place()).isEqualTo(Place.BEYOND_ORGANIZATION);
    }
}
