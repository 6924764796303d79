package dev.sallyport.directory;

import dev.sallyport.identity.Organization;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.sql.Row;
import dev.sallyport.sql.Transaction;
import java.util.Optional;
import java.util.function.Consumer;

/** The {@code organization} table. */
final class OrganizationStore {

    void all(Transaction transaction, Consumer<Organization> action) {
        transaction
                .sql("SELECT id, name, created_at FROM organization")
                .map(OrganizationStore::read)
                .forEach(action);
    }

    Optional<Organization> find(Transaction transaction, OrganizationId id) {
        return transaction
                .sql("SELECT id, name, created_at FROM organization WHERE id = ?")
                .with(id.value())
                .map(OrganizationStore::read)
                .optional();
    }

    private static Organization read(Row row) {
        return new Organization(new OrganizationId(row.uuid("id")), row.text("name"), row.instant("created_at"));
    }
}
