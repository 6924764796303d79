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
                        SELECT r.id, r.name, r.managed, r.created_at, r.modified_at, count(m.principal_id) AS users
                        FROM role r
                        LEFT JOIN role_member m ON m.role_id = r.id
                        WHERE r.organization_id = ?
                        GROUP BY r.id
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

    private static Role read(Row row) {
        return new Role(
                new RoleId(row.uuid("id")),
                row.text("name"),
                ManagedRole.parse(row.text("managed")).orElseThrow(),
                row.instant("created_at"),
                row.instant("modified_at"),
                row.number("users"));
    }
}
