package dev.sallyport.token;

import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.sql.Row;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the replica knows of one token: enough to recognise it and to say whom it stands for, nothing that can be shown. */
public final class TokenFact {

    private final CredentialId id;
    private final OrganizationId organization;
    private final PrincipalId owner;
    private final int ownerEpoch;
    private final String name;
    private final String scopes;
    private final byte[] digest;
    private final Instant expiresAt;
    private final @Nullable CredentialId mintedBy;
    private final boolean isRevoked;

    TokenFact(Row row) {
        id = new CredentialId(row.uuid("id"));
        organization = new OrganizationId(row.uuid("organization_id"));
        owner = new PrincipalId(row.uuid("owner_id"));
        ownerEpoch = row.integer("owner_epoch");
        name = row.text("name");
        scopes = row.text("scopes");
        digest = row.bytes("digest");
        expiresAt = row.instant("expires_at");
        mintedBy = row.optionalUuid("minted_by").map(CredentialId::new).orElse(null);
        isRevoked = row.optionalNumber("revoked_at").isPresent();
    }

    public CredentialId id() {
        return id;
    }

    public OrganizationId organization() {
        return organization;
    }

    public PrincipalId owner() {
        return owner;
    }

    /** The token is live only while this equals its owner's epoch. */
    public int ownerEpoch() {
        return ownerEpoch;
    }

    public String name() {
        return name;
    }

    /** Names as they are stored: sorted, a blank between. Very many tokens share one text. */
    public String scopes() {
        return scopes;
    }

    /** A copy. */
    public byte[] digest() {
        return digest.clone();
    }

    public Instant expiresAt() {
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
        return "TokenFact(" + id + ")";
    }
}
