package dev.sallyport.rule;

import dev.sallyport.credential.CredentialStore;
import dev.sallyport.credential.StoredCredential;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.sql.Row;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The {@code credential_rules} table, and what rules look at beside it. */
final class RuleStore {

    /** @param revision how often they were set; 0 for never */
    record Stored(CredentialRules rules, int revision) {}

    /**
     * Takes the rules until the commit, and makes the row where there is none: a creation and a change of the rules never pass
     * each other unseen.
     */
    Stored hold(Transaction transaction, OrganizationId organization, Instant at) {
        return transaction
                .sql("""
                        INSERT INTO credential_rules (organization_id, document, revision, modified_at)
                        VALUES (?, '{}', 0, ?)
                        ON CONFLICT (organization_id) DO UPDATE SET revision = credential_rules.revision
                        RETURNING document, revision
                        """)
                .with(organization.value(), at)
                .map(RuleStore::read)
                .one();
    }

    Stored find(Transaction transaction, OrganizationId organization) {
        return transaction
                .sql("SELECT document, revision FROM credential_rules WHERE organization_id = ?")
                .with(organization.value())
                .map(RuleStore::read)
                .optional()
                .orElseGet(() -> new Stored(CredentialRules.STANDARD, 0));
    }

    /** Of every organization that has any. */
    void each(Transaction transaction, BiConsumer<OrganizationId, Stored> consumer) {
        record Owned(OrganizationId organization, Stored stored) {}

        transaction
                .sql("SELECT organization_id, document, revision FROM credential_rules")
                .map(row -> new Owned(new OrganizationId(row.uuid("organization_id")), read(row)))
                .forEach(owned -> consumer.accept(owned.organization(), owned.stored()));
    }

    /** While {@link #hold} holds them. */
    void write(Transaction transaction, OrganizationId organization, Stored stored, Instant at) {
        transaction
                .sql("""
                        UPDATE credential_rules SET document = ?, revision = ?, modified_at = ?
                        WHERE organization_id = ?
                        """)
                .with(RulesDocument.write(stored.rules()), stored.revision(), at, organization.value())
                .update();
    }

    Set<String> rolesOf(Transaction transaction, OrganizationId organization, PrincipalId principal) {
        return transaction
                .sql("SELECT role_id FROM role_member WHERE organization_id = ? AND principal_id = ?")
                .with(organization.value(), principal.value())
                .map(row -> row.text("role_id"))
                .list()
                .stream()
                .collect(Collectors.toUnmodifiableSet());
    }

    Set<String> roles(Transaction transaction, OrganizationId organization) {
        return transaction
                .sql("SELECT id FROM role WHERE organization_id = ?")
                .with(organization.value())
                .map(row -> row.text("id"))
                .list()
                .stream()
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Every credential of the organization that would be taken at a door, one by one. */
    void live(Transaction transaction, OrganizationId organization, Instant now, Consumer<StoredCredential> consumer) {
        transaction
                .sql("""
                        SELECT id, organization_id, owner_id, kind, name, scopes, addresses, last_four, minted_by, creator_id,
                               created_at, modified_at, modifier_id, expires_at, last_used_at
                        FROM listed_credential WHERE organization_id = ? AND (expires_at IS NULL OR expires_at > ?)
                        """)
                .with(organization.value(), now)
                .map(CredentialStore::listed)
                .forEach(consumer);
    }

    /** Live ones of a kind that were last used, or else created, before that moment: the first few. */
    List<StoredCredential> unused(
            Transaction transaction,
            OrganizationId organization,
            CredentialKind kind,
            Instant before,
            Instant now,
            int most) {
        return transaction
                .sql("""
                        SELECT id, organization_id, owner_id, kind, name, scopes, addresses, last_four, minted_by, creator_id,
                               created_at, modified_at, modifier_id, expires_at, last_used_at
                        FROM listed_credential
                        WHERE organization_id = ? AND kind = ? AND created_at < ?
                          AND (last_used_at IS NULL OR last_used_at < ?) AND (expires_at IS NULL OR expires_at > ?)
                        LIMIT ?
                        """)
                .with(organization.value(), kind.code(), before, before, now, most)
                .map(CredentialStore::listed)
                .list();
    }

    /** Taken before many credentials end, so that two who end some of the same never wait for each other. */
    void holdOrganization(Transaction transaction, OrganizationId organization) {
        transaction
                .sql("UPDATE organization SET name = name WHERE id = ?")
                .with(organization.value())
                .update();
    }

    /** False if it has been revoked: the first revocation stands. */
    boolean end(Transaction transaction, StoredCredential credential, UUID revocation, Instant at) {
        return transaction
                        .sql("""
                                UPDATE credential SET revoked_at = ?, revocation_id = ?
                                WHERE organization_id = ? AND id = ? AND revoked_at IS NULL
                                """)
                        .with(
                                at,
                                revocation,
                                credential.organization().value(),
                                credential.id().value())
                        .update()
                == 1;
    }

    /** The same unless it has been used since that moment: the look that found it unused may be older. */
    boolean endUnused(
            Transaction transaction, StoredCredential credential, Instant before, UUID revocation, Instant at) {
        return transaction
                        .sql("""
                                UPDATE credential SET revoked_at = ?, revocation_id = ?
                                WHERE organization_id = ? AND id = ? AND revoked_at IS NULL
                                  AND NOT EXISTS (
                                      SELECT 1 FROM credential_use u
                                      WHERE u.organization_id = credential.organization_id
                                        AND u.credential_id = credential.id AND u.last_used_at >= ?)
                                """)
                        .with(
                                at,
                                revocation,
                                credential.organization().value(),
                                credential.id().value(),
                                before)
                        .update()
                == 1;
    }

    /** False if it has been revoked. */
    boolean setAddresses(
            Transaction transaction,
            StoredCredential credential,
            List<String> addresses,
            PrincipalId modifier,
            Instant at) {
        return transaction
                        .sql("""
                                UPDATE credential SET addresses = ?, modified_at = ?, modifier_id = ?
                                WHERE organization_id = ? AND id = ? AND revoked_at IS NULL
                                """)
                        .with(
                                addresses.isEmpty() ? null : String.join(" ", addresses),
                                at,
                                modifier.value(),
                                credential.organization().value(),
                                credential.id().value())
                        .update()
                == 1;
    }

    private static Stored read(Row row) {
        return new Stored(RulesDocument.read(row.text("document")), row.integer("revision"));
    }
}
