package dev.sallyport.credential;

import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.sql.Row;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the replica knows of one credential: enough to recognise it and to say whom it stands for, nothing that can be shown. */
public final class CredentialFact {

    private final CredentialId id;
    private final OrganizationId organization;
    private final @Nullable PrincipalId owner;
    private final CredentialKind kind;
    private final int ownerEpoch;
    private final String name;
    private final @Nullable String scopes;
    private final String addresses;
    private final byte[] digest;
    private final @Nullable Instant expiresAt;
    private final @Nullable CredentialId mintedBy;
    private final boolean isRevoked;

    CredentialFact(Row row) {
        id = new CredentialId(row.uuid("id"));
        organization = new OrganizationId(row.uuid("organization_id"));
        owner = row.optionalUuid("owner_id").map(PrincipalId::new).orElse(null);
        kind = CredentialStore.kind(row);
        ownerEpoch = row.integer("owner_epoch");
        name = row.text("name");
        scopes = row.optionalText("scopes").orElse(null);
        addresses = row.optionalText("addresses").orElse("");
        digest = row.bytes("digest");
        expiresAt = row.optionalInstant("expires_at").orElse(null);
        mintedBy = row.optionalUuid("minted_by").map(CredentialId::new).orElse(null);
        isRevoked = row.optionalNumber("revoked_at").isPresent();
    }

    public CredentialId id() {
        return id;
    }

    public OrganizationId organization() {
        return organization;
    }

    /** Null for an API key. */
    public @Nullable PrincipalId owner() {
        return owner;
    }

    public CredentialKind kind() {
        return kind;
    }

    /** It is live only while this equals its owner's epoch. */
    public int ownerEpoch() {
        return ownerEpoch;
    }

    public String name() {
        return name;
    }

    /** Names as they are stored: sorted, a blank between; null where it is not narrowed. Very many share one text. */
    public @Nullable String scopes() {
        return scopes;
    }

    /** The CIDR ranges that it may come from, a blank between; empty for anywhere. */
    public String addresses() {
        return addresses;
    }

    /** A copy. */
    public byte[] digest() {
        return digest.clone();
    }

    /** Null for never. */
    public @Nullable Instant expiresAt() {
        return expiresAt;
    }

    public @Nullable CredentialId mintedBy() {
        return mintedBy;
    }

    public boolean isRevoked() {
        return isRevoked;
    }

    @Override
    public String toString() {
        return "CredentialFact(" + id + ")";
    }
}
