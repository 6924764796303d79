package dev.sallyport.directory;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.Asset;
import dev.sallyport.audit.AuditAction;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.feed.Change;
import dev.sallyport.feed.Feed;
import dev.sallyport.feed.Outcome;
import dev.sallyport.identity.DisplayName;
import dev.sallyport.identity.Principal;
import dev.sallyport.permission.ManagedRole;
import dev.sallyport.sql.Transaction;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Adds a user to the actor's organization. */
public final class AddUser {

    public record Request(String email, String name, ManagedRole role) {}

    public sealed interface Result {
        record Added(Principal user) implements Result {}

        /** Another user of the organization has that address; one who was removed does not count. */
        record EmailTaken() implements Result {}

        record NameRefused(String problem) implements Result {}

        record EmailRefused(String problem) implements Result {}
    }

    private final Feed feed;
    private final PrincipalStore users;
    private final RoleStore roles;
    private final ChangeTrail trail;
    private final InstantSource clock;

    AddUser(Feed feed, PrincipalStore users, RoleStore roles, ChangeTrail trail, InstantSource clock) {
        this.feed = feed;
        this.users = users;
        this.roles = roles;
        this.trail = trail;
        this.clock = clock;
    }

    Result add(Actor actor, Request request) {
        var nameProblem = DisplayName.problemWith(request.name());
        if (nameProblem.isPresent()) {
            return new Result.NameRefused(nameProblem.get());
        }
        var emailProblem = EmailAddress.problemWith(request.email());
        if (emailProblem.isPresent()) {
            return new Result.EmailRefused(emailProblem.get());
        }
        return feed.change(transaction -> add(transaction, actor, request));
    }

    private Outcome<Result> add(Transaction transaction, Actor actor, Request request) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var user = Principal.user(actor.organization(), request.email(), request.name(), now);
        if (!users.insert(transaction, user)) {
            return Outcome.unchanged(new Result.EmailTaken());
        }
        roles.grant(transaction, actor.organization(), user.id(), request.role());
        record(trail, transaction, actor, user, request.role());
        return Outcome.changed(change(user), new Result.Added(user));
    }

    static void record(ChangeTrail trail, Transaction transaction, Actor actor, Principal user, ManagedRole role) {
        trail.record(
                transaction, actor, AuditAction.USER_ADDED, asset(user), Map.of("role", role.code()), user.createdAt());
    }

    static Asset asset(Principal user) {
        return new Asset(user.id().toString(), user.email());
    }

    static Change change(Principal user) {
        return new Change(
                Directory.PRINCIPAL, user.organization().value(), user.id().toString());
    }
}
