package dev.sallyport.directory;

import dev.sallyport.identity.Caller;
import dev.sallyport.identity.DisplayName;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.Principal;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.sql.Row;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The {@code principal} table. */
final class PrincipalStore {

    /** Returns false if another user of the organization, not removed, has that address in another spelling or the same. */
    boolean insert(Transaction transaction, Principal user) {
        var owner = user.owner();
        return transaction
                        .sql("""
                                INSERT INTO principal (id, organization_id, kind, email, email_folded, name, name_folded,
                                    title, state, epoch, owner_id, invited_at, created_at, modified_at)
                                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                                ON CONFLICT (organization_id, email_folded)
                                    WHERE state <> 'removed' AND kind = 'user' DO NOTHING
                                """)
                        .with(
                                user.id().value(),
                                user.organization().value(),
                                user.kind().code(),
                                user.email(),
                                DisplayName.folded(user.email()),
                                user.name(),
                                DisplayName.folded(user.name()),
                                user.title(),
                                code(user.state()),
                                user.epoch(),
                                owner == null ? null : owner.value(),
                                user.state() == Principal.State.PENDING ? user.createdAt() : null,
                                user.createdAt(),
                                user.modifiedAt())
                        .update()
                == 1;
    }

    /**
     * Disables or removes a principal and raises the epoch; an invited user is disabled for good by it, until enabled. Nothing
     * happens to one that is in that state already, that was removed, or to the last active user who is an administrator.
     */
    Optional<Principal> retire(
            Transaction transaction, OrganizationId organization, PrincipalId id, Principal.State to, Instant at) {
        // Two administrators who leave at once would each see the other stay: the second waits here, and then sees.
        transaction
                .sql("UPDATE role SET managed = managed WHERE organization_id = ? AND managed = 'admin'")
                .with(organization.value())
                .update();
        return transaction
                .sql("""
                        UPDATE principal SET state = ?, epoch = epoch + 1, invited_at = NULL, modified_at = ?
                        WHERE organization_id = ? AND id = ? AND state <> 'removed'
                            AND (state <> ? OR invited_at IS NOT NULL)
                            AND (principal.kind <> 'user'
                                OR EXISTS (
                                    SELECT 1 FROM principal other
                                    JOIN role_member m ON m.principal_id = other.id
                                    JOIN role r ON r.id = m.role_id
                                    WHERE other.organization_id = principal.organization_id AND r.managed = 'admin'
                                        AND other.kind = 'user' AND other.state = 'active' AND other.id <> principal.id)
                                OR NOT EXISTS (
                                    SELECT 1 FROM role_member m
                                    JOIN role r ON r.id = m.role_id
                                    WHERE m.organization_id = principal.organization_id AND r.managed = 'admin'
                                        AND m.principal_id = principal.id))
                        RETURNING id, organization_id, kind, email, name, title,
                            state, epoch, owner_id, invited_at, created_at, modified_at
                        """)
                .with(code(to), at, organization.value(), id.value(), code(to))
                .map(PrincipalStore::read)
                .optional();
    }

    /** Makes a disabled user active again and raises the epoch. Nothing happens to any other. */
    Optional<Principal> enable(Transaction transaction, OrganizationId organization, PrincipalId id, Instant at) {
        return transaction
                .sql("""
                        UPDATE principal SET state = 'active', epoch = epoch + 1, modified_at = ?
                        WHERE organization_id = ? AND id = ? AND state = 'disabled' AND invited_at IS NULL
                        RETURNING id, organization_id, kind, email, name, title,
                            state, epoch, owner_id, invited_at, created_at, modified_at
                        """)
                .with(at, organization.value(), id.value())
                .map(PrincipalStore::read)
                .optional();
    }

    /** Takes the row of a user until the commit, if the epoch is still that one. Everybody takes it before the trail. */
    boolean hold(Transaction transaction, Principal user) {
        return transaction
                        .sql("""
                                UPDATE principal SET epoch = epoch
                                WHERE organization_id = ? AND id = ? AND epoch = ? AND state <> 'removed'
                                """)
                        .with(user.organization().value(), user.id().value(), user.epoch())
                        .update()
                == 1;
    }

    /** Makes a user active who is held and takes up an invitation, and raises the epoch. */
    Principal accept(Transaction transaction, Principal user, Instant at) {
        return transaction
                .sql("""
                        UPDATE principal SET state = 'active', epoch = epoch + 1, invited_at = NULL, modified_at = ?
                        WHERE organization_id = ? AND id = ?
                        RETURNING id, organization_id, kind, email, name, title,
                            state, epoch, owner_id, invited_at, created_at, modified_at
                        """)
                .with(at, user.organization().value(), user.id().value())
                .map(PrincipalStore::read)
                .one();
    }

    /** Whether a user has not come in yet, or is active and has no credential that works: enabled again, for instance. */
    boolean isInvitable(Transaction transaction, Principal user, Instant now) {
        return transaction
                        .sql("""
                                SELECT count(*) AS users FROM principal p
                                WHERE p.organization_id = ? AND p.id = ? AND p.kind = 'user' AND p.epoch = ?
                                    AND (p.invited_at IS NOT NULL OR p.state = 'active')
                                    AND NOT EXISTS (
                                        SELECT 1 FROM credential c
                                        WHERE c.organization_id = p.organization_id AND c.owner_id = p.id
                                            AND c.owner_epoch = p.epoch AND c.revoked_at IS NULL
                                            AND (c.expires_at IS NULL OR c.expires_at > ?))
                                """)
                        .with(user.organization().value(), user.id().value(), user.epoch(), now)
                        .map(row -> row.number("users"))
                        .one()
                == 1;
    }

    /** Writes name, address and title over what is there. Exact about the address while the organization's roles are taken. */
    void edit(Transaction transaction, Principal edited) {
        transaction
                .sql("""
                        UPDATE principal SET name = ?, name_folded = ?, email = ?, email_folded = ?, title = ?,
                            modified_at = ?
                        WHERE organization_id = ? AND id = ? AND state <> 'removed'
                        """)
                .with(
                        edited.name(),
                        DisplayName.folded(edited.name()),
                        edited.email(),
                        DisplayName.folded(edited.email()),
                        edited.title(),
                        edited.modifiedAt(),
                        edited.organization().value(),
                        edited.id().value())
                .update();
    }

    /** Whether a user of the organization other than that one, not removed, has the address in any spelling. */
    boolean isTaken(Transaction transaction, OrganizationId organization, String email, PrincipalId except) {
        return transaction
                        .sql("""
                                SELECT count(*) AS users FROM principal
                                WHERE organization_id = ? AND email_folded = ? AND state <> 'removed' AND kind = 'user'
                                    AND id <> ?
                                """)
                        .with(organization.value(), DisplayName.folded(email), except.value())
                        .map(row -> row.number("users"))
                        .one()
                > 0;
    }

    /** Every user of every organization with its roles, in one pass. */
    void all(Transaction transaction, Consumer<PrincipalFact> action) {
        transaction.sql("""
                        SELECT id, organization_id, kind, email, name, title, state, epoch, owner_id, invited_at, created_at, modified_at,
                            roles
                        FROM principal_fact
                        """).map(PrincipalStore::readFact).forEach(action);
    }

    /** Every user of one organization with its roles. */
    void of(Transaction transaction, OrganizationId organization, Consumer<PrincipalFact> action) {
        transaction
                .sql("""
                        SELECT id, organization_id, kind, email, name, title, state, epoch, owner_id, invited_at, created_at, modified_at,
                            roles
                        FROM principal_fact
                        WHERE organization_id = ?
                        """)
                .with(organization.value())
                .map(PrincipalStore::readFact)
                .forEach(action);
    }

    Optional<PrincipalFact> find(Transaction transaction, OrganizationId organization, PrincipalId id) {
        return transaction
                .sql("""
                        SELECT id, organization_id, kind, email, name, title, state, epoch, owner_id, invited_at, created_at, modified_at,
                            roles
                        FROM principal_fact
                        WHERE organization_id = ? AND id = ?
                        """)
                .with(organization.value(), id.value())
                .map(PrincipalStore::readFact)
                .optional();
    }

    /** Those that were not removed. */
    long countServiceAccounts(Transaction transaction, OrganizationId organization) {
        return transaction
                .sql("""
                        SELECT count(*) AS accounts FROM principal
                        WHERE organization_id = ? AND kind = 'service_account' AND state <> 'removed'
                        """)
                .with(organization.value())
                .map(row -> row.number("accounts"))
                .one();
    }

    /** A page of the service accounts that were not removed, by name, each with who answers for it. */
    List<OwnedAccount> serviceAccounts(Transaction transaction, OrganizationId organization, AccountQuery query) {
        return transaction
                .sql("""
                        SELECT p.id, p.organization_id, p.kind, p.email, p.name, p.title, p.state, p.epoch, p.owner_id,
                            p.invited_at, p.created_at, p.modified_at, p.roles,
                            o.email AS owner_email, o.name AS owner_name,
                            CASE WHEN o.state = 'active' THEN 1 ELSE 0 END AS is_owned
                        FROM principal_fact p
                        LEFT JOIN principal o ON o.id = p.owner_id AND o.organization_id = p.organization_id
                            AND o.kind = 'user' AND o.state <> 'removed'
                        WHERE p.organization_id = ? AND p.kind = 'service_account' AND p.state <> 'removed'
                            AND (? = '' OR p.owner_id = ? OR (? = 'none' AND (o.state IS NULL OR o.state <> 'active')))
                            AND (p.name_folded LIKE ? ESCAPE '!' OR p.email_folded LIKE ? ESCAPE '!')
                        ORDER BY p.name_folded, p.id
                        LIMIT ? OFFSET ?
                        """)
                .with(
                        organization.value(),
                        query.owner(),
                        query.owner(),
                        query.owner(),
                        containing(query.filter()),
                        containing(query.filter()),
                        query.size(),
                        query.offset())
                .map(row -> new OwnedAccount(
                        readFact(row),
                        row.optionalText("owner_name")
                                .map(name -> new OwnedAccount.Owner(name, row.text("owner_email"))),
                        row.number("is_owned") == 1))
                .list();
    }

    /** Makes somebody else answer for a service account that was not removed. */
    void handOver(
            Transaction transaction, OrganizationId organization, PrincipalId account, PrincipalId owner, Instant at) {
        transaction
                .sql("""
                        UPDATE principal SET owner_id = ?, modified_at = ?
                        WHERE organization_id = ? AND id = ? AND kind = 'service_account' AND state <> 'removed'
                        """)
                .with(owner.value(), at, organization.value(), account.value())
                .update();
    }

    /**
     * What the caller's credential is narrowed to, if it and the caller are live now.
     *
     * @param names empty where it is not narrowed
     */
    record Scopes(Optional<String> names) {}

    /** Empty if the caller or its credential has ended; says nothing about the moment of the commit. */
    Optional<Scopes> carried(Transaction transaction, Caller caller, Instant now) {
        return transaction
                .sql("""
                        SELECT c.scopes FROM credential c
                        JOIN principal p ON p.id = c.owner_id AND p.epoch = c.owner_epoch
                        WHERE c.organization_id = ? AND c.id = ? AND c.owner_id = ? AND c.revoked_at IS NULL
                            AND (c.expires_at IS NULL OR c.expires_at > ?) AND p.state = 'active' AND p.epoch = ?
                        """)
                .with(
                        caller.organization().id().value(),
                        caller.credential().id().value(),
                        caller.principal().id().value(),
                        now,
                        caller.principal().epoch())
                .map(row -> new Scopes(row.optionalText("scopes")))
                .optional();
    }

    /** A page of those who hold a role. */
    List<PrincipalFact> holding(Transaction transaction, OrganizationId organization, RoleId role, ListQuery query) {
        var pattern = containing(query.filter());
        return transaction
                .sql("""
                        SELECT p.id, p.organization_id, p.kind, p.email, p.name, p.title, p.state, p.epoch, p.owner_id,
                            p.invited_at, p.created_at, p.modified_at, p.roles
                        FROM role_member wanted
                        JOIN principal_fact p ON p.id = wanted.principal_id
                        WHERE wanted.organization_id = ? AND wanted.role_id = ?
                            AND (p.name_folded LIKE ? ESCAPE '!' OR p.email_folded LIKE ? ESCAPE '!')
                        ORDER BY
                            CASE ? WHEN 'name' THEN p.name_folded WHEN 'email' THEN p.email_folded
                                WHEN 'status' THEN p.state END,
                            CASE ? WHEN '-name' THEN p.name_folded WHEN '-email' THEN p.email_folded
                                WHEN '-status' THEN p.state END DESC,
                            p.id
                        LIMIT ? OFFSET ?
                        """)
                .with(
                        organization.value(),
                        role.value(),
                        pattern,
                        pattern,
                        query.sort(),
                        query.sort(),
                        query.size(),
                        query.offset())
                .map(PrincipalStore::readFact)
                .list();
    }

    long countHolding(Transaction transaction, OrganizationId organization, RoleId role, String filter) {
        var pattern = containing(filter);
        return transaction
                .sql("""
                        SELECT count(*) AS users FROM role_member wanted
                        JOIN principal p ON p.id = wanted.principal_id
                        WHERE wanted.organization_id = ? AND wanted.role_id = ?
                            AND (p.name_folded LIKE ? ESCAPE '!' OR p.email_folded LIKE ? ESCAPE '!')
                        """)
                .with(organization.value(), role.value(), pattern, pattern)
                .map(row -> row.number("users"))
                .one();
    }

    static String containing(String part) {
        return "%" + part.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
    }

    /** One who was invited is stored as disabled, so that whatever asks for the active ones alone is right. */
    private static String code(Principal.State state) {
        return switch (state) {
            case PENDING, DISABLED -> "disabled";
            case ACTIVE -> "active";
            case REMOVED -> "removed";
        };
    }

    static PrincipalFact readFact(Row row) {
        var roles = row.optionalText("roles").stream()
                .flatMap(ids -> Stream.of(ids.split(" ")))
                .flatMap(id -> RoleId.parse(id).stream())
                .collect(Collectors.toSet());
        return new PrincipalFact(read(row), roles);
    }

    static Principal read(Row row) {
        return new Principal(
                new PrincipalId(row.uuid("id")),
                new OrganizationId(row.uuid("organization_id")),
                Principal.Kind.valueOf(row.text("kind").toUpperCase(Locale.ROOT)),
                row.text("email"),
                row.text("name"),
                row.optionalText("title").orElse(null),
                state(row),
                row.integer("epoch"),
                row.optionalUuid("owner_id").map(PrincipalId::new).orElse(null),
                row.instant("created_at"),
                row.instant("modified_at"));
    }

    private static Principal.State state(Row row) {
        var state = Principal.State.valueOf(row.text("state").toUpperCase(Locale.ROOT));
        return state == Principal.State.DISABLED
                        && row.optionalInstant("invited_at").isPresent()
                ? Principal.State.PENDING
                : state;
    }
}
