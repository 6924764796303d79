package dev.sallyport.directory;

import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.Principal;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.sql.Row;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The {@code invitation} table. */
final class InvitationStore {

    /** What is kept of an invitation, for whoever shows a code. */
    static final class Kept {
        final Invitation invitation;
        final OrganizationId organization;
        final int ownerEpoch;
        final List<String> scopes;
        final @Nullable CredentialId mintedBy;
        final byte[] digest;

        private Kept(Row row) {
            invitation = read(row);
            organization = new OrganizationId(row.uuid("organization_id"));
            ownerEpoch = row.integer("owner_epoch");
            scopes = List.of(row.text("scopes").split(" "));
            mintedBy = row.optionalUuid("minted_by").map(CredentialId::new).orElse(null);
            digest = row.bytes("digest");
        }
    }

    /**
     * @param scopes names of what the user holds now
     * @param mintedBy the credential that makes it
     */
    void insert(
            Transaction transaction,
            Invitation invitation,
            Principal user,
            List<String> scopes,
            CredentialId mintedBy,
            byte[] digest) {
        transaction
                .sql("""
                        INSERT INTO invitation (id, organization_id, principal_id, owner_epoch, scopes, digest,
                            minted_by, created_at, expires_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .with(
                        invitation.id().value(),
                        user.organization().value(),
                        user.id().value(),
                        user.epoch(),
                        String.join(" ", scopes),
                        digest,
                        mintedBy.value(),
                        invitation.createdAt(),
                        invitation.expiresAt())
                .update();
    }

    /** Ends the open invitation of a user; false if there is none. */
    boolean end(Transaction transaction, OrganizationId organization, PrincipalId user, Instant at) {
        return transaction.sql("""
                                UPDATE invitation SET ended_at = ?
                                WHERE organization_id = ? AND principal_id = ? AND ended_at IS NULL
                                """).with(at, organization.value(), user.value()).update() == 1;
    }

    /** Uses an invitation up. False for all but the first, and after the end. */
    boolean accept(Transaction transaction, OrganizationId organization, CredentialId id, Instant now) {
        return transaction
                        .sql("""
                                UPDATE invitation SET ended_at = ?
                                WHERE organization_id = ? AND id = ? AND ended_at IS NULL AND expires_at > ?
                                """)
                        .with(now, organization.value(), id.value(), now)
                        .update()
                == 1;
    }

    /** One that is open; it may have expired, or have ended with an epoch of the user's. */
    Optional<Invitation> find(Transaction transaction, OrganizationId organization, CredentialId id) {
        return transaction
                .sql("""
                        SELECT i.id, i.principal_id, i.created_at, i.expires_at FROM invitation i
                        JOIN principal p ON p.id = i.principal_id AND p.epoch = i.owner_epoch
                        WHERE i.organization_id = ? AND i.id = ? AND i.ended_at IS NULL AND p.state <> 'removed'
                        """)
                .with(organization.value(), id.value())
                .map(InvitationStore::read)
                .optional();
    }

    /** By the id in the code: a code does not say to which organization it belongs. */
    Optional<Kept> kept(Transaction transaction, CredentialId id) {
        return transaction.sql("""
                        SELECT id, organization_id, principal_id, owner_epoch, scopes, digest, minted_by, created_at,
                            expires_at
                        FROM invitation WHERE id = ?
                        """).with(id.value()).map(Kept::new).optional();
    }

    private static Invitation read(Row row) {
        return new Invitation(
                new CredentialId(row.uuid("id")),
                new PrincipalId(row.uuid("principal_id")),
                row.instant("created_at"),
                row.instant("expires_at"));
    }
}
