package dev.sallyport.directory;

import dev.sallyport.identity.OrganizationId;
import dev.sallyport.sql.Transaction;
import java.util.List;

/** Users and service accounts of the {@code principal} table as people list them: never those that were removed. */
final class UserListStore {

    List<PrincipalFact> list(Transaction transaction, OrganizationId organization, UserListQuery query) {
        var pattern = PrincipalStore.containing(query.filter());
        return transaction
                .sql("""
                        SELECT p.id, p.organization_id, p.kind, p.email, p.name, p.title, p.state, p.epoch, p.owner_id,
                            p.invited_at, p.created_at, p.modified_at, p.roles
                        FROM principal_fact p
                        WHERE p.organization_id = ? AND p.state <> 'removed'
                            AND (p.name_folded LIKE ? ESCAPE '!' OR p.email_folded LIKE ? ESCAPE '!')
                            AND (? = '' OR ? LIKE '%' || CASE WHEN p.invited_at IS NULL THEN p.state ELSE 'pending' END || '%')
                            AND (? = '' OR p.kind = ?)
                        ORDER BY
                            CASE ? WHEN 'name asc' THEN p.name_folded WHEN 'email asc' THEN p.email_folded
                                WHEN 'status asc' THEN p.state END,
                            CASE ? WHEN 'name desc' THEN p.name_folded WHEN 'email desc' THEN p.email_folded
                                WHEN 'status desc' THEN p.state END DESC,
                            CASE ? WHEN 'modified_at asc' THEN p.modified_at WHEN 'modified_at desc' THEN -p.modified_at END,
                            p.name_folded, p.id
                        LIMIT ? OFFSET ?
                        """)
                .with(
                        organization.value(),
                        pattern,
                        pattern,
                        query.states(),
                        query.states(),
                        query.kind(),
                        query.kind(),
                        query.order(),
                        query.order(),
                        query.order(),
                        query.size(),
                        query.offset())
                .map(PrincipalStore::readFact)
                .list();
    }

    long count(Transaction transaction, OrganizationId organization, UserListQuery query) {
        var pattern = PrincipalStore.containing(query.filter());
        return transaction
                .sql("""
                        SELECT count(*) AS users FROM principal p
                        WHERE p.organization_id = ? AND p.state <> 'removed'
                            AND (p.name_folded LIKE ? ESCAPE '!' OR p.email_folded LIKE ? ESCAPE '!')
                            AND (? = '' OR ? LIKE '%' || CASE WHEN p.invited_at IS NULL THEN p.state ELSE 'pending' END || '%')
                            AND (? = '' OR p.kind = ?)
                        """)
                .with(
                        organization.value(),
                        pattern,
                        pattern,
                        query.states(),
                        query.states(),
                        query.kind(),
                        query.kind())
                .map(row -> row.number("users"))
                .one();
    }

    /** How many there are in all. */
    long count(Transaction transaction, OrganizationId organization) {
        return transaction
                .sql("SELECT count(*) AS users FROM principal WHERE organization_id = ? AND state <> 'removed'")
                .with(organization.value())
                .map(row -> row.number("users"))
                .one();
    }
}
