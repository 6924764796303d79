package dev.sallyport.token;

import java.util.Arrays;
import java.util.Optional;

/**
 * The orders in which tokens are listed; the id breaks ties, and what was never used counts as used before everything else.
 *
 * <p>Each statement is written out whole: an order cannot be bound as a value, and no statement is ever put together. The
 * one for a single owner exists because it has an index of its own.
 */
enum TokenSort {
    NAME("name", """
            SELECT id, organization_id, owner_id, kind, name, scopes, addresses, last_four, minted_by, creator_id,
                   created_at, modified_at, modifier_id, expires_at, last_used_at
            FROM listed_credential
            WHERE organization_id = ? AND kind IN ('personal_access_token', 'service_access_token')
              AND (? = '' OR ? LIKE '%' || owner_id || '%') AND name_folded LIKE ? ESCAPE '!'
            ORDER BY name_folded, id LIMIT ? OFFSET ?
            """, """
            SELECT id, organization_id, owner_id, kind, name, scopes, addresses, last_four, minted_by, creator_id,
                   created_at, modified_at, modifier_id, expires_at, last_used_at
            FROM listed_credential
            WHERE organization_id = ? AND kind IN ('personal_access_token', 'service_access_token')
              AND owner_id = ? AND name_folded LIKE ? ESCAPE '!'
            ORDER BY name_folded, id LIMIT ? OFFSET ?
            """),
    NAME_DESCENDING("-name", """
            SELECT id, organization_id, owner_id, kind, name, scopes, addresses, last_four, minted_by, creator_id,
                   created_at, modified_at, modifier_id, expires_at, last_used_at
            FROM listed_credential
            WHERE organization_id = ? AND kind IN ('personal_access_token', 'service_access_token')
              AND (? = '' OR ? LIKE '%' || owner_id || '%') AND name_folded LIKE ? ESCAPE '!'
            ORDER BY name_folded DESC, id LIMIT ? OFFSET ?
            """, """
            SELECT id, organization_id, owner_id, kind, name, scopes, addresses, last_four, minted_by, creator_id,
                   created_at, modified_at, modifier_id, expires_at, last_used_at
            FROM listed_credential
            WHERE organization_id = ? AND kind IN ('personal_access_token', 'service_access_token')
              AND owner_id = ? AND name_folded LIKE ? ESCAPE '!'
            ORDER BY name_folded DESC, id LIMIT ? OFFSET ?
            """),
    CREATED("created_at", """
            SELECT id, organization_id, owner_id, kind, name, scopes, addresses, last_four, minted_by, creator_id,
                   created_at, modified_at, modifier_id, expires_at, last_used_at
            FROM listed_credential
            WHERE organization_id = ? AND kind IN ('personal_access_token', 'service_access_token')
              AND (? = '' OR ? LIKE '%' || owner_id || '%') AND name_folded LIKE ? ESCAPE '!'
            ORDER BY created_at, id LIMIT ? OFFSET ?
            """, """
            SELECT id, organization_id, owner_id, kind, name, scopes, addresses, last_four, minted_by, creator_id,
                   created_at, modified_at, modifier_id, expires_at, last_used_at
            FROM listed_credential
            WHERE organization_id = ? AND kind IN ('personal_access_token', 'service_access_token')
              AND owner_id = ? AND name_folded LIKE ? ESCAPE '!'
            ORDER BY created_at, id LIMIT ? OFFSET ?
            """),
    CREATED_DESCENDING("-created_at", """
            SELECT id, organization_id, owner_id, kind, name, scopes, addresses, last_four, minted_by, creator_id,
                   created_at, modified_at, modifier_id, expires_at, last_used_at
            FROM listed_credential
            WHERE organization_id = ? AND kind IN ('personal_access_token', 'service_access_token')
              AND (? = '' OR ? LIKE '%' || owner_id || '%') AND name_folded LIKE ? ESCAPE '!'
            ORDER BY created_at DESC, id LIMIT ? OFFSET ?
            """, """
            SELECT id, organization_id, owner_id, kind, name, scopes, addresses, last_four, minted_by, creator_id,
                   created_at, modified_at, modifier_id, expires_at, last_used_at
            FROM listed_credential
            WHERE organization_id = ? AND kind IN ('personal_access_token', 'service_access_token')
              AND owner_id = ? AND name_folded LIKE ? ESCAPE '!'
            ORDER BY created_at DESC, id LIMIT ? OFFSET ?
            """),
    EXPIRES("expires_at", """
            SELECT id, organization_id, owner_id, kind, name, scopes, addresses, last_four, minted_by, creator_id,
                   created_at, modified_at, modifier_id, expires_at, last_used_at
            FROM listed_credential
            WHERE organization_id = ? AND kind IN ('personal_access_token', 'service_access_token')
              AND (? = '' OR ? LIKE '%' || owner_id || '%') AND name_folded LIKE ? ESCAPE '!'
            ORDER BY expires_at, id LIMIT ? OFFSET ?
            """, """
            SELECT id, organization_id, owner_id, kind, name, scopes, addresses, last_four, minted_by, creator_id,
                   created_at, modified_at, modifier_id, expires_at, last_used_at
            FROM listed_credential
            WHERE organization_id = ? AND kind IN ('personal_access_token', 'service_access_token')
              AND owner_id = ? AND name_folded LIKE ? ESCAPE '!'
            ORDER BY expires_at, id LIMIT ? OFFSET ?
            """),
    EXPIRES_DESCENDING("-expires_at", """
            SELECT id, organization_id, owner_id, kind, name, scopes, addresses, last_four, minted_by, creator_id,
                   created_at, modified_at, modifier_id, expires_at, last_used_at
            FROM listed_credential
            WHERE organization_id = ? AND kind IN ('personal_access_token', 'service_access_token')
              AND (? = '' OR ? LIKE '%' || owner_id || '%') AND name_folded LIKE ? ESCAPE '!'
            ORDER BY expires_at DESC, id LIMIT ? OFFSET ?
            """, """
            SELECT id, organization_id, owner_id, kind, name, scopes, addresses, last_four, minted_by, creator_id,
                   created_at, modified_at, modifier_id, expires_at, last_used_at
            FROM listed_credential
            WHERE organization_id = ? AND kind IN ('personal_access_token', 'service_access_token')
              AND owner_id = ? AND name_folded LIKE ? ESCAPE '!'
            ORDER BY expires_at DESC, id LIMIT ? OFFSET ?
            """),
    LAST_USED("last_used_at", """
            SELECT id, organization_id, owner_id, kind, name, scopes, addresses, last_four, minted_by, creator_id,
                   created_at, modified_at, modifier_id, expires_at, last_used_at
            FROM listed_credential
            WHERE organization_id = ? AND kind IN ('personal_access_token', 'service_access_token')
              AND (? = '' OR ? LIKE '%' || owner_id || '%') AND name_folded LIKE ? ESCAPE '!'
            ORDER BY last_used_at NULLS FIRST, id LIMIT ? OFFSET ?
            """, """
            SELECT id, organization_id, owner_id, kind, name, scopes, addresses, last_four, minted_by, creator_id,
                   created_at, modified_at, modifier_id, expires_at, last_used_at
            FROM listed_credential
            WHERE organization_id = ? AND kind IN ('personal_access_token', 'service_access_token')
              AND owner_id = ? AND name_folded LIKE ? ESCAPE '!'
            ORDER BY last_used_at NULLS FIRST, id LIMIT ? OFFSET ?
            """),
    LAST_USED_DESCENDING("-last_used_at", """
            SELECT id, organization_id, owner_id, kind, name, scopes, addresses, last_four, minted_by, creator_id,
                   created_at, modified_at, modifier_id, expires_at, last_used_at
            FROM listed_credential
            WHERE organization_id = ? AND kind IN ('personal_access_token', 'service_access_token')
              AND (? = '' OR ? LIKE '%' || owner_id || '%') AND name_folded LIKE ? ESCAPE '!'
            ORDER BY last_used_at DESC NULLS LAST, id LIMIT ? OFFSET ?
            """, """
            SELECT id, organization_id, owner_id, kind, name, scopes, addresses, last_four, minted_by, creator_id,
                   created_at, modified_at, modifier_id, expires_at, last_used_at
            FROM listed_credential
            WHERE organization_id = ? AND kind IN ('personal_access_token', 'service_access_token')
              AND owner_id = ? AND name_folded LIKE ? ESCAPE '!'
            ORDER BY last_used_at DESC NULLS LAST, id LIMIT ? OFFSET ?
            """);

    private final String code;
    private final String ofAll;
    private final String ofOne;

    TokenSort(String code, String ofAll, String ofOne) {
        this.code = code;
        this.ofAll = ofAll;
        this.ofOne = ofOne;
    }

    /** Tokens of a list of owners, or of everybody where the list is empty. */
    String ofAll() {
        return ofAll;
    }

    /** Tokens of one owner. */
    String ofOne() {
        return ofOne;
    }

    /** The word of the wire. */
    static Optional<TokenSort> parse(String code) {
        return Arrays.stream(values()).filter(sort -> sort.code.equals(code)).findFirst();
    }
}
