package dev.sallyport.directory;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.AuditAction;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.feed.Feed;
import dev.sallyport.feed.Outcome;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.Principal;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.permission.Authority;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Adds a user to the caller's organization. Until an invitation is accepted, the user can do nothing. */
final class CreateUser {

    /** @param attributes the e-mail address is there; it is the name where none is given */
    record Request(UserAttributes attributes, Set<RoleId> roles) {
        Request {
            roles = Set.copyOf(roles);
        }
    }

    sealed interface Result {
        record Created(PrincipalFact user, List<Role> roles) implements Result {}

        record Refused(UserRefusal refusal) implements Result {}
    }

    private final Feed feed;
    private final PrincipalStore users;
    private final RoleStore roles;
    private final Bounds bounds;
    private final ChangeTrail trail;
    private final InstantSource clock;

    CreateUser(
            Feed feed, PrincipalStore users, RoleStore roles, Bounds bounds, ChangeTrail trail, InstantSource clock) {
        this.feed = feed;
        this.users = users;
        this.roles = roles;
        this.bounds = bounds;
        this.trail = trail;
        this.clock = clock;
    }

    Result create(Caller caller, Request request) {
        var problem = request.attributes().problem();
        if (problem.isPresent()) {
            return new Result.Refused(new UserRefusal.Invalid(problem.get()));
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return feed.change(transaction -> bounds.take(transaction, caller, now)
                .map(reach -> create(transaction, caller, reach, request, now))
                .orElseGet(() -> refused(new UserRefusal.Denied(new Denial.NoLongerAllowed()))));
    }

    private Outcome<Result> create(
            Transaction transaction, Caller caller, Bounds.Reach reach, Request request, Instant now) {
        var wanted = new ArrayList<Role>();
        for (var id : request.roles()) {
            var role = reach.role(id);
            if (role.isEmpty()) {
                return refused(new UserRefusal.UnknownRole());
            }
            wanted.add(role.get());
        }
        var denial = reach.denial(wanted.stream()
                .map(role -> reach.visible().held(reach.organization(), role))
                .reduce(Authority.NONE, Authority::union));
        if (denial.isPresent()) {
            return refused(new UserRefusal.Denied(denial.get()));
        }
        var user = pending(caller, request.attributes(), now);
        if (!users.insert(transaction, user)) {
            return refused(new UserRefusal.EmailTaken());
        }
        wanted.forEach(role -> roles.addMember(transaction, reach.organization(), role.id(), user.id()));
        trail.record(transaction, Actor.of(caller), AuditAction.USER_ADDED, AddUser.asset(user), details(wanted), now);
        return Outcome.changed(
                AddUser.change(user), new Result.Created(new PrincipalFact(user, request.roles()), reach.roles()));
    }

    private static Principal pending(Caller caller, UserAttributes attributes, Instant now) {
        var email = Objects.requireNonNull(attributes.email());
        var name = attributes.name();
        return new Principal(
                PrincipalId.random(),
                caller.organization().id(),
                Principal.Kind.USER,
                email,
                name == null ? email : name,
                UserAttributes.titleOf(attributes.title(), null),
                Principal.State.PENDING,
                0,
                null,
                now,
                now);
    }

    private static Map<String, String> details(List<Role> roles) {
        return Map.of(
                "roles",
                roles.stream().map(role -> role.id().toString()).sorted().collect(Collectors.joining(" ")));
    }

    private static Outcome<Result> refused(UserRefusal refusal) {
        return Outcome.unchanged(new Result.Refused(refusal));
    }
}
