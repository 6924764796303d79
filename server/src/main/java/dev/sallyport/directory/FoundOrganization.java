package dev.sallyport.directory;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.Asset;
import dev.sallyport.audit.AuditAction;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.feed.Change;
import dev.sallyport.identity.DisplayName;
import dev.sallyport.identity.Organization;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.Principal;
import dev.sallyport.permission.ManagedRole;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Founds an organization with its managed roles and its first administrator. */
public final class FoundOrganization {

    /** @param store what must be true of the store */
    public record Request(String name, String adminEmail, Store store) {}

    public enum Store {
        /** It never had an organization. */
        EMPTY,
        /** It may have any number. */
        ANY
    }

    public sealed interface Result {
        record Founded(Organization organization, Principal admin) implements Result {
            /** What the feed says of it. */
            public Change change() {
                return new Change(
                        Directory.ORGANIZATION,
                        organization.id().value(),
                        organization.id().toString());
            }
        }

        record StoreNotEmpty() implements Result {}

        record NameRefused(String problem) implements Result {}

        record EmailRefused(String problem) implements Result {}
    }

    private final OrganizationStore organizations;
    private final PrincipalStore users;
    private final RoleStore roles;
    private final ChangeTrail trail;
    private final InstantSource clock;

    FoundOrganization(
            OrganizationStore organizations,
            PrincipalStore users,
            RoleStore roles,
            ChangeTrail trail,
            InstantSource clock) {
        this.organizations = organizations;
        this.users = users;
        this.roles = roles;
        this.trail = trail;
        this.clock = clock;
    }

    Result found(Transaction transaction, Request request) {
        var nameProblem = DisplayName.problemWith(request.name());
        if (nameProblem.isPresent()) {
            return new Result.NameRefused(nameProblem.get());
        }
        var emailProblem = EmailAddress.problemWith(request.adminEmail());
        if (emailProblem.isPresent()) {
            return new Result.EmailRefused(emailProblem.get());
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var organization = new Organization(OrganizationId.random(), request.name(), now);
        var isFirst = organizations.takeFirst(transaction, organization.id());
        if (request.store() == Store.EMPTY && !isFirst) {
            return new Result.StoreNotEmpty();
        }
        organizations.insert(transaction, organization);
        for (var role : ManagedRole.values()) {
            roles.insertManaged(transaction, organization.id(), role, now);
        }
        return new Result.Founded(organization, addAdmin(transaction, organization, request.adminEmail(), now));
    }

    private Principal addAdmin(Transaction transaction, Organization organization, String email, Instant now) {
        var admin = Principal.user(organization.id(), email, email, now);
        users.insert(transaction, admin);
        roles.grant(transaction, organization.id(), admin.id(), ManagedRole.ADMIN);
        var actor = Actor.operator(organization.id());
        var founded = new Asset(organization.id().toString(), organization.name());
        trail.record(transaction, actor, AuditAction.ORGANIZATION_FOUNDED, founded, Map.of(), now);
        AddUser.record(trail, transaction, actor, admin, ManagedRole.ADMIN);
        return admin;
    }
}
