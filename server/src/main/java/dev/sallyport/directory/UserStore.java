package dev.sallyport.directory;

import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.identity.User;
import dev.sallyport.permission.ManagedRole;
import dev.sallyport.sql.Row;
import dev.sallyport.sql.Transaction;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** The {@code principal} table. */
final class UserStore {

    /** Every user of every organization with its roles, in one pass. */
    void all(Transaction transaction, Consumer<UserFact> action) {
        transaction.sql("""
                        SELECT p.id, p.organization_id, p.email, p.name, p.state, p.epoch, p.created_at, p.modified_at,
                            max(CASE WHEN r.managed = 'admin' THEN 1 ELSE 0 END) AS holds_admin,
                            max(CASE WHEN r.managed = 'standard' THEN 1 ELSE 0 END) AS holds_standard,
                            max(CASE WHEN r.managed = 'read_only' THEN 1 ELSE 0 END) AS holds_read_only
                        FROM principal p
                        LEFT JOIN role_member m ON m.principal_id = p.id
                        LEFT JOIN role r ON r.id = m.role_id
                        GROUP BY p.id
                        """).map(UserStore::readFact).forEach(action);
    }

    Optional<UserFact> find(Transaction transaction, OrganizationId organization, PrincipalId id) {
        return transaction
                .sql("""
                        SELECT p.id, p.organization_id, p.email, p.name, p.state, p.epoch, p.created_at, p.modified_at,
                            max(CASE WHEN r.managed = 'admin' THEN 1 ELSE 0 END) AS holds_admin,
                            max(CASE WHEN r.managed = 'standard' THEN 1 ELSE 0 END) AS holds_standard,
                            max(CASE WHEN r.managed = 'read_only' THEN 1 ELSE 0 END) AS holds_read_only
                        FROM principal p
                        LEFT JOIN role_member m ON m.principal_id = p.id
                        LEFT JOIN role r ON r.id = m.role_id
                        WHERE p.organization_id = ? AND p.id = ?
                        GROUP BY p.id
                        """)
                .with(organization.value(), id.value())
                .map(UserStore::readFact)
                .optional();
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
