package dev.sallyport.limit;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.Asset;
import dev.sallyport.audit.AuditAction;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.credential.CredentialStore;
import dev.sallyport.feed.Change;
import dev.sallyport.feed.Feed;
import dev.sallyport.feed.Outcome;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.permission.Permissions;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Replaces the limits of the caller's organization. */
final class SetLimits {

    /** @param revision the one that the caller read */
    record Request(CallLimits limits, int revision) {}

    sealed interface Result {
        record Done(LimitStore.Stored stored) implements Result {}

        /** Somebody was faster. */
        record ChangedMeanwhile() implements Result {}

        record UnknownCredentials(List<String> ids) implements Result {}

        /** Between the decision to let the call in and the change, the caller lost what it was let in by. */
        record NoLongerAllowed() implements Result {}
    }

    private final Feed feed;
    private final LimitStore store;
    private final CredentialStore credentials;
    private final ChangeTrail trail;
    private final InstantSource clock;

    SetLimits(Feed feed, LimitStore store, CredentialStore credentials, ChangeTrail trail, InstantSource clock) {
        this.feed = feed;
        this.store = store;
        this.credentials = credentials;
        this.trail = trail;
        this.clock = clock;
    }

    Result set(Caller caller, Request request) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return feed.change(transaction -> set(transaction, caller, request, now));
    }

    private Outcome<Result> set(Transaction transaction, Caller caller, Request request, Instant now) {
        var organization = caller.organization();
        if (!isStillAllowed(transaction, caller, now)) {
            return Outcome.unchanged(new Result.NoLongerAllowed());
        }
        var before = store.find(transaction, organization.id()).limits();
        var unknown = request.limits().own().keySet().stream()
                .filter(id -> !before.own().containsKey(id))
                .filter(id -> !store.hasCredential(transaction, organization.id(), id))
                .map(CredentialId::toString)
                .sorted()
                .toList();
        if (!unknown.isEmpty()) {
            return Outcome.unchanged(new Result.UnknownCredentials(unknown));
        }
        var next = new LimitStore.Stored(request.limits(), request.revision() + 1);
        if (!store.write(transaction, organization.id(), next, now)) {
            return Outcome.unchanged(new Result.ChangedMeanwhile());
        }
        trail.record(
                transaction,
                Actor.of(caller),
                AuditAction.CALL_LIMITS_SET,
                new Asset(organization.id().toString(), organization.name()),
                details(before, next),
                now);
        return Outcome.changed(
                new Change(
                        Limits.KIND,
                        organization.id().value(),
                        organization.id().toString()),
                new Result.Done(next));
    }

    /** The decision that let this call in is older than this transaction. */
    private boolean isStillAllowed(Transaction transaction, Caller caller, Instant now) {
        return credentials
                .live(
                        transaction,
                        caller.organization().id(),
                        caller.credential().id(),
                        caller.principal().epoch(),
                        now)
                .filter(carried -> carried.includes(List.of(Permissions.IMPORTING)))
                .isPresent();
    }

    private static Map<String, String> details(CallLimits before, LimitStore.Stored after) {
        var details = new LinkedHashMap<String, String>();
        details.put("revision", String.valueOf(after.revision()));
        put(details, "organization", before.organization(), after.limits().organization());
        put(details, "credential", before.credential(), after.limits().credential());
        if (!before.own().equals(after.limits().own())) {
            details.put(
                    "credentials_with_own", String.valueOf(after.limits().own().size()));
        }
        return details;
    }

    private static void put(Map<String, String> details, String what, Pace before, Pace after) {
        if (!before.equals(after)) {
            details.put(what, text(before) + " -> " + text(after));
        }
    }

    private static String text(Pace pace) {
        return (pace.perSecond() == null ? "any" : pace.perSecond()) + "/s "
                + (pace.perDay() == null ? "any" : pace.perDay()) + "/day";
    }
}
