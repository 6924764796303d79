package dev.sallyport.directory;

import dev.sallyport.feed.ChangeKind;
import dev.sallyport.identity.Organization;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.sql.Transaction;
import java.util.Optional;
import java.util.function.Consumer;

/** Organizations, their users and roles. */
public final class Directory {

    /** An organization came or changed: read it and every user of it again. */
    public static final ChangeKind ORGANIZATION = new ChangeKind("organization");

    /** A user or the user's roles changed; the subject is the user's id. */
    public static final ChangeKind PRINCIPAL = new ChangeKind("principal");

    private final OrganizationStore organizations = new OrganizationStore();
    private final UserStore users = new UserStore();

    /** Every organization, row by row. */
    public void organizations(Transaction transaction, Consumer<Organization> action) {
        organizations.all(transaction, action);
    }

    public Optional<Organization> organization(Transaction transaction, OrganizationId id) {
        return organizations.find(transaction, id);
    }

    /** Every user of every organization, disabled and removed ones too, row by row. */
    public void users(Transaction transaction, Consumer<UserFact> action) {
        users.all(transaction, action);
    }

    /** A user in whatever state; empty if this organization has never had it. */
    public Optional<UserFact> user(Transaction transaction, OrganizationId organization, PrincipalId id) {
        return users.find(transaction, organization, id);
    }
}
