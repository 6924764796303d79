package dev.sallyport.key;

import dev.sallyport.credential.CredentialStore;
import dev.sallyport.credential.StoredCredential;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.sql.Transaction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Application keys of the {@code credential} table as people list them. */
final class ApplicationKeyStore {

    /** @param owner null for everybody's */
    List<StoredCredential> list(
            Transaction transaction, OrganizationId organization, @Nullable PrincipalId owner, KeyQuery query) {
        return transaction
                .sql("""
                        SELECT id, organization_id, owner_id, kind, name, scopes, addresses, last_four, minted_by, creator_id,
                               created_at, modified_at, modifier_id, expires_at, last_used_at
                        FROM listed_credential
                        WHERE organization_id = ? AND kind = 'application_key' AND (? = '' OR owner_id = ?)
                          AND name_folded LIKE ? ESCAPE '!' AND created_at >= ? AND created_at <= ?
                        ORDER BY
                            CASE ? WHEN 'name' THEN name_folded WHEN 'last4' THEN last_four END,
                            CASE ? WHEN '-name' THEN name_folded WHEN '-last4' THEN last_four END DESC,
                            CASE ? WHEN 'created_at' THEN created_at END,
                            CASE ? WHEN '-created_at' THEN created_at END DESC,
                            id
                        LIMIT ? OFFSET ?
                        """)
                .with(
                        organization.value(),
                        text(owner),
                        text(owner),
                        query.pattern(),
                        query.created().start(),
                        query.created().end(),
                        query.sort(),
                        query.sort(),
                        query.sort(),
                        query.sort(),
                        query.size(),
                        query.offset())
                .map(CredentialStore::listed)
                .list();
    }

    /** How many keys all pages hold. */
    long count(Transaction transaction, OrganizationId organization, @Nullable PrincipalId owner, KeyQuery query) {
        return transaction
                .sql("""
                        SELECT count(*) AS found FROM listed_credential
                        WHERE organization_id = ? AND kind = 'application_key' AND (? = '' OR owner_id = ?)
                          AND name_folded LIKE ? ESCAPE '!' AND created_at >= ? AND created_at <= ?
                        """)
                .with(
                        organization.value(),
                        text(owner),
                        text(owner),
                        query.pattern(),
                        query.created().start(),
                        query.created().end())
                .map(row -> row.number("found"))
                .one();
    }

    private static String text(@Nullable PrincipalId owner) {
        return owner == null ? "" : owner.toString();
    }
}
