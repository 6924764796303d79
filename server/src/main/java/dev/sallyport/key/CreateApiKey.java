package dev.sallyport.key;

import dev.sallyport.audit.Actor;
import dev.sallyport.credential.Credentials;
import dev.sallyport.feed.Feed;
import dev.sallyport.feed.Outcome;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.identity.DisplayName;
import dev.sallyport.rule.NewCredential;
import dev.sallyport.rule.Rules;
import dev.sallyport.rule.Ruling;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Creates an API key of the organization. The result is the only place its text can be read. */
final class CreateApiKey {

    record Request(String name, String category, boolean isRemoteConfigReadEnabled) {}

    sealed interface Result {
        record Created(ApiKey key, IssuedKey issued) implements Result {}

        record Refused(Refusal refusal) implements Result {}
    }

    private final Feed feed;
    private final ApiKeyStore keys;
    private final KeyOwnerStore owners;
    private final Rules rules;
    private final CallerCheck callerCheck;
    private final KeyMint mint;
    private final KeyLimits limits;
    private final InstantSource clock;

    CreateApiKey(
            Feed feed,
            ApiKeyStore keys,
            KeyOwnerStore owners,
            Rules rules,
            CallerCheck callerCheck,
            KeyMint mint,
            KeyLimits limits,
            InstantSource clock) {
        this.feed = feed;
        this.keys = keys;
        this.owners = owners;
        this.rules = rules;
        this.callerCheck = callerCheck;
        this.mint = mint;
        this.limits = limits;
        this.clock = clock;
    }

    Result create(Caller caller, Request request) {
        var problem = DisplayName.problemWith(request.name());
        if (problem.isPresent()) {
            return new Result.Refused(new Refusal.InvalidName(problem.get()));
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return feed.change(transaction -> create(transaction, caller, request, now));
    }

    private Outcome<Result> create(Transaction transaction, Caller caller, Request request, Instant now) {
        var asked = new NewCredential(CredentialKind.API_KEY, Optional.empty(), null);
        return switch (rules.admit(transaction, Actor.of(caller), asked, now)) {
            case Ruling.Broken broken -> refused(new Refusal.AgainstRules(broken));
            case Ruling.Allowed(var end) ->
                create(
                        transaction,
                        caller,
                        new KeyMint.ApiKeyOrder(
                                request.name(), request.category(), request.isRemoteConfigReadEnabled(), end),
                        now);
        };
    }

    private Outcome<Result> create(Transaction transaction, Caller caller, KeyMint.ApiKeyOrder order, Instant now) {
        var organization = caller.organization().id();
        // Before the caller's credential: whoever revokes many takes the organization first, and would wait for this
        // one.
        owners.holdOrganization(transaction, organization);
        if (!callerCheck.holdPrincipal(transaction, caller) || !callerCheck.hold(transaction, caller, now, _ -> true)) {
            return refused(new Refusal.NoLongerAllowed());
        }
        if (keys.named(transaction, organization, order.name()).isPresent()) {
            return refused(new Refusal.NameTaken());
        }
        return mint.apiKey(transaction, Actor.of(caller), order, now)
                .map(issued -> Outcome.<Result>changed(
                        Credentials.change(organization, issued.key().id()), created(issued, order)))
                .orElseGet(() -> refused(new Refusal.TooManyApiKeys(limits.apiKeysPerOrganization())));
    }

    private static Result created(IssuedKey issued, KeyMint.ApiKeyOrder order) {
        var key = new ApiKey(issued.key(), order.category(), order.isRemoteConfigReadEnabled());
        return new Result.Created(key, issued);
    }

    private static Outcome<Result> refused(Refusal refusal) {
        return Outcome.unchanged(new Result.Refused(refusal));
    }
}
