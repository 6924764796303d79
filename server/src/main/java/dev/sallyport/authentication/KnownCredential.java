package dev.sallyport.authentication;

import dev.sallyport.http.AddressRanges;
import dev.sallyport.identity.Credential;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.permission.Authority;
import dev.sallyport.secret.Digest;
import dev.sallyport.sql.Micros;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the replica keeps of one credential. Millions of these stay in memory, so ids are pairs of longs and the name is bytes;
 * {@link #toCredential} gives the facts in their usual form for one call.
 */
public final class KnownCredential {

    private static final long NEVER = Long.MAX_VALUE;

    private final long idHigh;
    private final long idLow;
    private final long mintedByHigh;
    private final long mintedByLow;
    private final long expiresAtMicros;
    private final Digest digest;
    private final Owner owner;
    private final @Nullable Authority scopes;
    private final AddressRanges addresses;
    private final byte[] name;
    private final CredentialKind kind;
    private final int ownerEpoch;
    private final boolean isRevoked;

    /**
     * What a credential hangs on, beside its public facts.
     *
     * @param isScoped false where whatever its owner holds it may do; then the scopes of the facts mean nothing
     */
    record Binding(
            Digest digest, Owner owner, int ownerEpoch, boolean isScoped, AddressRanges addresses, boolean isRevoked) {}

    KnownCredential(Credential facts, Binding binding) {
        this.idHigh = facts.id().value().getMostSignificantBits();
        this.idLow = facts.id().value().getLeastSignificantBits();
        var mintedBy = facts.mintedBy();
        this.mintedByHigh = mintedBy == null ? 0 : mintedBy.value().getMostSignificantBits();
        this.mintedByLow = mintedBy == null ? 0 : mintedBy.value().getLeastSignificantBits();
        var expiresAt = facts.expiresAt();
        this.expiresAtMicros = expiresAt == null ? NEVER : Micros.of(expiresAt);
        this.digest = binding.digest();
        this.owner = binding.owner();
        this.scopes = binding.isScoped() ? facts.scopes() : null;
        this.addresses = binding.addresses();
        this.name = facts.name().getBytes(StandardCharsets.UTF_8);
        this.kind = facts.kind();
        this.ownerEpoch = binding.ownerEpoch();
        this.isRevoked = binding.isRevoked();
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

    CredentialKind kind() {
        return kind;
    }

    /** Null where it is not narrowed. */
    @Nullable
    Authority scopes() {
        return scopes;
    }

    /** Whether it may do only some of what its owner may do. */
    public boolean isScoped() {
        return scopes != null;
    }

    AddressRanges addresses() {
        return addresses;
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

    /** @param carried what it is narrowed to at this moment */
    Credential toCredential(Authority carried) {
        return new Credential(
                id(),
                kind,
                new String(name, StandardCharsets.UTF_8),
                carried,
                expiresAtMicros == NEVER ? null : Micros.toInstant(expiresAtMicros),
                mintedBy());
    }

    private @Nullable CredentialId mintedBy() {
        return mintedByHigh == 0 && mintedByLow == 0 ? null : new CredentialId(new UUID(mintedByHigh, mintedByLow));
    }
}
