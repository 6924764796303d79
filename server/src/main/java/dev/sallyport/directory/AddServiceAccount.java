package dev.sallyport.directory;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.Asset;
import dev.sallyport.audit.AuditAction;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.feed.Feed;
import dev.sallyport.feed.Outcome;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.DisplayName;
import dev.sallyport.identity.Principal;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Adds a service account with roles, none of which may hold more than the caller. Whoever creates it answers for it. */
final class AddServiceAccount {

    /** In one organization, without those that were removed. */
    static final int MOST_ACCOUNTS = 10_000;

    /** @param title what it is for; null if nobody says */
    record Request(String email, String name, @Nullable String title, Set<RoleId> roles) {
        Request {
            roles = Set.copyOf(roles);
        }
    }

    sealed interface Result {
        /** @param roles of the organization, all of them */
        record Added(PrincipalFact account, List<Role> roles) implements Result {}

        record NameRefused(String problem) implements Result {}

        record EmailRefused(String problem) implements Result {}

        record UnknownRole() implements Result {}

        record TooManyAccounts() implements Result {}

        record Denied(Denial denial) implements Result {}
    }

    private final Feed feed;
    private final Bounds bounds;
    private final PrincipalStore principals;
    private final RoleStore roles;
    private final ChangeTrail trail;
    private final InstantSource clock;

    AddServiceAccount(
            Feed feed,
            Bounds bounds,
            PrincipalStore principals,
            RoleStore roles,
            ChangeTrail trail,
            InstantSource clock) {
        this.feed = feed;
        this.bounds = bounds;
        this.principals = principals;
        this.roles = roles;
        this.trail = trail;
        this.clock = clock;
    }

    Result add(Caller caller, Request request) {
        var title = request.title();
        var nameProblem = DisplayName.problemWith(request.name())
                .or(() -> title == null ? Optional.empty() : DisplayName.problemWith(title));
        if (nameProblem.isPresent()) {
            return new Result.NameRefused(nameProblem.get());
        }
        var emailProblem = EmailAddress.problemWith(request.email());
        if (emailProblem.isPresent()) {
            return new Result.EmailRefused(emailProblem.get());
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return feed.change(transaction -> add(transaction, caller, request, now));
    }

    private Outcome<Result> add(Transaction transaction, Caller caller, Request request, Instant now) {
        var taken = bounds.take(transaction, caller, now).filter(Bounds.Reach::mayManageServiceAccounts);
        if (taken.isEmpty()) {
            return Outcome.unchanged(new Result.Denied(new Denial.NoLongerAllowed()));
        }
        var reach = taken.get();
        if (principals.countServiceAccounts(transaction, reach.organization()) >= MOST_ACCOUNTS) {
            return Outcome.unchanged(new Result.TooManyAccounts());
        }
        var given = reach.roles().stream()
                .filter(role -> request.roles().contains(role.id()))
                .toList();
        if (given.size() < request.roles().size()) {
            return Outcome.unchanged(new Result.UnknownRole());
        }
        var account = account(caller, request, now);
        var denial = reach.denial(new PrincipalFact(account, request.roles()));
        return denial.isPresent()
                ? Outcome.unchanged(new Result.Denied(denial.get()))
                : write(transaction, caller, account, given, now);
    }

    private static Principal account(Caller caller, Request request, Instant now) {
        return new Principal(
                PrincipalId.random(),
                caller.organization().id(),
                Principal.Kind.SERVICE_ACCOUNT,
                request.email().toLowerCase(Locale.ROOT),
                request.name(),
                request.title(),
                Principal.State.ACTIVE,
                0,
                answersFor(caller.principal()),
                now,
                now);
    }

    /** A person: whoever answers for a service account answers for those that it creates. */
    private static @Nullable PrincipalId answersFor(Principal creator) {
        return switch (creator.kind()) {
            case USER -> creator.id();
            case SERVICE_ACCOUNT -> creator.owner();
            case ORGANIZATION -> null;
        };
    }

    private Outcome<Result> write(
            Transaction transaction, Caller caller, Principal account, List<Role> given, Instant now) {
        var organization = caller.organization().id();
        principals.insert(transaction, account);
        given.forEach(role -> roles.addMember(transaction, organization, role.id(), account.id()));
        var details = Map.of(
                "roles", given.stream().map(Role::name).sorted().collect(Collectors.joining(", ")),
                "owner", String.valueOf(account.owner()));
        trail.record(transaction, Actor.of(caller), AuditAction.SERVICE_ACCOUNT_CREATED, asset(account), details, now);
        var fact = new PrincipalFact(account, given.stream().map(Role::id).collect(Collectors.toSet()));
        return Outcome.changed(AddUser.change(account), new Result.Added(fact, roles.all(transaction, organization)));
    }

    /** Named by its own name: several share one address. */
    static Asset asset(Principal account) {
        return new Asset(account.id().toString(), account.name());
    }
}
