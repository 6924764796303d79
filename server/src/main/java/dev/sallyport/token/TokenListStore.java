package dev.sallyport.token;

import dev.sallyport.credential.CredentialStore;
import dev.sallyport.credential.StoredCredential;
import dev.sallyport.sql.Transaction;
import java.util.List;

/** Tokens of the {@code credential} table as people list them. */
final class TokenListStore {

    List<StoredCredential> list(Transaction transaction, TokenListing listing) {
        var page = listing.owners().size() == 1
                ? transaction
                        .sql(listing.sort().ofOne())
                        .with(
                                listing.organization().value(),
                                listing.owners().first().value(),
                                listing.pattern(),
                                listing.size(),
                                listing.offset())
                : transaction
                        .sql(listing.sort().ofAll())
                        .with(
                                listing.organization().value(),
                                listing.ownersText(),
                                listing.ownersText(),
                                listing.pattern(),
                                listing.size(),
                                listing.offset());
        return page.map(CredentialStore::listed).list();
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
