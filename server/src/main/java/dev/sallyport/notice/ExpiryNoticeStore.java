package dev.sallyport.notice;

import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.sql.Row;
import dev.sallyport.sql.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The {@code expiry_notice} table, and the credentials that are due for a row in it. */
final class ExpiryNoticeStore {

    private static final Duration DAY = Duration.ofDays(1);

    /** How many live credentials of all organizations end within so many days. */
    record Ending(long within1, long within7, long within30) {}

    /**
     * Live credentials of every organization, the first to end first, whose last passed mark was not announced.
     *
     * <p>One whose whole life is no longer than a mark never passes it: whoever made it knew.
     */
    List<ExpiringCredential> due(Transaction transaction, Instant now, int most) {
        return transaction
                .sql("""
                        SELECT e.id, e.organization_id, e.owner_id, e.kind, e.name, e.minted_by, e.expires_at, e.days,
                            p.kind AS owner_kind, p.name AS owner_name
                        FROM (
                            SELECT id, organization_id, owner_id, kind, name, minted_by, created_at, expires_at,
                                CASE WHEN expires_at <= ? THEN 1 WHEN expires_at <= ? THEN 7 ELSE 30 END AS days
                            FROM listed_credential WHERE expires_at > ? AND expires_at <= ?
                        ) e
                        LEFT JOIN principal p ON p.id = e.owner_id AND p.organization_id = e.organization_id
                        WHERE e.expires_at - e.created_at > e.days * 86400000000
                          AND NOT EXISTS (SELECT 1 FROM expiry_notice n WHERE n.credential_id = e.id AND n.days = e.days)
                        ORDER BY e.expires_at, e.id LIMIT ?
                        """)
                .with(now.plus(DAY), now.plus(DAY.multipliedBy(7)), now, now.plus(DAY.multipliedBy(30)), most)
                .map(ExpiryNoticeStore::credential)
                .list();
    }

    private static ExpiringCredential credential(Row row) {
        var code = row.text("kind");
        return new ExpiringCredential(
                new CredentialId(row.uuid("id")),
                new OrganizationId(row.uuid("organization_id")),
                CredentialKind.parse(code).orElseThrow(() -> new IllegalStateException("no credential is a " + code)),
                row.text("name"),
                row.optionalUuid("owner_id")
                        .map(id -> new ExpiringCredential.Owner(
                                new PrincipalId(id), row.text("owner_kind"), row.text("owner_name"))),
                row.optionalUuid("minted_by").map(CredentialId::new).orElse(null),
                row.instant("expires_at"),
                row.integer("days"));
    }

    /** True for the one node that announces it; false also if the credential has ended since it was found. */
    boolean insert(Transaction transaction, ExpiringCredential credential, Instant now) {
        return transaction
                        .sql("""
                                INSERT INTO expiry_notice (credential_id, days, organization_id, at)
                                SELECT id, ?, organization_id, ? FROM listed_credential
                                WHERE organization_id = ? AND id = ? AND expires_at = ?
                                ON CONFLICT (credential_id, days) DO NOTHING
                                """)
                        .with(
                                credential.days(),
                                now,
                                credential.organization().value(),
                                credential.id().value(),
                                credential.expiresAt())
                        .update()
                == 1;
    }

    Ending ending(Transaction transaction, Instant now) {
        return transaction
                .sql("""
                        SELECT count(CASE WHEN expires_at <= ? THEN 1 END) AS within_1,
                            count(CASE WHEN expires_at <= ? THEN 1 END) AS within_7, count(*) AS within_30
                        FROM listed_credential WHERE expires_at > ? AND expires_at <= ?
                        """)
                .with(now.plus(DAY), now.plus(DAY.multipliedBy(7)), now, now.plus(DAY.multipliedBy(30)))
                .map(row -> new Ending(row.number("within_1"), row.number("within_7"), row.number("within_30")))
                .one();
    }

    /** Forgets notices that no live credential can need any more. */
    void deleteBefore(Transaction transaction, Instant moment) {
        transaction.sql("DELETE FROM expiry_notice WHERE at < ?").with(moment).update();
    }
}
