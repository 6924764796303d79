package dev.sallyport.key;

import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.sql.Row;
import dev.sallyport.sql.Transaction;
import java.util.Optional;

/** The {@code principal} table as far as keys need it; and the organization's row, which the count of its API keys needs. */
final class KeyOwnerStore {

    Optional<KeyOwner> find(Transaction transaction, OrganizationId organization, PrincipalId id) {
        return transaction
                .sql("""
                        SELECT id, kind, state, epoch, name, email FROM principal
                        WHERE organization_id = ? AND id = ? AND state <> 'removed'
                        """)
                .with(organization.value(), id.value())
                .map(KeyOwnerStore::read)
                .optional();
    }

    Optional<KeyOwner> serviceAccount(Transaction transaction, OrganizationId organization, PrincipalId id) {
        return find(transaction, organization, id).filter(KeyOwner::isServiceAccount);
    }

    /** Takes the organization's row until the commit: its API keys are counted and named by one transaction at a time. */
    void holdOrganization(Transaction transaction, OrganizationId organization) {
        transaction
                .sql("UPDATE organization SET name = name WHERE id = ?")
                .with(organization.value())
                .update();
    }

    private static KeyOwner read(Row row) {
        return new KeyOwner(
                new PrincipalId(row.uuid("id")),
                row.text("kind").equals("service_account"),
                row.text("state").equals("active"),
                row.integer("epoch"),
                row.text("name"),
                row.text("email"));
    }
}
