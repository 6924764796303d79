package dev.sallyport.token;

import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** The {@code token} table as the replica reads it. */
final class TokenFactStore {

    /** Of every organization: a node serves them all. */
    void each(Transaction transaction, Instant expiringAfter, Consumer<TokenFact> consumer) {
        transaction.sql("""
                        SELECT id, organization_id, owner_id, owner_epoch, name, scopes, digest, expires_at,
                               minted_by, revoked_at
                        FROM token WHERE revoked_at IS NULL AND expires_at > ?
                        """).with(expiringAfter).map(TokenFact::new).forEach(consumer);
    }

    void of(Transaction transaction, OrganizationId organization, Consumer<TokenFact> consumer) {
        transaction.sql("""
                        SELECT id, organization_id, owner_id, owner_epoch, name, scopes, digest, expires_at,
                               minted_by, revoked_at
                        FROM token WHERE organization_id = ? AND revoked_at IS NULL
                        """).with(organization.value()).map(TokenFact::new).forEach(consumer);
    }

    Optional<TokenFact> find(Transaction transaction, OrganizationId organization, CredentialId id) {
        return transaction
                .sql("""
                        SELECT id, organization_id, owner_id, owner_epoch, name, scopes, digest, expires_at,
                               minted_by, revoked_at
                        FROM token WHERE organization_id = ? AND id = ?
                        """)
                .with(organization.value(), id.value())
                .map(TokenFact::new)
                .optional();
    }
}
