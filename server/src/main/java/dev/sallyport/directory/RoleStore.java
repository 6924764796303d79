package dev.sallyport.directory;

import dev.sallyport.identity.DisplayName;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.permission.ManagedRole;
import dev.sallyport.sql.Row;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The {@code role} and {@code role_member} tables. */
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
}
