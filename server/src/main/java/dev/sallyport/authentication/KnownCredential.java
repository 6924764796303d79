package dev.sallyport.authentication;

import dev.sallyport.http.AddressRanges;
import dev.sallyport.identity.Credential;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.permission.Authority;
import dev.sallyport.secret.Digest;
import dev.sallyport.sql.Micros;
import org.jspecify.annotations.Nullable;

/** One credential as the replica knows it at one moment: what two readers saw is equal only if nothing changed between them. */
public final class KnownCredential {

    private final byte[] row;
    private final Owner owner;
    private final @Nullable Authority scopes;
    private final AddressRanges addresses;

    /**
     * What a credential hangs on, beside its public facts.
     *
     * @param isScoped false where whatever its owner holds it may do; then the scopes of the facts mean nothing
     */
    record Binding(
            Digest digest, Owner owner, int ownerEpoch, boolean isScoped, AddressRanges addresses, boolean isRevoked) {}

    KnownCredential(byte[] row, Owner owner, @Nullable Authority scopes, AddressRanges addresses) {
        this.row = row;
        this.owner = owner;
        this.scopes = scopes;
        this.addresses = addresses;
    }

    Digest digest() {
        return CredentialRow.digest(row);
    }

    Owner owner() {
        return owner;
    }

    CredentialKind kind() {
        return CredentialRow.kind(row);
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

    /** The same narrowed to other scopes. */
    KnownCredential with(Authority others) {
        return new KnownCredential(row, owner, others, addresses);
    }

    AddressRanges addresses() {
        return addresses;
    }

    int ownerEpoch() {
        return CredentialRow.ownerEpoch(row);
    }

    boolean isRevoked() {
        return CredentialRow.isRevoked(row);
    }

    boolean isExpiredAt(long nowMicros) {
        return nowMicros >= CredentialRow.expiresAtMicros(row);
    }

    CredentialId id() {
        return new CredentialId(CredentialRow.id(row));
    }

    /** @param carried what it is narrowed to at this moment */
    Credential toCredential(Authority carried) {
        var end = CredentialRow.expiresAtMicros(row);
        var minter = CredentialRow.mintedBy(row);
        return new Credential(
                id(),
                kind(),
                CredentialRow.name(row),
                carried,
                end == Long.MAX_VALUE ? null : Micros.toInstant(end),
                minter == null ? null : new CredentialId(minter));
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // Each change makes a new row: the same row is the same state.
    public boolean equals(Object other) {
        return other instanceof KnownCredential that && row == that.row;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(
                CredentialRow.word(row, CredentialRow.ID) ^ CredentialRow.word(row, CredentialRow.ID + Long.BYTES));
    }
}
