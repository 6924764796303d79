package dev.sallyport.key;

import dev.sallyport.audit.Actor;
import dev.sallyport.credential.Credentials;
import dev.sallyport.feed.Feed;
import dev.sallyport.feed.Outcome;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.DisplayName;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Creates an API key of the organization. The result is the only place its text can be read. */
final class CreateApiKey {

    sealed interface Result {
        record Created(ApiKey key, IssuedKey issued) implements Result {}

        record Refused(Refusal refusal) implements Result {}
    }

    private final Feed feed;
    private final ApiKeyStore keys;
    private final KeyOwnerStore owners;
    private final CallerCheck callerCheck;
    private final KeyMint mint;
    private final KeyLimits limits;
    private final InstantSource clock;

    CreateApiKey(
            Feed feed,
            ApiKeyStore keys,
            KeyOwnerStore owners,
            CallerCheck callerCheck,
            KeyMint mint,
            KeyLimits limits,
            InstantSource clock) {
        this.feed = feed;
        this.keys = keys;
        this.owners = owners;
        this.callerCheck = callerCheck;
        this.mint = mint;
        this.limits = limits;
        this.clock = clock;
    }

    Result create(Caller caller, KeyMint.ApiKeyOrder order) {
        var problem = DisplayName.problemWith(order.name());
        if (problem.isPresent()) {
            return new Result.Refused(new Refusal.InvalidName(problem.get()));
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return feed.change(transaction -> create(transaction, caller, order, now));
    }

    private Outcome<Result> create(Transaction transaction, Caller caller, KeyMint.ApiKeyOrder order, Instant now) {
        if (!callerCheck.holdPrincipal(transaction, caller) || !callerCheck.hold(transaction, caller, now, _ -> true)) {
            return refused(new Refusal.NoLongerAllowed());
        }
        var organization = caller.organization().id();
        owners.holdOrganization(transaction, organization);
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
