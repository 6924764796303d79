package dev.sallyport.token;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.Asset;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.credential.CredentialStore;
import dev.sallyport.credential.Credentials;
import dev.sallyport.credential.StoredCredential;
import dev.sallyport.feed.Feed;
import dev.sallyport.feed.Outcome;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.CredentialId;
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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Renames or re-scopes a token. Its end never moves. */
final class EditToken {

    /** @param name null to keep it
     * @param scopes null to keep them
     * @param expected the scopes that it must still have; null for whichever */
    record Request(
            TokenPath path,
            CredentialId id,
            @Nullable String name,
            @Nullable List<String> scopes,
            @Nullable List<String> expected) {

        Request(TokenPath path, CredentialId id, @Nullable String name, @Nullable List<String> scopes) {
            this(path, id, name, scopes, null);
        }
    }

    sealed interface Result {
        record Edited(StoredCredential token) implements Result {}

        /** Or out of the caller's sight: the two look alike. */
        record NotFound() implements Result {}

        record Refused(Refusal refusal) implements Result {}
    }

    private final Feed feed;
    private final CredentialStore tokens;
    private final Rules rules;
    private final ChangeTrail trail;
    private final ScopeCheck scopeCheck;
    private final Reach reach;
    private final InstantSource clock;

    EditToken(
            Feed feed,
            CredentialStore tokens,
            Rules rules,
            ChangeTrail trail,
            ScopeCheck scopeCheck,
            Reach reach,
            InstantSource clock) {
        this.feed = feed;
        this.tokens = tokens;
        this.rules = rules;
        this.trail = trail;
        this.scopeCheck = scopeCheck;
        this.reach = reach;
        this.clock = clock;
    }

    Result edit(Caller caller, Request request) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return feed.change(transaction -> edit(transaction, caller, request, now));
    }

    private Outcome<Result> edit(Transaction transaction, Caller caller, Request request, Instant now) {
        var organization = caller.organization().id();
        if (request.scopes() != null) {
            // Before any row is taken: whoever sets the rules takes theirs first as well.
            rules.hold(transaction, organization, now);
        }
        // The row is taken before it is read, so that no other edit widens it between the check and the change.
        var found = tokens.hold(transaction, organization, request.id())
                ? tokens.find(
                        transaction,
                        organization,
                        request.id(),
                        request.path().family().kinds())
                : Optional.<StoredCredential>empty();
        var visible = found.filter(token -> reach.changes(caller, request.path(), token));
        if (visible.isEmpty()) {
            return Outcome.unchanged(new Result.NotFound());
        }
        var token = visible.get();
        if (request.expected() != null && !request.expected().equals(token.scopeNames())) {
            return Outcome.unchanged(new Result.Refused(new Refusal.ScopesChanged()));
        }
        return switch (edited(caller, request, token)) {
            case Edit.Refused(var refusal) -> Outcome.unchanged(new Result.Refused(refusal));
            case Edit.Accepted edit ->
                refusal(transaction, caller, token, edit, now)
                        .<Outcome<Result>>map(refusal -> Outcome.unchanged(new Result.Refused(refusal)))
                        .orElseGet(() -> change(transaction, caller, token, edit, now));
        };
    }

    private Optional<Refusal> refusal(
            Transaction transaction, Caller caller, StoredCredential token, Edit.Accepted edit, Instant now) {
        if (!isStillAllowed(transaction, caller, token.scopeNames(), edit.scopes(), now)) {
            return Optional.of(new Refusal.NoLongerAllowed());
        }
        return edit.scopes().equals(token.scopeNames())
                ? Optional.empty()
                : rules.admitScopes(
                                transaction,
                                token.organization(),
                                token.kind(),
                                token.scopes(),
                                Optional.of(edit.scopes()),
                                now)
                        .map(Refusal.RuleBroken::new);
    }

    private sealed interface Edit {
        record Accepted(String name, List<String> scopes) implements Edit {}

        record Refused(Refusal refusal) implements Edit {}
    }

    /** What the token would be, or why the caller may not make it that. */
    private Edit edited(Caller caller, Request request, StoredCredential token) {
        var name = request.name() == null ? token.name() : request.name();
        var problem = request.name() == null ? Optional.<String>empty() : DisplayName.problemWith(name);
        if (problem.isPresent()) {
            return new Edit.Refused(new Refusal.InvalidName(problem.get()));
        }
        var scopes = token.scopeNames();
        if (request.scopes() != null) {
            switch (scopeCheck.check(caller, request.scopes())) {
                case ScopeCheck.Checked.Failed(var refusal) -> {
                    return new Edit.Refused(refusal);
                }
                case ScopeCheck.Checked.Passed(var names) -> scopes = names;
            }
        }
        var beyond = scopeCheck.beyond(caller.authority(), token.scopeNames());
        if (!beyond.isEmpty()) {
            return new Edit.Refused(new Refusal.ScopesNotHeld(beyond));
        }
        return caller.credential().isOutlivedBy(token.expiresAt())
                ? new Edit.Refused(new Refusal.OutlivesCaller(
                        Objects.requireNonNull(caller.credential().expiresAt())))
                : new Edit.Accepted(name, scopes);
    }

    /** The decision that let this call in is older than this transaction: the caller may have been narrowed since. */
    private boolean isStillAllowed(
            Transaction transaction, Caller caller, List<String> before, List<String> after, Instant now) {
        return switch (caller.credential().kind()) {
            case PERSONAL_ACCESS_TOKEN, SERVICE_ACCESS_TOKEN, APPLICATION_KEY ->
                tokens.live(
                                transaction,
                                caller.organization().id(),
                                caller.credential().id(),
                                caller.principal().epoch(),
                                now)
                        .filter(carried -> carried.includes(before) && carried.includes(after))
                        .isPresent();
            // They open no operation of this kind, or are used up by their redemption and never call.
            case API_KEY, SETUP_LINK, INVITATION -> false;
        };
    }

    private Outcome<Result> change(
            Transaction transaction, Caller caller, StoredCredential token, Edit.Accepted edit, Instant now) {
        var organization = caller.organization().id();
        if (!tokens.edit(
                transaction,
                new CredentialStore.Edit(organization, token.id(), edit.name(), Optional.of(edit.scopes())),
                caller.principal().id(),
                now)) {
            return Outcome.unchanged(new Result.NotFound());
        }
        trail.record(
                transaction,
                Actor.of(caller),
                TokenFamily.of(token.kind()).edited(),
                new Asset(token.id().toString(), edit.name()),
                Map.of(
                        "owner", String.valueOf(token.owner()),
                        "name_before", token.name(),
                        "scopes_before", String.join(" ", token.scopeNames()),
                        "scopes", String.join(" ", edit.scopes())),
                now);
        var edited = tokens.find(transaction, organization, token.id(), Set.of(token.kind()))
                .orElseThrow();
        return Outcome.changed(Credentials.change(organization, token.id()), new Result.Edited(edited));
    }
}
