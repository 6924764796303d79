package dev.sallyport.usage;

import dev.sallyport.credential.CredentialStore;
import dev.sallyport.credential.StoredCredential;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.util.List;

/** The live credentials of an organization that act as somebody, in the order of their ids. */
final class TrafficStore {

    /** @param isOfService whether its owner is a service account */
    record Live(StoredCredential credential, boolean isOfService) {}

    List<Live> live(Transaction transaction, OrganizationId organization, String after, int most, Instant now) {
        return transaction
                .sql("""
                        SELECT c.id, c.organization_id, c.owner_id, c.kind, c.name, c.scopes, c.addresses, c.last_four, c.minted_by,
                               c.creator_id, c.created_at, c.modified_at, c.modifier_id, c.expires_at, c.last_used_at,
                               CASE WHEN p.kind = 'service_account' THEN 1 ELSE 0 END AS is_of_service
                        FROM listed_credential c JOIN principal p ON p.id = c.owner_id
                        WHERE c.organization_id = ? AND c.id > CAST(? AS TEXT) AND (c.expires_at IS NULL OR c.expires_at > ?)
                          AND c.kind IN ('personal_access_token', 'service_access_token', 'application_key')
                        ORDER BY c.id
                        LIMIT ?
                        """)
                .with(organization.value(), after, now, most)
                .map(row -> new Live(CredentialStore.listed(row), row.number("is_of_service") == 1))
                .list();
    }
}
