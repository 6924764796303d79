package dev.sallyport.directory;

import dev.sallyport.identity.DisplayName;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.identity.User;
import dev.sallyport.permission.ManagedRole;
import dev.sallyport.sql.Row;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** The {@code principal} table. */
final class UserStore {

    /** Returns false if another user of the organization, not removed, has that address in another spelling or the same. */
    boolean insert(Transaction transaction, User user) {
        return transaction
                        .sql("""
                                INSERT INTO principal (id, organization_id, email, email_folded, name, name_folded, state,
                                    epoch, created_at, modified_at)
                                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                                ON CONFLICT (organization_id, email_folded) WHERE state <> 'removed' DO NOTHING
                                """)
                        .with(
                                user.id().value(),
                                user.organization().value(),
                                user.email(),
                                DisplayName.folded(user.email()),
                                user.name(),
                                DisplayName.folded(user.name()),
                                code(user.state()),
                                user.epoch(),
                                user.createdAt(),
                                user.modifiedAt())
                        .update()
                == 1;
    }

    /**
     * Disables or removes a user and raises the epoch. Nothing happens to one who is in that state already, who was removed,
     * or who is the last active administrator.
     */
    Optional<User> retire(
            Transaction transaction, OrganizationId organization, PrincipalId id, User.State to, Instant at) {
        // Two administrators who leave at once would each see the other stay: the second waits here, and then sees.
        transaction
                .sql("UPDATE role SET managed = managed WHERE organization_id = ? AND managed = 'admin'")
                .with(organization.value())
                .update();
        return transaction
                .sql("""
                        UPDATE principal SET state = ?, epoch = epoch + 1, modified_at = ?
                        WHERE organization_id = ? AND id = ? AND state <> ? AND state <> 'removed'
                            AND (EXISTS (
                                    SELECT 1 FROM principal other
                                    JOIN role_member m ON m.principal_id = other.id
                                    JOIN role r ON r.id = m.role_id
                                    WHERE other.organization_id = principal.organization_id AND r.managed = 'admin'
                                        AND other.state = 'active' AND other.id <> principal.id)
                                OR NOT EXISTS (
                                    SELECT 1 FROM role_member m
                                    JOIN role r ON r.id = m.role_id
                                    WHERE m.organization_id = principal.organization_id AND r.managed = 'admin'
                                        AND m.principal_id = principal.id))
                        RETURNING id, organization_id, email, name, state, epoch, created_at, modified_at
                        """)
                .with(code(to), at, organization.value(), id.value(), code(to))
                .map(UserStore::read)
                .optional();
    }

    /** Makes a disabled user active again and raises the epoch. Nothing happens to any other. */
    Optional<User> enable(Transaction transaction, OrganizationId organization, PrincipalId id, Instant at) {
        return transaction
                .sql("""
                        UPDATE principal SET state = 'active', epoch = epoch + 1, modified_at = ?
                        WHERE organization_id = ? AND id = ? AND state = 'disabled'
                        RETURNING id, organization_id, email, name, state, epoch, created_at, modified_at
                        """)
                .with(at, organization.value(), id.value())
                .map(UserStore::read)
                .optional();
    }

    /** Every user of every organization with its roles, in one pass. */
    void all(Transaction transaction, Consumer<UserFact> action) {
        transaction.sql("""
                        SELECT id, organization_id, email, name, state, epoch, created_at, modified_at,
                            holds_admin, holds_standard, holds_read_only
                        FROM user_fact
                        """).map(UserStore::readFact).forEach(action);
    }

    /** Every user of one organization with its roles. */
    void of(Transaction transaction, OrganizationId organization, Consumer<UserFact> action) {
        transaction.sql("""
                        SELECT id, organization_id, email, name, state, epoch, created_at, modified_at,
                            holds_admin, holds_standard, holds_read_only
                        FROM user_fact
                        WHERE organization_id = ?
                        """).with(organization.value()).map(UserStore::readFact).forEach(action);
    }

    Optional<UserFact> find(Transaction transaction, OrganizationId organization, PrincipalId id) {
        return transaction
                .sql("""
                        SELECT id, organization_id, email, name, state, epoch, created_at, modified_at,
                            holds_admin, holds_standard, holds_read_only
                        FROM user_fact
                        WHERE organization_id = ? AND id = ?
                        """)
                .with(organization.value(), id.value())
                .map(UserStore::readFact)
                .optional();
    }

    /** A page of those who hold a role. */
    List<UserFact> holding(Transaction transaction, OrganizationId organization, RoleId role, ListQuery query) {
        var pattern = containing(query.filter());
        return transaction
                .sql("""
                        SELECT p.id, p.organization_id, p.email, p.name, p.state, p.epoch, p.created_at, p.modified_at,
                            p.holds_admin, p.holds_standard, p.holds_read_only
                        FROM role_member wanted
                        JOIN user_fact p ON p.id = wanted.principal_id
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
                .map(UserStore::readFact)
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

    private static String containing(String part) {
        return "%" + part.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
    }

    private static String code(User.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static UserFact readFact(Row row) {
        var roles = EnumSet.noneOf(ManagedRole.class);
        for (var role : ManagedRole.values()) {
            if (row.number("holds_" + role.code()) == 1) {
                roles.add(role);
            }
        }
        return new UserFact(read(row), roles);
    }

    private static User read(Row row) {
        return new User(
                new PrincipalId(row.uuid("id")),
                new OrganizationId(row.uuid("organization_id")),
                row.text("email"),
                row.text("name"),
                User.State.valueOf(row.text("state").toUpperCase(Locale.ROOT)),
                row.integer("epoch"),
                row.instant("created_at"),
                row.instant("modified_at"));
    }
}
