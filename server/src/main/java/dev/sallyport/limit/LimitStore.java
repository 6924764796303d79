package dev.sallyport.limit;

import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.sql.Row;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.util.function.BiConsumer;

/** The {@code call_limits} table. */
final class LimitStore {

    /** @param revision how often they were set; 0 for never */
    record Stored(CallLimits limits, int revision) {}

    Stored find(Transaction transaction, OrganizationId organization) {
        return transaction
                .sql("SELECT document, revision FROM call_limits WHERE organization_id = ?")
                .with(organization.value())
                .map(LimitStore::read)
                .optional()
                .orElseGet(() -> new Stored(CallLimits.NONE, 0));
    }

    /** Of every organization that has any. */
    void each(Transaction transaction, BiConsumer<OrganizationId, CallLimits> consumer) {
        record Owned(OrganizationId organization, Stored stored) {}

        transaction
                .sql("SELECT organization_id, document, revision FROM call_limits")
                .map(row -> new Owned(new OrganizationId(row.uuid("organization_id")), read(row)))
                .forEach(owned ->
                        consumer.accept(owned.organization(), owned.stored().limits()));
    }

    /** False if they are no longer at the revision before. */
    boolean write(Transaction transaction, OrganizationId organization, Stored stored, Instant at) {
        return transaction
                        .sql("""
                                INSERT INTO call_limits (organization_id, document, revision, modified_at)
                                SELECT id, ?, ?, ? FROM organization
                                WHERE id = ? AND (? = 1 OR EXISTS (
                                    SELECT 1 FROM call_limits WHERE organization_id = organization.id))
                                ON CONFLICT (organization_id) DO UPDATE SET document = excluded.document,
                                    revision = excluded.revision, modified_at = excluded.modified_at
                                WHERE call_limits.revision = excluded.revision - 1
                                """)
                        .with(
                                LimitsJson.write(stored.limits()),
                                stored.revision(),
                                at,
                                organization.value(),
                                stored.revision())
                        .update()
                == 1;
    }

    boolean hasCredential(Transaction transaction, OrganizationId organization, CredentialId id) {
        return transaction
                .sql("SELECT 1 AS known FROM credential WHERE organization_id = ? AND id = ?")
                .with(organization.value(), id.value())
                .map(row -> row.number("known"))
                .optional()
                .isPresent();
    }

    private static Stored read(Row row) {
        return new Stored(LimitsJson.read(row.text("document")), row.integer("revision"));
    }
}
