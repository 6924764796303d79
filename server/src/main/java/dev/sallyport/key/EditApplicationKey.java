package dev.sallyport.key;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.Asset;
import dev.sallyport.audit.AuditAction;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.credential.CredentialStore;
import dev.sallyport.credential.Credentials;
import dev.sallyport.credential.StoredCredential;
import dev.sallyport.feed.Feed;
import dev.sallyport.feed.Outcome;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.identity.DisplayName;
import dev.sallyport.rule.Rules;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Renames or re-scopes an application key. */
final class EditApplicationKey {

    /** @param names empty for all that the owner holds */
    record NewScopes(Optional<List<String>> names) {}

    /** @param name null to keep it
     * @param scopes null to keep them
     * @param expected the scopes that it must still have; null for whichever */
    record Request(
            CredentialId id,
            @Nullable String name,
            @Nullable NewScopes scopes,
            @Nullable NewScopes expected) {

        Request(CredentialId id, @Nullable String name, @Nullable NewScopes scopes) {
            this(id, name, scopes, null);
        }
    }

    sealed interface Result {
        record Edited(StoredCredential key) implements Result {}

        /** Or out of the caller's sight: the two look alike. */
        record NotFound() implements Result {}

        record Refused(Refusal refusal) implements Result {}
    }

    private final Feed feed;
    private final CredentialStore credentials;
    private final SightedKeys sightedKeys;
    private final ChangeTrail trail;
    private final Rules rules;
    private final ScopeCheck scopeCheck;
    private final CallerCheck callerCheck;
    private final InstantSource clock;

    EditApplicationKey(
            Feed feed,
            CredentialStore credentials,
            SightedKeys sightedKeys,
            ChangeTrail trail,
            Rules rules,
            ScopeCheck scopeCheck,
            CallerCheck callerCheck,
            InstantSource clock) {
        this.feed = feed;
        this.credentials = credentials;
        this.sightedKeys = sightedKeys;
        this.trail = trail;
        this.rules = rules;
        this.scopeCheck = scopeCheck;
        this.callerCheck = callerCheck;
        this.clock = clock;
    }

    Result edit(Caller caller, Sight sight, Request request) {
        var problem = request.name() == null ? Optional.<String>empty() : DisplayName.problemWith(request.name());
        if (problem.isPresent()) {
            return new Result.Refused(new Refusal.InvalidName(problem.get()));
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return feed.change(transaction -> edit(transaction, caller, sight, request, now));
    }

    private Outcome<Result> edit(Transaction transaction, Caller caller, Sight sight, Request request, Instant now) {
        var organization = caller.organization().id();
        rules.hold(transaction, organization, now);
        // The row is taken before it is read, so that no other edit widens it between the check and the change.
        var found = credentials.hold(transaction, organization, request.id())
                ? sightedKeys.find(transaction, organization, sight, request.id())
                : Optional.<StoredCredential>empty();
        if (found.isEmpty()) {
            return Outcome.unchanged(new Result.NotFound());
        }
        var key = found.get();
        if (request.expected() != null && !request.expected().names().equals(key.scopes())) {
            return Outcome.unchanged(new Result.Refused(new Refusal.ScopesChanged()));
        }
        return switch (edited(caller, request, key)) {
            case Edit.Refused(var refusal) -> Outcome.unchanged(new Result.Refused(refusal));
            case Edit.Accepted edit -> {
                var mayStill = callerCheck.sees(
                        transaction,
                        caller,
                        now,
                        carried -> carried.includes(key.scopes()) && carried.includes(edit.scopes()));
                if (!mayStill) {
                    yield Outcome.unchanged(new Result.Refused(lost(key.scopes(), edit.scopes())));
                }
                yield rules.admitScopes(
                                transaction,
                                organization,
                                CredentialKind.APPLICATION_KEY,
                                key.scopes(),
                                edit.scopes(),
                                now)
                        .map(broken -> Outcome.<Result>unchanged(new Result.Refused(new Refusal.AgainstRules(broken))))
                        .orElseGet(() -> change(transaction, caller, key, edit, now));
            }
        };
    }

    private sealed interface Edit {
        record Accepted(String name, Optional<List<String>> scopes) implements Edit {}

        record Refused(Refusal refusal) implements Edit {}
    }

    /** What the key would be, or why the caller may not make it that. */
    private Edit edited(Caller caller, Request request, StoredCredential key) {
        var owner = Objects.requireNonNull(key.owner());
        var beyond = scopeCheck.beyond(caller, owner, key.scopes());
        if (beyond.isPresent()) {
            return new Edit.Refused(beyond.get());
        }
        if (caller.credential().isOutlivedBy(key.expiresAt())) {
            return new Edit.Refused(new Refusal.OutlivesCaller(
                    Objects.requireNonNull(caller.credential().expiresAt())));
        }
        var name = request.name() == null ? key.name() : request.name();
        if (request.scopes() == null) {
            return new Edit.Accepted(name, key.scopes());
        }
        return switch (scopeCheck.check(caller, owner, request.scopes().names())) {
            case ScopeCheck.Checked.Failed(var refusal) -> new Edit.Refused(refusal);
            case ScopeCheck.Checked.Passed(var scopes) -> new Edit.Accepted(name, scopes);
        };
    }

    private static Refusal lost(Optional<List<String>> before, Optional<List<String>> after) {
        return before.isEmpty() || after.isEmpty() ? new Refusal.BeyondCaller() : new Refusal.NoLongerAllowed();
    }

    private Outcome<Result> change(
            Transaction transaction, Caller caller, StoredCredential key, Edit.Accepted edit, Instant now) {
        var organization = caller.organization().id();
        if (!credentials.edit(
                transaction,
                new CredentialStore.Edit(organization, key.id(), edit.name(), edit.scopes()),
                caller.principal().id(),
                now)) {
            return Outcome.unchanged(new Result.NotFound());
        }
        trail.record(
                transaction,
                Actor.of(caller),
                AuditAction.APPLICATION_KEY_EDITED,
                new Asset(key.id().toString(), edit.name()),
                Map.of(
                        "owner", String.valueOf(key.owner()),
                        "name_before", key.name(),
                        "scopes_before", KeyMint.text(key.scopes()),
                        "scopes", KeyMint.text(edit.scopes()),
                        "legacy", "true"),
                now);
        var edited = sightedKeys
                .find(transaction, organization, new Sight.Everybody(), key.id())
                .orElseThrow();
        return Outcome.changed(Credentials.change(organization, key.id()), new Result.Edited(edited));
    }
}
