package dev.sallyport.token;

import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.Principal;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.sql.Row;
import dev.sallyport.sql.Transaction;
import java.util.Locale;
import java.util.Optional;

/** The service accounts of the {@code principal} table. */
final class ServiceAccountStore {

    /** One that has not been removed; it may be disabled. */
    Optional<Principal> find(Transaction transaction, OrganizationId organization, PrincipalId id) {
        return transaction
                .sql("""
                        SELECT id, organization_id, email, name, title, state, epoch, owner_id, created_at, modified_at
                        FROM principal
                        WHERE organization_id = ? AND id = ? AND kind = 'service_account' AND state <> 'removed'
                        """)
                .with(organization.value(), id.value())
                .map(ServiceAccountStore::read)
                .optional();
    }

    private static Principal read(Row row) {
        return new Principal(
                new PrincipalId(row.uuid("id")),
                new OrganizationId(row.uuid("organization_id")),
                Principal.Kind.SERVICE_ACCOUNT,
                row.text("email"),
                row.text("name"),
                row.optionalText("title").orElse(null),
                Principal.State.valueOf(row.text("state").toUpperCase(Locale.ROOT)),
                row.integer("epoch"),
                row.optionalUuid("owner_id").map(PrincipalId::new).orElse(null),
                row.instant("created_at"),
                row.instant("modified_at"));
    }
}
