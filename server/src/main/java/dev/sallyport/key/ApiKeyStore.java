package dev.sallyport.key;

import dev.sallyport.credential.CredentialStore;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.DisplayName;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.sql.Row;
import dev.sallyport.sql.Transaction;
import java.util.List;
import java.util.Optional;

/** The {@code api_key} table, and API keys as people see them. */
final class ApiKeyStore {

    void insert(Transaction transaction, ApiKey key) {
        transaction
                .sql("""
                        INSERT INTO api_key (credential_id, organization_id, category, remote_config_read_enabled)
                        VALUES (?, ?, ?, ?)
                        """)
                .with(
                        key.credential().id().value(),
                        key.credential().organization().value(),
                        key.category(),
                        key.isRemoteConfigReadEnabled() ? 1 : 0)
                .update();
    }

    void edit(Transaction transaction, ApiKey key) {
        transaction
                .sql("""
                        UPDATE api_key SET category = ?, remote_config_read_enabled = ?
                        WHERE organization_id = ? AND credential_id = ?
                        """)
                .with(
                        key.category(),
                        key.isRemoteConfigReadEnabled() ? 1 : 0,
                        key.credential().organization().value(),
                        key.credential().id().value())
                .update();
    }

    Optional<ApiKey> find(Transaction transaction, OrganizationId organization, CredentialId id) {
        return transaction
                .sql("""
                        SELECT c.id, c.organization_id, c.owner_id, c.kind, c.name, c.scopes, c.addresses, c.last_four,
                               c.minted_by, c.creator_id, c.created_at, c.modified_at, c.modifier_id, c.expires_at,
                               c.last_used_at, k.category, k.remote_config_read_enabled
                        FROM listed_credential c JOIN api_key k ON k.credential_id = c.id
                        WHERE c.organization_id = ? AND c.id = ? AND c.kind = 'api_key'
                        """)
                .with(organization.value(), id.value())
                .map(ApiKeyStore::read)
                .optional();
    }

    /** The live key of that name, in any case. */
    Optional<CredentialId> named(Transaction transaction, OrganizationId organization, String name) {
        return transaction
                .sql("""
                        SELECT id FROM credential
                        WHERE organization_id = ? AND name_folded = ? AND kind = 'api_key' AND revoked_at IS NULL
                        """)
                .with(organization.value(), DisplayName.folded(name))
                .map(row -> new CredentialId(row.uuid("id")))
                .optional();
    }

    List<ApiKey> list(Transaction transaction, OrganizationId organization, KeyQuery query) {
        return transaction
                .sql("""
                        SELECT c.id, c.organization_id, c.owner_id, c.kind, c.name, c.scopes, c.addresses, c.last_four,
                               c.minted_by, c.creator_id, c.created_at, c.modified_at, c.modifier_id, c.expires_at,
                               c.last_used_at, k.category, k.remote_config_read_enabled
                        FROM listed_credential c JOIN api_key k ON k.credential_id = c.id
                        WHERE c.organization_id = ? AND c.kind = 'api_key' AND c.name_folded LIKE ? ESCAPE '!'
                          AND c.created_at >= ? AND c.created_at <= ?
                          AND COALESCE(c.modified_at, c.created_at) >= ? AND COALESCE(c.modified_at, c.created_at) <= ?
                          AND (? = '' OR k.category = ?) AND (? = -1 OR k.remote_config_read_enabled = ?)
                        ORDER BY
                            CASE ? WHEN 'name' THEN c.name_folded WHEN 'last4' THEN c.last_four END,
                            CASE ? WHEN '-name' THEN c.name_folded WHEN '-last4' THEN c.last_four END DESC,
                            CASE ? WHEN 'created_at' THEN c.created_at
                                WHEN 'modified_at' THEN COALESCE(c.modified_at, c.created_at) END,
                            CASE ? WHEN '-created_at' THEN c.created_at
                                WHEN '-modified_at' THEN COALESCE(c.modified_at, c.created_at) END DESC,
                            c.id
                        LIMIT ? OFFSET ?
                        """)
                .with(
                        organization.value(),
                        query.pattern(),
                        query.created().start(),
                        query.created().end(),
                        query.modified().start(),
                        query.modified().end(),
                        query.category(),
                        query.category(),
                        query.remoteConfig(),
                        query.remoteConfig(),
                        query.sort(),
                        query.sort(),
                        query.sort(),
                        query.sort(),
                        query.size(),
                        query.offset())
                .map(ApiKeyStore::read)
                .list();
    }

    /** How many keys all pages hold. */
    long count(Transaction transaction, OrganizationId organization, KeyQuery query) {
        return transaction
                .sql("""
                        SELECT count(*) AS found
                        FROM listed_credential c JOIN api_key k ON k.credential_id = c.id
                        WHERE c.organization_id = ? AND c.kind = 'api_key' AND c.name_folded LIKE ? ESCAPE '!'
                          AND c.created_at >= ? AND c.created_at <= ?
                          AND COALESCE(c.modified_at, c.created_at) >= ? AND COALESCE(c.modified_at, c.created_at) <= ?
                          AND (? = '' OR k.category = ?) AND (? = -1 OR k.remote_config_read_enabled = ?)
                        """)
                .with(
                        organization.value(),
                        query.pattern(),
                        query.created().start(),
                        query.created().end(),
                        query.modified().start(),
                        query.modified().end(),
                        query.category(),
                        query.category(),
                        query.remoteConfig(),
                        query.remoteConfig())
                .map(row -> row.number("found"))
                .one();
    }

    private static ApiKey read(Row row) {
        return new ApiKey(
                CredentialStore.listed(row), row.text("category"), row.number("remote_config_read_enabled") != 0);
    }
}
