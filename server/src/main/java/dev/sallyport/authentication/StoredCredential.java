package dev.sallyport.authentication;

import dev.sallyport.identity.Credential;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.permission.Authority;
import dev.sallyport.secret.Digest;
import dev.sallyport.sql.Micros;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the replica keeps of one credential. Millions of these stay in memory, so ids are pairs of longs and the name is bytes;
 * {@link #toCredential} gives the facts in their usual form for one call.
 */
public final class StoredCredential {

    private final long idHigh;
    private final long idLow;
    private final long mintedByHigh;
    private final long mintedByLow;
    private final long expiresAtMicros;
    private final Digest digest;
    private final Owner owner;
    private final Authority scopes;
    private final byte[] name;
    private final int ownerEpoch;
    private final boolean isRevoked;

    StoredCredential(Credential facts, Digest digest, Owner owner, int ownerEpoch, boolean isRevoked) {
        this.idHigh = facts.id().value().getMostSignificantBits();
        this.idLow = facts.id().value().getLeastSignificantBits();
        var mintedBy = facts.mintedBy();
        this.mintedByHigh = mintedBy == null ? 0 : mintedBy.value().getMostSignificantBits();
        this.mintedByLow = mintedBy == null ? 0 : mintedBy.value().getLeastSignificantBits();
        this.expiresAtMicros = Micros.of(facts.expiresAt());
        this.digest = digest;
        this.owner = owner;
        this.scopes = facts.scopes();
        this.name = facts.name().getBytes(StandardCharsets.UTF_8);
        this.ownerEpoch = ownerEpoch;
        this.isRevoked = isRevoked;
    }

    long idHigh() {
        return idHigh;
    }

    long idLow() {
        return idLow;
    }

    Digest digest() {
        return digest;
    }

    Owner owner() {
        return owner;
    }

    Authority scopes() {
        return scopes;
    }

    int ownerEpoch() {
        return ownerEpoch;
    }

    boolean isRevoked() {
        return isRevoked;
    }

    boolean isExpiredAt(long nowMicros) {
        return nowMicros >= expiresAtMicros;
    }

    CredentialId id() {
        return new CredentialId(new UUID(idHigh, idLow));
    }

    Credential toCredential() {
        return new Credential(
                id(),
                CredentialKind.PERSONAL_ACCESS_TOKEN,
                new String(name, StandardCharsets.UTF_8),
                scopes,
                expiresAt(),
                mintedBy());
    }

    private Instant expiresAt() {
        return Micros.toInstant(expiresAtMicros);
    }

    private @Nullable CredentialId mintedBy() {
        return mintedByHigh == 0 && mintedByLow == 0 ? null : new CredentialId(new UUID(mintedByHigh, mintedByLow));
    }
}
