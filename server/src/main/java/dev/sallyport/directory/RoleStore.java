package dev.sallyport.directory;

import dev.sallyport.identity.DisplayName;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.permission.ManagedRole;
import dev.sallyport.sql.Row;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The {@code role}, {@code role_permission} and {@code role_member} tables. */
final class RoleStore {

    void insertManaged(Transaction transaction, OrganizationId organization, ManagedRole role, Instant at) {
        transaction
                .sql("""
                        INSERT INTO role (id, organization_id, name, name_folded, managed, created_at, modified_at)
                        VALUES (?, ?, ?, ?, ?, ?, ?)
                        """)
                .with(
                        RoleId.random().value(),
                        organization.value(),
                        role.title(),
                        DisplayName.folded(role.title()),
                        role.code(),
                        at,
                        at)
                .update();
    }

    /**
     * Takes the roles of an organization until the commit. Whoever changes what roles hold, who has them, or ends a principal
     * begins with this, so each sees what the one before it left, and none waits for another in a circle.
     */
    void take(Transaction transaction, OrganizationId organization) {
        transaction
                .sql("UPDATE role SET managed = managed WHERE organization_id = ? AND managed = 'admin'")
                .with(organization.value())
                .update();
    }

    void grant(Transaction transaction, OrganizationId organization, PrincipalId user, ManagedRole role) {
        transaction
                .sql("""
                        INSERT INTO role_member (role_id, principal_id, organization_id)
                        SELECT r.id, ?, r.organization_id FROM role r
                        WHERE r.organization_id = ? AND r.managed = ?
                        """)
                .with(user.value(), organization.value(), role.code())
                .update();
    }

    void withdrawAll(Transaction transaction, OrganizationId organization, PrincipalId user) {
        transaction
                .sql("DELETE FROM role_member WHERE organization_id = ? AND principal_id = ?")
                .with(organization.value(), user.value())
                .update();
    }

    /** Stores a custom role; false if another of the organization has that name in another spelling or the same. */
    boolean insert(Transaction transaction, OrganizationId organization, Role role) {
        var isNew = transaction
                        .sql("""
                                INSERT INTO role (id, organization_id, name, name_folded, created_at, modified_at)
                                VALUES (?, ?, ?, ?, ?, ?)
                                ON CONFLICT (organization_id, name_folded) DO NOTHING
                                """)
                        .with(
                                role.id().value(),
                                organization.value(),
                                role.name(),
                                DisplayName.folded(role.name()),
                                role.createdAt(),
                                role.modifiedAt())
                        .update()
                == 1;
        if (isNew) {
            role.permissions().forEach(permission -> addPermission(transaction, organization, role.id(), permission));
        }
        return isNew;
    }

    /** Gives a custom role that name and time; false if another role of the organization has the name. */
    boolean edit(Transaction transaction, OrganizationId organization, RoleId id, String name, Instant at) {
        return transaction
                        .sql("""
                                UPDATE role SET name = ?, name_folded = ?, modified_at = ?
                                WHERE organization_id = ? AND id = ? AND managed IS NULL AND NOT EXISTS (
                                    SELECT 1 FROM role other
                                    WHERE other.organization_id = role.organization_id AND other.id <> role.id
                                        AND other.name_folded = ?)
                                """)
                        .with(
                                name,
                                DisplayName.folded(name),
                                at,
                                organization.value(),
                                id.value(),
                                DisplayName.folded(name))
                        .update()
                == 1;
    }

    /** Deletes a custom role with its permissions and members. */
    void delete(Transaction transaction, OrganizationId organization, RoleId id) {
        transaction
                .sql("DELETE FROM role_member WHERE organization_id = ? AND role_id = ?")
                .with(organization.value(), id.value())
                .update();
        transaction
                .sql("DELETE FROM role_permission WHERE organization_id = ? AND role_id = ?")
                .with(organization.value(), id.value())
                .update();
        transaction
                .sql("DELETE FROM role WHERE organization_id = ? AND id = ? AND managed IS NULL")
                .with(organization.value(), id.value())
                .update();
    }

    /** False if the role has it already. */
    boolean addPermission(Transaction transaction, OrganizationId organization, RoleId id, String permission) {
        return transaction
                        .sql("""
                                INSERT INTO role_permission (role_id, permission, organization_id)
                                SELECT r.id, ?, r.organization_id FROM role r
                                WHERE r.organization_id = ? AND r.id = ? AND r.managed IS NULL
                                ON CONFLICT (role_id, permission) DO NOTHING
                                """)
                        .with(permission, organization.value(), id.value())
                        .update()
                == 1;
    }

    /** False if the role has not got it. */
    boolean removePermission(Transaction transaction, OrganizationId organization, RoleId id, String permission) {
        return transaction
                        .sql("DELETE FROM role_permission WHERE organization_id = ? AND role_id = ? AND permission = ?")
                        .with(organization.value(), id.value(), permission)
                        .update()
                == 1;
    }

    /** False if the principal has the role already. */
    boolean addMember(Transaction transaction, OrganizationId organization, RoleId id, PrincipalId member) {
        return transaction
                        .sql("""
                                INSERT INTO role_member (role_id, principal_id, organization_id)
                                SELECT r.id, p.id, r.organization_id FROM role r
                                JOIN principal p ON p.organization_id = r.organization_id
                                WHERE r.organization_id = ? AND r.id = ? AND p.id = ? AND p.state <> 'removed'
                                ON CONFLICT (role_id, principal_id) DO NOTHING
                                """)
                        .with(organization.value(), id.value(), member.value())
                        .update()
                == 1;
    }

    /** Nothing happens to one who has not got the role, or is the last active person who administers the organization. */
    boolean removeMember(Transaction transaction, OrganizationId organization, RoleId id, PrincipalId member) {
        return transaction
                        .sql("""
                                DELETE FROM role_member
                                WHERE organization_id = ? AND role_id = ? AND principal_id = ?
                                    AND (EXISTS (
                                            SELECT 1 FROM role_member m
                                            JOIN role r ON r.id = m.role_id
                                            JOIN principal p ON p.id = m.principal_id
                                            WHERE m.organization_id = role_member.organization_id
                                                AND r.managed = 'admin' AND p.state = 'active' AND p.kind = 'user'
                                                AND p.id <> role_member.principal_id)
                                        OR NOT EXISTS (
                                            SELECT 1 FROM role r
                                            JOIN principal p ON p.id = role_member.principal_id
                                            WHERE r.id = role_member.role_id AND r.managed = 'admin'
                                                AND p.state = 'active' AND p.kind = 'user'))
                                """)
                        .with(organization.value(), id.value(), member.value())
                        .update()
                == 1;
    }

    /** The roles of an organization: a handful. */
    List<Role> all(Transaction transaction, OrganizationId organization) {
        return transaction
                .sql("""
                        SELECT r.id, r.name, r.managed, r.created_at, r.modified_at,
                            (SELECT string_agg(p.permission, ' ') FROM role_permission p WHERE p.role_id = r.id)
                                AS permissions,
                            (SELECT count(*) FROM role_member m WHERE m.role_id = r.id) AS users
                        FROM role r
                        WHERE r.organization_id = ?
                        """)
                .with(organization.value())
                .map(RoleStore::read)
                .list();
    }

    Optional<Role> find(Transaction transaction, OrganizationId organization, RoleId id) {
        return all(transaction, organization).stream()
                .filter(role -> role.id().equals(id))
                .findFirst();
    }

    /** Every role of every organization. */
    void facts(Transaction transaction, Consumer<RoleFact> action) {
        transaction.sql("""
                        SELECT r.id, r.organization_id, r.managed,
                            (SELECT string_agg(p.permission, ' ') FROM role_permission p WHERE p.role_id = r.id)
                                AS permissions
                        FROM role r
                        """).map(RoleStore::fact).forEach(action);
    }

    /** Every role of one organization. */
    List<RoleFact> facts(Transaction transaction, OrganizationId organization) {
        return transaction
                .sql("""
                        SELECT r.id, r.organization_id, r.managed,
                            (SELECT string_agg(p.permission, ' ') FROM role_permission p WHERE p.role_id = r.id)
                                AS permissions
                        FROM role r
                        WHERE r.organization_id = ?
                        """)
                .with(organization.value())
                .map(RoleStore::fact)
                .list();
    }

    private static Role read(Row row) {
        return new Role(
                new RoleId(row.uuid("id")),
                row.text("name"),
                managed(row),
                row.optionalText("permissions").stream()
                        .flatMap(names -> Stream.of(names.split(" ")))
                        .sorted()
                        .toList(),
                row.instant("created_at"),
                row.instant("modified_at"),
                row.number("users"));
    }

    private static RoleFact fact(Row row) {
        return new RoleFact(
                new RoleId(row.uuid("id")),
                new OrganizationId(row.uuid("organization_id")),
                managed(row),
                row.optionalText("permissions").orElse(""));
    }

    private static Optional<ManagedRole> managed(Row row) {
        return row.optionalText("managed").map(code -> ManagedRole.parse(code).orElseThrow());
    }

    Map<RoleId, String> names(Transaction transaction, OrganizationId organization) {
        record Named(RoleId id, String name) {}

        return transaction
                .sql("SELECT id, name FROM role WHERE organization_id = ?")
                .with(organization.value())
                .map(row -> new Named(new RoleId(row.uuid("id")), row.text("name")))
                .list()
                .stream()
                .collect(Collectors.toUnmodifiableMap(Named::id, Named::name));
    }
}
