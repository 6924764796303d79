package dev.sallyport.directory;

import dev.sallyport.identity.Organization;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.sql.Row;
import dev.sallyport.sql.Transaction;
import java.util.Optional;
import java.util.function.Consumer;

/** The {@code organization} table. */
final class OrganizationStore {

    /** Returns false if this store already had its first organization. Of two founders at once, one gets true. */
    boolean takeFirst(Transaction transaction, OrganizationId id) {
        return transaction
                        .sql("INSERT INTO founding (id, organization_id) VALUES (1, ?) ON CONFLICT (id) DO NOTHING")
                        .with(id.value())
                        .update()
                == 1;
    }

    void insert(Transaction transaction, Organization organization) {
        transaction
                .sql("INSERT INTO organization (id, name, created_at) VALUES (?, ?, ?)")
                .with(organization.id().value(), organization.name(), organization.createdAt())
                .update();
    }

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
