package dev.sallyport.credential;

import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** The {@code credential} table as the replica reads it. */
final class CredentialFactStore {

    /** Of every organization: a node serves them all. */
    void each(Transaction transaction, Instant expiringAfter, Consumer<CredentialFact> consumer) {
        transaction.sql("""
                        SELECT id, organization_id, owner_id, kind, owner_epoch, name, scopes, addresses, digest,
                               expires_at, minted_by, revoked_at
                        FROM credential WHERE revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?)
                        """).with(expiringAfter).map(CredentialFact::new).forEach(consumer);
    }

    void of(Transaction transaction, OrganizationId organization, Consumer<CredentialFact> consumer) {
        transaction.sql("""
                        SELECT id, organization_id, owner_id, kind, owner_epoch, name, scopes, addresses, digest,
                               expires_at, minted_by, revoked_at
                        FROM credential WHERE organization_id = ? AND revoked_at IS NULL
                        """).with(organization.value()).map(CredentialFact::new).forEach(consumer);
    }

    Optional<CredentialFact> find(Transaction transaction, OrganizationId organization, CredentialId id) {
        return transaction
                .sql("""
                        SELECT id, organization_id, owner_id, kind, owner_epoch, name, scopes, addresses, digest,
                               expires_at, minted_by, revoked_at
                        FROM credential WHERE organization_id = ? AND id = ?
                        """)
                .with(organization.value(), id.value())
                .map(CredentialFact::new)
                .optional();
    }

    /** Everything that one revocation ended. */
    void revoked(
            Transaction transaction, OrganizationId organization, UUID revocation, Consumer<CredentialFact> consumer) {
        transaction
                .sql("""
                        SELECT id, organization_id, owner_id, kind, owner_epoch, name, scopes, addresses, digest,
                               expires_at, minted_by, revoked_at
                        FROM credential WHERE organization_id = ? AND revocation_id = ?
                        """)
                .with(organization.value(), revocation)
                .map(CredentialFact::new)
                .forEach(consumer);
    }
}
