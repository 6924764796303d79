package dev.sallyport.token;

import dev.sallyport.credential.CredentialStore;
import dev.sallyport.credential.StoredCredential;
import dev.sallyport.sql.Transaction;
import java.util.ArrayList;
import java.util.List;

/**
 * Tokens of the {@code credential} table as people list them.
 *
 * <p>Each statement is written out whole: no statement is ever put together. The order by name has one for each direction,
 * because an index gives it; the times have none, and share one whose order is a bound word. Those for a single owner exist
 * because they have an index of their own.
 */
final class TokenListStore {

    List<StoredCredential> list(Transaction transaction, TokenListing listing) {
        var isOfOne = listing.owners().size() == 1;
        var values = new ArrayList<Object>();
        values.add(listing.organization().value());
        if (isOfOne) {
            values.add(listing.owners().first().value());
        } else {
            values.addAll(List.of(listing.ownersText(), listing.ownersText()));
        }
        values.add(listing.pattern());
        switch (listing.sort()) {
            case NAME, NAME_DESCENDING -> {}
            case CREATED, CREATED_DESCENDING, EXPIRES, EXPIRES_DESCENDING, LAST_USED, LAST_USED_DESCENDING ->
                values.add(listing.sort().code());
        }
        values.addAll(List.of(listing.size(), listing.offset()));
        return (isOfOne ? ofOne(transaction, listing.sort()) : ofAll(transaction, listing.sort()))
                .with(values.toArray())
                .map(CredentialStore::listed)
                .list();
    }

    /** Tokens of a list of owners, or of everybody where the list is empty. */
    private static Transaction.Statement ofAll(Transaction transaction, TokenSort sort) {
        return switch (sort) {
            case NAME -> transaction.sql("""
                SELECT id, organization_id, owner_id, kind, name, scopes, addresses, last_four, minted_by, creator_id,
                       created_at, modified_at, modifier_id, expires_at, last_used_at
                FROM listed_credential
                WHERE organization_id = ? AND kind IN ('personal_access_token', 'service_access_token')
                  AND (? = '' OR ? LIKE '%' || owner_id || '%') AND name_folded LIKE ? ESCAPE '!'
                ORDER BY name_folded, id LIMIT ? OFFSET ?
                """);
            case NAME_DESCENDING -> transaction.sql("""
                SELECT id, organization_id, owner_id, kind, name, scopes, addresses, last_four, minted_by, creator_id,
                       created_at, modified_at, modifier_id, expires_at, last_used_at
                FROM listed_credential
                WHERE organization_id = ? AND kind IN ('personal_access_token', 'service_access_token')
                  AND (? = '' OR ? LIKE '%' || owner_id || '%') AND name_folded LIKE ? ESCAPE '!'
                ORDER BY name_folded DESC, id LIMIT ? OFFSET ?
                """);
            case CREATED, CREATED_DESCENDING, EXPIRES, EXPIRES_DESCENDING, LAST_USED, LAST_USED_DESCENDING ->
                transaction.sql("""
                SELECT id, organization_id, owner_id, kind, name, scopes, addresses, last_four, minted_by, creator_id,
                       created_at, modified_at, modifier_id, expires_at, last_used_at
                FROM listed_credential
                WHERE organization_id = ? AND kind IN ('personal_access_token', 'service_access_token')
                  AND (? = '' OR ? LIKE '%' || owner_id || '%') AND name_folded LIKE ? ESCAPE '!'
                ORDER BY CASE ? WHEN 'created_at' THEN created_at WHEN '-created_at' THEN -created_at
                    WHEN 'expires_at' THEN COALESCE(expires_at, 9223372036854775807)
                    WHEN '-expires_at' THEN -COALESCE(expires_at, 9223372036854775807)
                    WHEN 'last_used_at' THEN COALESCE(last_used_at, 0)
                    WHEN '-last_used_at' THEN -COALESCE(last_used_at, 0) END, id
                LIMIT ? OFFSET ?
                """);
        };
    }

    private static Transaction.Statement ofOne(Transaction transaction, TokenSort sort) {
        return switch (sort) {
            case NAME -> transaction.sql("""
                SELECT id, organization_id, owner_id, kind, name, scopes, addresses, last_four, minted_by, creator_id,
                       created_at, modified_at, modifier_id, expires_at, last_used_at
                FROM listed_credential
                WHERE organization_id = ? AND kind IN ('personal_access_token', 'service_access_token')
                  AND owner_id = ? AND name_folded LIKE ? ESCAPE '!'
                ORDER BY name_folded, id LIMIT ? OFFSET ?
                """);
            case NAME_DESCENDING -> transaction.sql("""
                SELECT id, organization_id, owner_id, kind, name, scopes, addresses, last_four, minted_by, creator_id,
                       created_at, modified_at, modifier_id, expires_at, last_used_at
                FROM listed_credential
                WHERE organization_id = ? AND kind IN ('personal_access_token', 'service_access_token')
                  AND owner_id = ? AND name_folded LIKE ? ESCAPE '!'
                ORDER BY name_folded DESC, id LIMIT ? OFFSET ?
                """);
            case CREATED, CREATED_DESCENDING, EXPIRES, EXPIRES_DESCENDING, LAST_USED, LAST_USED_DESCENDING ->
                transaction.sql("""
                SELECT id, organization_id, owner_id, kind, name, scopes, addresses, last_four, minted_by, creator_id,
                       created_at, modified_at, modifier_id, expires_at, last_used_at
                FROM listed_credential
                WHERE organization_id = ? AND kind IN ('personal_access_token', 'service_access_token')
                  AND owner_id = ? AND name_folded LIKE ? ESCAPE '!'
                ORDER BY CASE ? WHEN 'created_at' THEN created_at WHEN '-created_at' THEN -created_at
                    WHEN 'expires_at' THEN COALESCE(expires_at, 9223372036854775807)
                    WHEN '-expires_at' THEN -COALESCE(expires_at, 9223372036854775807)
                    WHEN 'last_used_at' THEN COALESCE(last_used_at, 0)
                    WHEN '-last_used_at' THEN -COALESCE(last_used_at, 0) END, id
                LIMIT ? OFFSET ?
                """);
        };
    }

    /** How many tokens all pages hold. */
    long count(Transaction transaction, TokenListing listing) {
        var counted = listing.owners().size() == 1
                ? transaction
                        .sql("""
                                SELECT count(*) AS found FROM listed_credential
                                WHERE organization_id = ? AND kind IN ('personal_access_token', 'service_access_token')
                                  AND owner_id = ? AND name_folded LIKE ? ESCAPE '!'
                                """)
                        .with(
                                listing.organization().value(),
                                listing.owners().first().value(),
                                listing.pattern())
                : transaction
                        .sql("""
                                SELECT count(*) AS found FROM listed_credential
                                WHERE organization_id = ? AND kind IN ('personal_access_token', 'service_access_token')
                                  AND (? = '' OR ? LIKE '%' || owner_id || '%')
                                  AND name_folded LIKE ? ESCAPE '!'
                                """)
                        .with(
                                listing.organization().value(),
                                listing.ownersText(),
                                listing.ownersText(),
                                listing.pattern());
        return counted.map(row -> row.number("found")).one();
    }
}
