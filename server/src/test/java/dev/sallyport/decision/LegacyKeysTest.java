package dev.sallyport.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.http.Reply.Header;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.Credential;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.identity.Organization;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.Origin;
import dev.sallyport.identity.Principal;
import dev.sallyport.permission.Authority;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LegacyKeysTest {

    private static final Instant SINCE = Instant.parse("2026-06-30T00:00:00Z");
    private static final Instant END = Instant.parse("2027-01-01T00:00:00Z");

    private static Caller caller(CredentialKind kind) {
        var organization = new Organization(OrganizationId.random(), "Acme", SINCE);
        var credential = new Credential(CredentialId.random(), kind, "it", Authority.NONE, null, null);
        return new Caller(
                organization, Principal.of(organization), credential, Authority.NONE, new Origin("192.0.2.1", ""));
    }

    @Test
    void an_application_key_is_told_both_days_in_the_forms_of_their_standards() {
        var legacyKeys = new LegacyKeys(Optional.of(SINCE), Optional.of(END));

        assertThat(legacyKeys.headersFor(caller(CredentialKind.APPLICATION_KEY)))
                .containsExactly(
                        new Header("Deprecation", "@1782777600"),
                        new Header("Sunset", "Fri, 01 Jan 2027 00:00:00 GMT"));
    }

    @Test
    void what_nobody_has_said_is_not_told() {
        assertThat(new LegacyKeys(Optional.empty(), Optional.empty())
                        .headersFor(caller(CredentialKind.APPLICATION_KEY)))
                .isEmpty();
    }

    @Test
    void no_other_credential_is_told() {
        var legacyKeys = new LegacyKeys(Optional.of(SINCE), Optional.of(END));

        for (var kind : CredentialKind.values()) {
            assertThat(legacyKeys.headersFor(caller(kind)).isEmpty())
                    .as(kind.code())
                    .isEqualTo(kind != CredentialKind.APPLICATION_KEY);
        }
    }

    @Test
    void a_sunset_before_the_deprecation_is_a_defect() {
        assertThatThrownBy(() -> new LegacyKeys(Optional.of(END), Optional.of(SINCE)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
