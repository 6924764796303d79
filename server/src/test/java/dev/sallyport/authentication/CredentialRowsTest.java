package dev.sallyport.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.http.AddressRanges;
import dev.sallyport.identity.Credential;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.permission.Authority;
import dev.sallyport.permission.Permissions;
import dev.sallyport.secret.Digest;
import dev.sallyport.secret.Pepper;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CredentialRowsTest {

    /** More than are left standing. */
    private static final int MANY = 25_000;

    private final Permissions permissions = Permissions.shipped();
    private final Replica replica = new Replica(permissions);
    private final Owner owner =
            replica.owner(new PrincipalId(OrganizationId.random().value()));

    private Credential puts(
            CredentialId id, CredentialKind kind, @Nullable Authority scopes, String range, int digest, boolean ended) {
        var bytes = new byte[Pepper.DIGEST_BYTES];
        bytes[0] = (byte) digest;
        var facts = new Credential(id, kind, "laptop", scopes == null ? Authority.NONE : scopes, null, null);
        var ranges = range.isEmpty() ? AddressRanges.ANYWHERE : AddressRanges.ofStored(List.of(range));
        replica.put(facts, new KnownCredential.Binding(Digest.of(bytes), owner, 3, scopes != null, ranges, ended));
        return facts;
    }

    private static String range(int i) {
        return "10." + (i >> 16) + "." + (i >> 8 & 0xFF) + "." + (i & 0xFF) + "/32";
    }

    private KnownCredential known(Credential facts) {
        return Objects.requireNonNull(replica.credential(facts.id().value()));
    }

    @Test
    void what_a_credential_was_bound_to_once_is_forgotten() {
        var scopes = permissions.authorityOf(List.of("monitors_read"));
        var token = CredentialKind.PERSONAL_ACCESS_TOKEN;
        var ended = puts(CredentialId.random(), token, scopes, "", 1, true);
        var whole = puts(CredentialId.random(), CredentialKind.APPLICATION_KEY, null, range(7), 2, false);
        var busy = CredentialId.random();
        for (var i = 0; i < MANY; i++) {
            puts(busy, token, scopes, range(i), 3, false);
        }
        var facts = puts(busy, token, permissions.authorityOf(List.of("monitors_write")), range(MANY), 3, false);
        var before = replica.credentials();

        replica.tidy();

        var shared = replica.credentials().shared();
        assertThat(shared.addresses()).hasSize(3);
        assertThat(shared.scopes()).hasSize(2);
        assertThat(known(facts).addresses().toStored()).containsExactly(range(MANY));
        assertThat(known(facts).scopes()).isEqualTo(facts.scopes());
        assertThat(known(facts).owner()).isSameAs(owner);
        assertThat(known(ended).isRevoked()).isTrue();
        assertThat(known(whole).isScoped()).isFalse();
        var key = Objects.requireNonNull(replica.key(known(whole).digest()));
        assertThat(key).isEqualTo(known(whole));
        assertThat(key.addresses().toStored()).containsExactly(range(7));
        var late = Objects.requireNonNull(before.ofId(facts.id().value()));
        assertThat(late.addresses().toStored())
                .as("whoever began to read before")
                .containsExactly(range(MANY));
    }

    @Test
    void what_credentials_have_now_is_never_tidied_away_again_and_again() {
        var token = CredentialKind.PERSONAL_ACCESS_TOKEN;
        for (var i = 0; i < MANY; i++) {
            puts(CredentialId.random(), token, Authority.NONE, range(i), 1, false);
        }
        replica.tidy();
        var tidied = replica.credentials();

        replica.tidy();

        assertThat(replica.credentials()).isSameAs(tidied);
        assertThat(tidied.shared().addresses()).hasSize(MANY);
    }
}
