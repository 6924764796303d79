package dev.sallyport.credential;

import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.permission.Permissions;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The {@code credential} table, many rows at a time: who is meant, what came of them, and their end. */
final class InventoryStore {

    /** Before every credential. */
    static final Place START = new Place(Instant.EPOCH, new UUID(0, 0));

    /** A place in the order of the list: by creation, then by id. */
    record Place(Instant createdAt, UUID id) {
        static Place of(StoredCredential credential) {
            return new Place(credential.createdAt(), credential.id().value());
        }
    }

    /** The live ones after that place, in order. */
    List<StoredCredential> list(
            Transaction transaction,
            OrganizationId organization,
            CredentialFilter filter,
            Place after,
            int most,
            Instant now) {
        var values = new ArrayList<@Nullable Object>();
        values.add(organization.value());
        values.add(after.createdAt());
        values.add(after.id());
        addTo(values, filter, now);
        values.add(most);
        return transaction
                .sql("""
                        SELECT id, organization_id, owner_id, kind, name, scopes, addresses, last_four, minted_by, creator_id,
                               created_at, modified_at, modifier_id, expires_at, last_used_at
                        FROM listed_credential
                        WHERE organization_id = ? AND (created_at, id) > (CAST(? AS BIGINT), CAST(? AS TEXT))
                          AND (expires_at IS NULL OR expires_at > ?)
                          AND kind IN (?, ?, ?, ?)
                          AND (CAST(? AS TEXT) IS NULL OR owner_id = ?)
                          AND (CAST(? AS TEXT) IS NULL OR creator_id = ?)
                          AND (CAST(? AS TEXT) IS NULL OR minted_by = ?)
                          AND (CAST(? AS TEXT) IS NULL OR (kind <> 'api_key' AND (scopes IS NULL
                              OR replace(' ' || scopes || ' ', ' ' || CAST(? AS TEXT) || ' ', '') <> ' ' || scopes || ' '
                              OR replace(' ' || scopes || ' ', ' ' || CAST(? AS TEXT) || ' ', '') <> ' ' || scopes || ' ')))
                          AND (CAST(? AS TEXT) = '%%' OR name_folded LIKE ? ESCAPE '!')
                          AND (CAST(? AS BIGINT) IS NULL OR created_at >= ?)
                          AND (CAST(? AS BIGINT) IS NULL OR created_at < ?)
                          AND (CAST(? AS BIGINT) IS NULL OR coalesce(last_used_at, created_at) < ?)
                          AND (CAST(? AS INTEGER) = 0 OR last_used_at IS NULL)
                          AND (CAST(? AS BIGINT) IS NULL OR expires_at < ?)
                          AND (CAST(? AS INTEGER) = 0 OR expires_at IS NULL)
                        ORDER BY created_at, id
                        LIMIT ?
                        """)
                .with(values.toArray())
                .map(CredentialStore::listed)
                .list();
    }

    /** How many live ones there are; counts no further than {@code most}. */
    long count(Transaction transaction, OrganizationId organization, CredentialFilter filter, int most, Instant now) {
        var values = new ArrayList<@Nullable Object>();
        values.add(organization.value());
        addTo(values, filter, now);
        values.add(most);
        return transaction
                .sql("""
                        SELECT count(*) AS found FROM (
                            SELECT id FROM listed_credential
                            WHERE organization_id = ?
                              AND (expires_at IS NULL OR expires_at > ?)
                              AND kind IN (?, ?, ?, ?)
                              AND (CAST(? AS TEXT) IS NULL OR owner_id = ?)
                              AND (CAST(? AS TEXT) IS NULL OR creator_id = ?)
                              AND (CAST(? AS TEXT) IS NULL OR minted_by = ?)
                              AND (CAST(? AS TEXT) IS NULL OR (kind <> 'api_key' AND (scopes IS NULL
                                  OR replace(' ' || scopes || ' ', ' ' || CAST(? AS TEXT) || ' ', '') <> ' ' || scopes || ' '
                                  OR replace(' ' || scopes || ' ', ' ' || CAST(? AS TEXT) || ' ', '') <> ' ' || scopes || ' ')))
                              AND (CAST(? AS TEXT) = '%%' OR name_folded LIKE ? ESCAPE '!')
                              AND (CAST(? AS BIGINT) IS NULL OR created_at >= ?)
                              AND (CAST(? AS BIGINT) IS NULL OR created_at < ?)
                              AND (CAST(? AS BIGINT) IS NULL OR coalesce(last_used_at, created_at) < ?)
                              AND (CAST(? AS INTEGER) = 0 OR last_used_at IS NULL)
                              AND (CAST(? AS BIGINT) IS NULL OR expires_at < ?)
                              AND (CAST(? AS INTEGER) = 0 OR expires_at IS NULL)
                            LIMIT ?
                        ) found
                        """)
                .with(values.toArray())
                .map(row -> row.number("found"))
                .one();
    }

    /** In the order of the places in the texts above, where each value stands where it is asked for and where it is used. */
    private static void addTo(List<@Nullable Object> values, CredentialFilter filter, Instant now) {
        values.add(now);
        values.addAll(fourKinds(filter.kinds()));
        addTwice(values, filter.owner() == null ? null : filter.owner().value());
        addTwice(values, filter.creator() == null ? null : filter.creator().value());
        addTwice(values, filter.mintedBy() == null ? null : filter.mintedBy().value());
        addTwice(values, filter.scope());
        values.add(impliedBy(filter.scope()));
        addTwice(values, filter.pattern());
        addTwice(values, filter.createdAfter());
        addTwice(values, filter.createdBefore());
        addTwice(values, filter.lastUsedBefore());
        values.add(filter.isNeverUsed() ? 1 : 0);
        addTwice(values, filter.expiresBefore());
        values.add(filter.isNeverExpiring() ? 1 : 0);
    }

    private static void addTwice(List<@Nullable Object> values, @Nullable Object value) {
        values.add(value);
        values.add(value);
    }

    /** The scope that carries this one as well; see {@link Permissions#IMPORTING}. */
    private static @Nullable String impliedBy(@Nullable String scope) {
        return scope != null && scope.indexOf(Permissions.NAMESPACE_SEPARATOR) > 0 ? Permissions.IMPORTING : scope;
    }

    /** Null equals nothing, so that fewer kinds fill the rest of the places with it. */
    private static List<@Nullable Object> fourKinds(Set<CredentialKind> kinds) {
        var stored = kinds.isEmpty() ? Set.copyOf(Credentials.STORED) : kinds;
        var codes = new ArrayList<@Nullable Object>();
        for (var kind : Credentials.STORED) {
            codes.add(stored.contains(kind) ? kind.code() : null);
        }
        return codes;
    }

    /** Those of the named that are live. */
    List<StoredCredential> named(
            Transaction transaction, OrganizationId organization, Collection<CredentialId> ids, Instant now) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return transaction
                .sql("""
                        WITH RECURSIVE place(n) AS (
                            SELECT 0 UNION ALL SELECT n + 1 FROM place WHERE n + 1 < CAST(? AS INTEGER)
                        ), named(id) AS (
                            SELECT substr(CAST(? AS TEXT), n * 36 + 1, 36) FROM place
                        )
                        SELECT id, organization_id, owner_id, kind, name, scopes, addresses, last_four, minted_by, creator_id,
                               created_at, modified_at, modifier_id, expires_at, last_used_at
                        FROM listed_credential
                        WHERE organization_id = ? AND id IN (SELECT id FROM named)
                          AND (expires_at IS NULL OR expires_at > ?)
                        ORDER BY created_at, id
                        """)
                .with(ids.size(), text(ids), organization.value(), now)
                .map(CredentialStore::listed)
                .list();
    }

    /**
     * The live credentials of those kinds that any of the named have minted, directly or not, but for one that is spared. What
     * is no longer live is walked through: what it minted may live on.
     */
    List<StoredCredential> descendants(
            Transaction transaction,
            OrganizationId organization,
            Collection<CredentialId> ids,
            Set<CredentialKind> kinds,
            @Nullable CredentialId spared,
            int most,
            Instant now) {
        if (ids.isEmpty()) {
            return List.of();
        }
        var values = new ArrayList<@Nullable Object>();
        values.add(ids.size());
        values.add(text(ids));
        values.add(organization.value());
        values.add(organization.value());
        values.add(organization.value());
        values.addAll(fourKinds(kinds));
        values.add(spared == null ? new UUID(0, 0) : spared.value());
        values.add(now);
        values.add(most);
        return transaction
                .sql("""
                        WITH RECURSIVE place(n) AS (
                            SELECT 0 UNION ALL SELECT n + 1 FROM place WHERE n + 1 < CAST(? AS INTEGER)
                        ), named(id) AS (
                            SELECT substr(CAST(? AS TEXT), n * 36 + 1, 36) FROM place
                        ), descendant(id) AS (
                            SELECT child.id FROM named JOIN credential child ON child.minted_by = named.id
                            WHERE child.organization_id = ?
                            UNION
                            SELECT child.id FROM descendant JOIN credential child ON child.minted_by = descendant.id
                            WHERE child.organization_id = ?
                        )
                        SELECT id, organization_id, owner_id, kind, name, scopes, addresses, last_four, minted_by, creator_id,
                               created_at, modified_at, modifier_id, expires_at, last_used_at
                        FROM listed_credential
                        WHERE organization_id = ? AND id IN (SELECT id FROM descendant)
                          AND kind IN (?, ?, ?, ?) AND id <> ?
                          AND (expires_at IS NULL OR expires_at > ?)
                        LIMIT ?
                        """)
                .with(values.toArray())
                .map(CredentialStore::listed)
                .list();
    }

    /** Ids without anything between: each has 36 characters. */
    private static String text(Collection<?> ids) {
        return ids.stream().map(Object::toString).collect(Collectors.joining());
    }

    /** @param isLive as it stands now */
    record Ancestor(CredentialId id, CredentialKind kind, String name, boolean isLive) {}

    /** What minted it, what minted that, and so on, in whatever state; nearest first, and at most a hundred. */
    List<Ancestor> ancestors(Transaction transaction, OrganizationId organization, CredentialId id, Instant now) {
        return transaction
                .sql("""
                        WITH RECURSIVE ancestor(id, step) AS (
                            SELECT minted_by, 1 FROM credential WHERE organization_id = ? AND id = ?
                            UNION ALL
                            SELECT parent.minted_by, ancestor.step + 1
                            FROM ancestor JOIN credential parent ON parent.id = ancestor.id
                            WHERE parent.organization_id = ? AND ancestor.step < 100
                        )
                        SELECT c.id, c.kind, c.name, (
                            SELECT count(*) FROM listed_credential live
                            WHERE live.organization_id = ? AND live.id = c.id
                              AND (live.expires_at IS NULL OR live.expires_at > ?)
                        ) AS live
                        FROM ancestor JOIN credential c ON c.id = ancestor.id
                        WHERE c.organization_id = ?
                        ORDER BY ancestor.step
                        """)
                .with(
                        organization.value(),
                        id.value(),
                        organization.value(),
                        organization.value(),
                        now,
                        organization.value())
                .map(row -> new Ancestor(
                        new CredentialId(row.uuid("id")),
                        CredentialStore.kind(row),
                        row.text("name"),
                        row.number("live") == 1))
                .list();
    }

    /** As whom they act, for those that have an owner. */
    Map<PrincipalId, CredentialOwner> owners(
            Transaction transaction, OrganizationId organization, List<StoredCredential> credentials) {
        var ids = credentials.stream()
                .map(StoredCredential::owner)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        if (ids.isEmpty()) {
            return Map.of();
        }
        var owners = new HashMap<PrincipalId, CredentialOwner>();
        transaction
                .sql("""
                        WITH RECURSIVE place(n) AS (
                            SELECT 0 UNION ALL SELECT n + 1 FROM place WHERE n + 1 < CAST(? AS INTEGER)
                        ), named(id) AS (
                            SELECT substr(CAST(? AS TEXT), n * 36 + 1, 36) FROM place
                        )
                        SELECT id, kind, name, email FROM principal
                        WHERE organization_id = ? AND id IN (SELECT id FROM named)
                        """)
                .with(ids.size(), text(ids), organization.value())
                .map(row -> new CredentialOwner(
                        new PrincipalId(row.uuid("id")), row.text("kind"), row.text("name"), row.text("email")))
                .forEach(owner -> owners.put(owner.id(), owner));
        return owners;
    }

    /**
     * Makes the acts that end many credentials of an organization wait for each other: two that took the same rows in different
     * orders would each wait for ever.
     */
    void hold(Transaction transaction, OrganizationId organization) {
        transaction
                .sql("UPDATE organization SET name = name WHERE id = ?")
                .with(organization.value())
                .update();
    }

    /** Those that were not revoked before: the first revocation stands. */
    List<StoredCredential> end(
            Transaction transaction, List<StoredCredential> credentials, UUID revocation, Instant at) {
        var each = new ArrayList<@Nullable Object[]>(credentials.size());
        for (var credential : credentials) {
            each.add(new Object[] {
                at,
                revocation,
                credential.organization().value(),
                credential.id().value()
            });
        }
        var counts = transaction.sql("""
                        UPDATE credential SET revoked_at = ?, revocation_id = ?
                        WHERE organization_id = ? AND id = ? AND revoked_at IS NULL
                        """).updateEach(each);
        var ended = new ArrayList<StoredCredential>(credentials.size());
        for (var i = 0; i < counts.length; i++) {
            if (counts[i] == 1) {
                ended.add(credentials.get(i));
            }
        }
        return ended;
    }
}
