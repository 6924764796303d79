package dev.sallyport.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.identity.Caller;
import dev.sallyport.identity.Credential;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.identity.Organization;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.Origin;
import dev.sallyport.identity.Principal;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.permission.Authority;
import dev.sallyport.permission.Permissions;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScopeCheckTest {

    private final Permissions permissions = Permissions.shipped();
    private final Organization acme = new Organization(OrganizationId.random(), "Acme", Instant.EPOCH);
    private final Principal alice = Principal.user(acme.id(), "alice@acme.example", "Alice", Instant.EPOCH);
    private final ScopeCheck check = new ScopeCheck(permissions, (_, _) -> true, _ -> Optional.of(Authority.NONE), 100);

    private Caller caller(Authority authority) {
        var key = new Credential(CredentialId.random(), CredentialKind.APPLICATION_KEY, "key", authority, null, null);
        return new Caller(acme, alice, key, authority, Origin.MACHINE);
    }

    /** The account holds nothing today; whoever gives it a role tomorrow does not know of the key. */
    @Test
    void only_who_holds_everything_makes_an_unscoped_key_of_somebody_else() {
        var some = caller(Authority.of(permissions.require("service_account_write")));
        var all = caller(permissions.matching(_ -> true));

        assertThat(check.check(some, PrincipalId.random(), Optional.empty()))
                .isInstanceOf(ScopeCheck.Checked.Failed.class);
        assertThat(check.check(all, PrincipalId.random(), Optional.empty()))
                .isInstanceOf(ScopeCheck.Checked.Passed.class);
        assertThat(check.check(some, alice.id(), Optional.empty())).isInstanceOf(ScopeCheck.Checked.Passed.class);
    }
}
