package dev.sallyport.key;

import dev.sallyport.audit.Actor;
import dev.sallyport.credential.CredentialStore;
import dev.sallyport.credential.Credentials;
import dev.sallyport.feed.Feed;
import dev.sallyport.feed.Outcome;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.identity.DisplayName;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.rule.NewCredential;
import dev.sallyport.rule.Rules;
import dev.sallyport.rule.Ruling;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Creates an application key of the caller or of a service account. The result is the only place its text can be read. */
final class CreateApplicationKey {

    /** @param scopes empty for all that the owner holds */
    record Request(String name, Optional<List<String>> scopes) {}

    sealed interface Result {
        record Created(IssuedKey issued) implements Result {}

        /** No service account of that id can own one. */
        record NoSuchOwner() implements Result {}

        record Refused(Refusal refusal) implements Result {}
    }

    private final Feed feed;
    private final CredentialStore credentials;
    private final KeyOwnerStore owners;
    private final Rules rules;
    private final ScopeCheck scopeCheck;
    private final CallerCheck callerCheck;
    private final KeyMint mint;
    private final KeyLimits limits;
    private final InstantSource clock;

    CreateApplicationKey(
            Feed feed,
            CredentialStore credentials,
            KeyOwnerStore owners,
            Rules rules,
            ScopeCheck scopeCheck,
            CallerCheck callerCheck,
            KeyMint mint,
            KeyLimits limits,
            InstantSource clock) {
        this.feed = feed;
        this.credentials = credentials;
        this.owners = owners;
        this.rules = rules;
        this.scopeCheck = scopeCheck;
        this.callerCheck = callerCheck;
        this.mint = mint;
        this.limits = limits;
        this.clock = clock;
    }

    Result create(Caller caller, Sight sight, Request request) {
        var problem = DisplayName.problemWith(request.name());
        if (problem.isPresent()) {
            return new Result.Refused(new Refusal.InvalidName(problem.get()));
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return feed.change(transaction -> owner(transaction, caller, sight)
                .map(owner -> create(transaction, caller, owner, request, now))
                .orElseGet(() -> Outcome.unchanged(new Result.NoSuchOwner())));
    }

    private record OwnerNow(PrincipalId id, int epoch) {}

    private Optional<OwnerNow> owner(Transaction transaction, Caller caller, Sight sight) {
        return switch (sight) {
            case Sight.Own(var id) ->
                Optional.of(new OwnerNow(id, caller.principal().epoch()));
            case Sight.ServiceAccount(var id) ->
                owners.serviceAccount(transaction, caller.organization().id(), id)
                        .filter(KeyOwner::isActive)
                        .map(account -> new OwnerNow(id, account.epoch()));
            case Sight.Everybody() -> throw new IllegalArgumentException("a key has one owner");
        };
    }

    private Outcome<Result> create(
            Transaction transaction, Caller caller, OwnerNow owner, Request request, Instant now) {
        return switch (scopeCheck.check(caller, owner.id(), request.scopes())) {
            case ScopeCheck.Checked.Failed(var refusal) -> refused(refusal);
            case ScopeCheck.Checked.Passed(var scopes) -> {
                var asked = new NewCredential(CredentialKind.APPLICATION_KEY, scopes, null);
                yield switch (rules.admit(transaction, Actor.of(caller), asked, now)) {
                    case Ruling.Broken broken -> refused(new Refusal.AgainstRules(broken));
                    case Ruling.Allowed(var end) ->
                        create(
                                transaction,
                                caller,
                                new KeyMint.ApplicationKeyOrder(owner.id(), owner.epoch(), request.name(), scopes, end),
                                now);
                };
            }
        };
    }

    private Outcome<Result> create(
            Transaction transaction, Caller caller, KeyMint.ApplicationKeyOrder order, Instant now) {
        return refusalOf(transaction, caller, order, now)
                .map(CreateApplicationKey::refused)
                .orElseGet(() -> mint(transaction, caller, order, now));
    }

    private Optional<Refusal> refusalOf(
            Transaction transaction, Caller caller, KeyMint.ApplicationKeyOrder order, Instant now) {
        if (caller.credential().isOutlivedBy(order.expiresAt())) {
            return Optional.of(new Refusal.OutlivesCaller(
                    Objects.requireNonNull(caller.credential().expiresAt())));
        }
        if (!holdPrincipals(transaction, caller, order)) {
            return Optional.of(new Refusal.NoLongerAllowed());
        }
        if (callerCheck.hold(transaction, caller, now, carried -> carried.includes(order.scopes()))) {
            return Optional.empty();
        }
        // A narrowed credential can hold all that the owner holds today, and less than the owner is given tomorrow.
        return Optional.of(order.scopes().isEmpty() ? new Refusal.BeyondCaller() : new Refusal.NoLongerAllowed());
    }

    /** In the order of their ids, so that two who create keys for each other do not wait for one another. */
    private boolean holdPrincipals(Transaction transaction, Caller caller, KeyMint.ApplicationKeyOrder order) {
        var epochs = new TreeMap<UUID, Integer>();
        epochs.put(order.owner().value(), order.epoch());
        epochs.put(caller.principal().id().value(), caller.principal().epoch());
        return epochs.entrySet().stream()
                .allMatch(entry -> credentials.holdOwner(
                        transaction, caller.organization().id(), new PrincipalId(entry.getKey()), entry.getValue()));
    }

    private Outcome<Result> mint(
            Transaction transaction, Caller caller, KeyMint.ApplicationKeyOrder order, Instant now) {
        return mint.applicationKey(transaction, Actor.of(caller), order, now)
                .map(issued -> Outcome.<Result>changed(
                        Credentials.change(
                                caller.organization().id(), issued.key().id()),
                        new Result.Created(issued)))
                .orElseGet(() -> refused(new Refusal.TooManyApplicationKeys(limits.applicationKeysPerOwner())));
    }

    private static Outcome<Result> refused(Refusal refusal) {
        return Outcome.unchanged(new Result.Refused(refusal));
    }
}
