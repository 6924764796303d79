package dev.sallyport.rule;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.Asset;
import dev.sallyport.audit.AuditAction;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.credential.CredentialStore;
import dev.sallyport.credential.StoredCredential;
import dev.sallyport.feed.Change;
import dev.sallyport.feed.Feed;
import dev.sallyport.feed.Outcome;
import dev.sallyport.http.AddressRanges;
import dev.sallyport.identity.Caller;
import dev.sallyport.permission.Permissions;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Replaces the rules of the caller's organization, and ends what breaks those that are chosen for it. */
final class SetRules {

    /**
     * @param revision the one that the caller read
     * @param applied the rules that end what breaks them already
     * @param expected how many credentials the caller expects that to end; null for none
     */
    record Request(
            CredentialRules rules,
            int revision,
            Set<RuleName> applied,
            @Nullable Long expected) {
        Request {
            applied = Set.copyOf(applied);
        }
    }

    sealed interface Result {
        /** @param ended how many credentials */
        record Done(RuleStore.Stored stored, int ended) implements Result {}

        /** Somebody was faster. */
        record ChangedMeanwhile(int revision) implements Result {}

        /** @param ending how many credentials it would end */
        record NotAsExpected(long ending) implements Result {}

        record TooMany(int most) implements Result {}

        /** It would end the credential of this request. */
        record EndsCaller() implements Result {}

        record LocksCallerOut() implements Result {}

        record UnknownScopes(List<String> names) implements Result {}

        record UnknownRoles(List<String> ids) implements Result {}

        /** Between the decision to let the call in and the change, the caller lost what it was let in by. */
        record NoLongerAllowed() implements Result {}
    }

    private final Feed feed;
    private final RuleStore store;
    private final CredentialStore credentials;
    private final KnownNames names;
    private final Endings endings;
    private final ChangeTrail trail;
    private final InstantSource clock;

    SetRules(
            Feed feed,
            RuleStore store,
            CredentialStore credentials,
            KnownNames names,
            Endings endings,
            ChangeTrail trail,
            InstantSource clock) {
        this.feed = feed;
        this.store = store;
        this.credentials = credentials;
        this.names = names;
        this.endings = endings;
        this.trail = trail;
        this.clock = clock;
    }

    Result set(Caller caller, Request request) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return switch (feed.change(transaction -> set(transaction, caller, request, now))) {
            case Step.Refused(var why) -> why;
            case Step.Written(var stored, var ending) ->
                new Result.Done(stored, endings.endAll(Actor.of(caller), stored.revision(), ending, now));
        };
    }

    /** What the first transaction came to. Credentials end in others, each of which is short. */
    private sealed interface Step {
        record Refused(Result why) implements Step {}

        record Written(RuleStore.Stored stored, List<StoredCredential> ending) implements Step {}
    }

    private Outcome<Step> set(Transaction transaction, Caller caller, Request request, Instant now) {
        var before = store.hold(transaction, caller.organization().id(), now);
        var refused = refusal(transaction, caller, request, before, now);
        if (refused.isPresent()) {
            return Outcome.unchanged(new Step.Refused(refused.get()));
        }
        var findings = findings(transaction, caller, request, now);
        return refusal(caller, request, findings)
                .map(why -> Outcome.<Step>unchanged(new Step.Refused(why)))
                .orElseGet(() -> change(transaction, caller, request, before, findings, now));
    }

    private Findings findings(Transaction transaction, Caller caller, Request request, Instant now) {
        var findings = new Findings(request.applied()::contains);
        if (!request.applied().isEmpty()) {
            store.live(
                    transaction,
                    caller.organization().id(),
                    now,
                    credential -> findings.add(credential, request.rules().brokenBy(credential, now)));
        }
        return findings;
    }

    private Optional<Result> refusal(
            Transaction transaction, Caller caller, Request request, RuleStore.Stored before, Instant now) {
        if (!isStillAllowed(transaction, caller, now)) {
            return Optional.of(new Result.NoLongerAllowed());
        }
        if (before.revision() != request.revision()) {
            return Optional.of(new Result.ChangedMeanwhile(before.revision()));
        }
        var ranges = AddressRanges.ofStored(request.rules().addresses());
        if (!ranges.contain(caller.origin().address())) {
            return Optional.of(new Result.LocksCallerOut());
        }
        var organization = caller.organization().id();
        var scopes = names.unknownScopes(organization, before.rules(), request.rules());
        if (!scopes.isEmpty()) {
            return Optional.of(new Result.UnknownScopes(scopes));
        }
        var roles = names.unknownRoles(store.roles(transaction, organization), before.rules(), request.rules());
        return roles.isEmpty() ? Optional.empty() : Optional.of(new Result.UnknownRoles(roles));
    }

    private static Optional<Result> refusal(Caller caller, Request request, Findings findings) {
        var expected = request.expected() == null ? 0 : request.expected();
        if (expected != findings.endingCount()) {
            return Optional.of(new Result.NotAsExpected(findings.endingCount()));
        }
        if (findings.endingCount() > Findings.MOST_ENDED) {
            return Optional.of(new Result.TooMany(Findings.MOST_ENDED));
        }
        return findings.ends(caller.credential().id()) ? Optional.of(new Result.EndsCaller()) : Optional.empty();
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

    private Outcome<Step> change(
            Transaction transaction,
            Caller caller,
            Request request,
            RuleStore.Stored before,
            Findings findings,
            Instant now) {
        var organization = caller.organization().id();
        var after = new RuleStore.Stored(request.rules(), before.revision() + 1);
        store.write(transaction, organization, after, now);
        var details = RuleDifference.of(before.rules(), after.rules());
        details.put("revision", String.valueOf(after.revision()));
        if (!request.applied().isEmpty()) {
            details.put(
                    "applied_to_existing",
                    request.applied().stream().sorted().map(RuleName::toString).collect(Collectors.joining(" ")));
            details.put("ending", String.valueOf(findings.endingCount()));
        }
        trail.record(transaction, Actor.of(caller), AuditAction.CREDENTIAL_RULES_SET, asset(caller), details, now);
        return Outcome.changed(
                new Change(Rules.KIND, organization.value(), organization.toString()),
                new Step.Written(after, findings.ending()));
    }

    private static Asset asset(Caller caller) {
        return new Asset(
                caller.organization().id().toString(), caller.organization().name());
    }
}
