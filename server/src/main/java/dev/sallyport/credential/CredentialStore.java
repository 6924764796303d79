package dev.sallyport.credential;

import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.identity.DisplayName;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.sql.Row;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The {@code credential} table. When one was last used stands in {@code credential_use}, which is only read here. */
public final class CredentialStore {

    /** There has been one pepper so far. */
    private static final int PEPPER_VERSION = 1;

    /**
     * Takes the owner's row until the commit, if the owner is active in that epoch.
     *
     * <p>Whoever disables the owner writes the same row, so either waits for the other; and the owner's credentials are counted
     * by one transaction at a time.
     */
    public boolean holdOwner(Transaction transaction, OrganizationId organization, PrincipalId owner, int epoch) {
        return transaction
                        .sql("""
                                UPDATE principal SET epoch = epoch
                                WHERE organization_id = ? AND id = ? AND state = 'active' AND epoch = ?
                                """)
                        .with(organization.value(), owner.value(), epoch)
                        .update()
                == 1;
    }

    /** Takes the row of a live credential until the commit, so that its revocation waits or has come first. */
    public Optional<Carried> holdLive(
            Transaction transaction, OrganizationId organization, CredentialId id, Instant now) {
        return transaction
                .sql("""
                        UPDATE credential SET revoked_at = revoked_at
                        WHERE organization_id = ? AND id = ? AND revoked_at IS NULL
                          AND (expires_at IS NULL OR expires_at > ?)
                        RETURNING scopes
                        """)
                .with(organization.value(), id.value(), now)
                .map(row -> new Carried(scopes(row)))
                .optional();
    }

    /** The same for one that may have expired, without its scopes. */
    public boolean hold(Transaction transaction, OrganizationId organization, CredentialId id) {
        return transaction.sql("""
                                UPDATE credential SET revoked_at = revoked_at
                                WHERE organization_id = ? AND id = ? AND revoked_at IS NULL
                                """).with(organization.value(), id.value()).update() == 1;
    }

    /** The scopes of a credential if it and its owner are live; says nothing about the moment of the commit. */
    public Optional<Carried> live(
            Transaction transaction, OrganizationId organization, CredentialId id, int epoch, Instant now) {
        return transaction
                .sql("""
                        SELECT credential.scopes FROM credential
                        JOIN principal ON principal.id = credential.owner_id
                        WHERE credential.organization_id = ? AND credential.id = ? AND credential.revoked_at IS NULL
                          AND (credential.expires_at IS NULL OR credential.expires_at > ?) AND credential.owner_epoch = ?
                          AND principal.epoch = ? AND principal.state = 'active'
                        """)
                .with(organization.value(), id.value(), now, epoch, epoch)
                .map(row -> new Carried(scopes(row)))
                .optional();
    }

    /**
     * Stores a new credential unless there are that many live ones already: of its owner and kind, or of its kind in the
     * organization where it has no owner. Exact while {@link #holdOwner} holds the owner.
     */
    public boolean insert(
            Transaction transaction, StoredCredential credential, int ownerEpoch, byte[] digest, int mostLive) {
        if (countLive(transaction, credential) >= mostLive) {
            return false;
        }
        var owner = credential.owner();
        var mintedBy = credential.mintedBy();
        var creator = credential.creator();
        return transaction
                        .sql("""
                                INSERT INTO credential (id, organization_id, owner_id, kind, name, name_folded, scopes,
                                    addresses, last_four, digest, pepper_version, owner_epoch, minted_by, creator_id,
                                    created_at, expires_at)
                                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                                ON CONFLICT DO NOTHING
                                """)
                        .with(
                                credential.id().value(),
                                credential.organization().value(),
                                owner == null ? null : owner.value(),
                                credential.kind().code(),
                                credential.name(),
                                DisplayName.folded(credential.name()),
                                credential.scopes().map(CredentialStore::text).orElse(null),
                                credential.addresses().isEmpty() ? null : text(credential.addresses()),
                                credential.lastFour(),
                                digest,
                                PEPPER_VERSION,
                                ownerEpoch,
                                mintedBy == null ? null : mintedBy.value(),
                                creator == null ? null : creator.value(),
                                credential.createdAt(),
                                credential.expiresAt())
                        .update()
                == 1;
    }

    private static long countLive(Transaction transaction, StoredCredential credential) {
        var owner = credential.owner();
        var counted = owner == null
                ? transaction
                        .sql("""
                                SELECT count(*) AS live FROM credential
                                WHERE organization_id = ? AND kind = ? AND revoked_at IS NULL
                                """)
                        .with(
                                credential.organization().value(),
                                credential.kind().code())
                : transaction
                        .sql("""
                                SELECT count(*) AS live FROM credential
                                JOIN principal ON principal.id = credential.owner_id
                                    AND principal.epoch = credential.owner_epoch
                                WHERE credential.organization_id = ? AND credential.owner_id = ? AND credential.kind = ?
                                  AND credential.revoked_at IS NULL
                                  AND (credential.expires_at IS NULL OR credential.expires_at > ?)
                                """)
                        .with(
                                credential.organization().value(),
                                owner.value(),
                                credential.kind().code(),
                                credential.createdAt());
        return counted.map(row -> row.number("live")).one();
    }

    /** One that people see, of one of those kinds: neither revoked nor ended with an epoch of its owner. */
    public Optional<StoredCredential> find(
            Transaction transaction, OrganizationId organization, CredentialId id, Set<CredentialKind> kinds) {
        return transaction
                .sql("""
                        SELECT id, organization_id, owner_id, kind, name, scopes, addresses, last_four, minted_by, creator_id,
                               created_at, modified_at, modifier_id, expires_at, last_used_at
                        FROM listed_credential WHERE organization_id = ? AND id = ?
                        """)
                .with(organization.value(), id.value())
                .map(CredentialStore::listed)
                .optional()
                .filter(found -> kinds.contains(found.kind()));
    }

    /** One in whatever state, as long as there was one; without its use. */
    public Optional<StoredCredential> findEver(
            Transaction transaction, OrganizationId organization, CredentialId id, Set<CredentialKind> kinds) {
        return transaction
                .sql("""
                        SELECT id, organization_id, owner_id, kind, name, scopes, addresses, last_four, minted_by, creator_id,
                               created_at, modified_at, modifier_id, expires_at, NULL AS last_used_at, revoked_at
                        FROM credential WHERE organization_id = ? AND id = ?
                        """)
                .with(organization.value(), id.value())
                .map(row -> read(
                        row,
                        row.optionalInstant("revoked_at")
                                .<StoredCredential.State>map(StoredCredential.State.Revoked::new)
                                .orElseGet(StoredCredential.State.Active::new)))
                .optional()
                .filter(found -> kinds.contains(found.kind()));
    }

    /** False if it has been revoked: nothing is written over that. */
    public boolean edit(Transaction transaction, Edit edit, PrincipalId modifier, Instant at) {
        return transaction
                        .sql("""
                                UPDATE credential SET name = ?, name_folded = ?, scopes = ?, modified_at = ?, modifier_id = ?
                                WHERE organization_id = ? AND id = ? AND revoked_at IS NULL
                                """)
                        .with(
                                edit.name(),
                                DisplayName.folded(edit.name()),
                                edit.scopes().map(CredentialStore::text).orElse(null),
                                at,
                                modifier.value(),
                                edit.organization().value(),
                                edit.id().value())
                        .update()
                == 1;
    }

    /**
     * What a credential becomes.
     *
     * @param scopes empty for all that the owner holds
     */
    public record Edit(OrganizationId organization, CredentialId id, String name, Optional<List<String>> scopes) {}

    /** False if it was revoked already: the first revocation stands. */
    public boolean revoke(Transaction transaction, OrganizationId organization, CredentialId id, Instant at) {
        return transaction.sql("""
                                UPDATE credential SET revoked_at = ?
                                WHERE organization_id = ? AND id = ? AND revoked_at IS NULL
                                """).with(at, organization.value(), id.value()).update() == 1;
    }

    /** A row of {@code listed_credential}. */
    public static StoredCredential listed(Row row) {
        return read(row, new StoredCredential.State.Active());
    }

    private static StoredCredential read(Row row, StoredCredential.State state) {
        return new StoredCredential(
                new CredentialId(row.uuid("id")),
                new OrganizationId(row.uuid("organization_id")),
                row.optionalUuid("owner_id").map(PrincipalId::new).orElse(null),
                kind(row),
                row.text("name"),
                scopes(row),
                row.optionalText("addresses")
                        .map(text -> List.of(text.split(" ")))
                        .orElse(List.of()),
                row.optionalText("last_four").orElse(null),
                row.optionalUuid("minted_by").map(CredentialId::new).orElse(null),
                row.optionalUuid("creator_id").map(PrincipalId::new).orElse(null),
                row.instant("created_at"),
                row.optionalInstant("modified_at").orElse(null),
                row.optionalUuid("modifier_id").map(PrincipalId::new).orElse(null),
                row.optionalInstant("expires_at").orElse(null),
                row.optionalInstant("last_used_at").orElse(null),
                state);
    }

    static CredentialKind kind(Row row) {
        var code = row.text("kind");
        return CredentialKind.parse(code).orElseThrow(() -> new IllegalStateException("no credential is a " + code));
    }

    private static Optional<List<String>> scopes(Row row) {
        return row.optionalText("scopes").map(text -> List.of(text.split(" ")));
    }

    private static String text(List<String> words) {
        return String.join(" ", words);
    }
}
