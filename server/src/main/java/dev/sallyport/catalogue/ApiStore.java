package dev.sallyport.catalogue;

import dev.sallyport.identity.OrganizationId;
import dev.sallyport.sql.Row;
import dev.sallyport.sql.Transaction;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The {@code api} table. */
final class ApiStore {

    /** An API without its operations. */
    record Summary(String id, String title, ApiHost host, int operations) {}

    /** False if the organization has no such API. */
    boolean replace(Transaction transaction, ImportedApi api) {
        return transaction
                        .sql("""
                                UPDATE api SET title = ?, host = ?, operations = ?, operation_count = ?, modified_at = ?
                                WHERE id = ? AND organization_id = ?
                                """)
                        .with(
                                api.title(),
                                api.host().text(),
                                StoredOperation.write(api.operations()),
                                api.operations().size(),
                                api.modifiedAt(),
                                api.id(),
                                api.organization().value())
                        .update()
                == 1;
    }

    /** False if the id is taken, by whomever. */
    boolean insert(Transaction transaction, ImportedApi api) {
        return transaction
                        .sql("""
                                INSERT INTO api (id, organization_id, title, host, operations, operation_count,
                                                 created_at, modified_at)
                                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                                ON CONFLICT (id) DO NOTHING
                                """)
                        .with(
                                api.id(),
                                api.organization().value(),
                                api.title(),
                                api.host().text(),
                                StoredOperation.write(api.operations()),
                                api.operations().size(),
                                api.createdAt(),
                                api.modifiedAt())
                        .update()
                == 1;
    }

    int count(Transaction transaction, OrganizationId organization) {
        return transaction
                .sql("SELECT count(*) AS held FROM api WHERE organization_id = ?")
                .with(organization.value())
                .map(row -> row.integer("held"))
                .one();
    }

    Optional<ImportedApi> find(Transaction transaction, OrganizationId organization, String id) {
        return transaction
                .sql("""
                        SELECT id, organization_id, title, host, operations, created_at, modified_at
                        FROM api WHERE id = ? AND organization_id = ?
                        """)
                .with(id, organization.value())
                .map(ApiStore::api)
                .optional();
    }

    /** In the order of their ids. */
    List<Summary> list(Transaction transaction, OrganizationId organization) {
        return transaction
                .sql("SELECT id, title, host, operation_count FROM api WHERE organization_id = ? ORDER BY id")
                .with(organization.value())
                .map(row -> new Summary(row.text("id"), row.text("title"), host(row), row.integer("operation_count")))
                .list();
    }

    /** For the replica, which serves all organizations. */
    Optional<ImportedApi> read(Transaction transaction, String id) {
        return transaction.sql("""
                        SELECT id, organization_id, title, host, operations, created_at, modified_at
                        FROM api WHERE id = ?
                        """).with(id).map(ApiStore::api).optional();
    }

    /** For the replica, which serves all organizations. */
    void all(Transaction transaction, Consumer<ImportedApi> action) {
        transaction
                .sql("SELECT id, organization_id, title, host, operations, created_at, modified_at FROM api")
                .map(ApiStore::api)
                .forEach(action);
    }

    private static ImportedApi api(Row row) {
        return new ImportedApi(
                row.text("id"),
                new OrganizationId(row.uuid("organization_id")),
                row.text("title"),
                host(row),
                StoredOperation.read(row.text("operations")),
                row.instant("created_at"),
                row.instant("modified_at"));
    }

    private static ApiHost host(Row row) {
        return new ApiHost(row.text("host"));
    }
}
