package dev.sallyport.directory;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.AuditAction;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.feed.Feed;
import dev.sallyport.feed.Outcome;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.Principal;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Makes an active user answer for a service account. What the account may do, and its credentials, stay as they are. */
final class HandOverServiceAccount {

    record Request(PrincipalId account, PrincipalId owner) {}

    sealed interface Result {
        record HandedOver() implements Result {}

        /** Of another organization, removed, no service account, or never there. */
        record UnknownAccount() implements Result {}

        /** Only an active user of the organization can answer for something. */
        record OwnerRefused() implements Result {}

        record Denied(Denial denial) implements Result {}
    }

    private final Feed feed;
    private final Bounds bounds;
    private final PrincipalStore principals;
    private final ChangeTrail trail;
    private final InstantSource clock;

    HandOverServiceAccount(
            Feed feed, Bounds bounds, PrincipalStore principals, ChangeTrail trail, InstantSource clock) {
        this.feed = feed;
        this.bounds = bounds;
        this.principals = principals;
        this.trail = trail;
        this.clock = clock;
    }

    Result handOver(Caller caller, Request request) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return feed.change(transaction -> handOver(transaction, caller, request, now));
    }

    private Outcome<Result> handOver(Transaction transaction, Caller caller, Request request, Instant now) {
        var organization = caller.organization().id();
        var reach = bounds.take(transaction, caller, now).filter(Bounds.Reach::mayManageServiceAccounts);
        if (reach.isEmpty()) {
            return Outcome.unchanged(new Result.Denied(new Denial.NoLongerAllowed()));
        }
        var account = principals
                .find(transaction, organization, request.account())
                .filter(fact -> isServiceAccount(fact.principal()));
        if (account.isEmpty()) {
            return Outcome.unchanged(new Result.UnknownAccount());
        }
        var denial = reach.get().denial(account.get());
        if (denial.isPresent()) {
            return Outcome.unchanged(new Result.Denied(denial.get()));
        }
        var owner = principals.find(transaction, organization, request.owner());
        if (owner.filter(fact -> isActiveUser(fact.principal())).isEmpty()) {
            return Outcome.unchanged(new Result.OwnerRefused());
        }
        return write(transaction, caller, account.get().principal(), request.owner(), now);
    }

    private static boolean isServiceAccount(Principal principal) {
        return principal.kind() == Principal.Kind.SERVICE_ACCOUNT && principal.state() != Principal.State.REMOVED;
    }

    private static boolean isActiveUser(Principal principal) {
        return principal.kind() == Principal.Kind.USER && principal.isActive();
    }

    private Outcome<Result> write(
            Transaction transaction, Caller caller, Principal account, PrincipalId owner, Instant now) {
        if (owner.equals(account.owner())) {
            return Outcome.unchanged(new Result.HandedOver());
        }
        principals.handOver(transaction, account.organization(), account.id(), owner, now);
        var details = Map.of("owner_before", String.valueOf(account.owner()), "owner", owner.toString());
        trail.record(
                transaction,
                Actor.of(caller),
                AuditAction.SERVICE_ACCOUNT_HANDED_OVER,
                AddServiceAccount.asset(account),
                details,
                now);
        return Outcome.changed(AddUser.change(account), new Result.HandedOver());
    }
}
