package dev.sallyport.token;

import dev.sallyport.audit.Actor;
import dev.sallyport.credential.CredentialStore;
import dev.sallyport.credential.Credentials;
import dev.sallyport.feed.Feed;
import dev.sallyport.feed.Outcome;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.DisplayName;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Issues a personal access token to the caller. The result is the only place its secret can be read. */
final class IssueToken {

    record Request(String name, List<String> scopes, Instant expiresAt) {
        Request {
            scopes = List.copyOf(scopes);
        }
    }

    sealed interface Result {
        record Issued(IssuedToken issued) implements Result {}

        record Refused(Refusal refusal) implements Result {}
    }

    private final Feed feed;
    private final CredentialStore tokens;
    private final TokenMint mint;
    private final ScopeCheck scopeCheck;
    private final TokenLimits limits;
    private final InstantSource clock;

    IssueToken(
            Feed feed,
            CredentialStore tokens,
            TokenMint mint,
            ScopeCheck scopeCheck,
            TokenLimits limits,
            InstantSource clock) {
        this.feed = feed;
        this.tokens = tokens;
        this.mint = mint;
        this.scopeCheck = scopeCheck;
        this.limits = limits;
        this.clock = clock;
    }

    Result issue(Caller caller, Request request) {
        var problem = DisplayName.problemWith(request.name());
        if (problem.isPresent()) {
            return new Result.Refused(new Refusal.InvalidName(problem.get()));
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        // What is stored has microseconds: the rules are held against what is stored.
        var expiresAt = request.expiresAt().truncatedTo(ChronoUnit.MICROS);
        return switch (scopeCheck.check(caller, request.scopes())) {
            case ScopeCheck.Checked.Failed(var refusal) -> new Result.Refused(refusal);
            case ScopeCheck.Checked.Passed(var names) -> {
                var refusal = refusalOf(caller, expiresAt, now);
                var order = new TokenMint.Order(
                        caller.principal(), request.name(), names, expiresAt, limits.liveTokensPerOwner());
                yield refusal.isPresent()
                        ? new Result.Refused(refusal.get())
                        : feed.change(transaction -> issue(transaction, caller, order, now));
            }
        };
    }

    private Optional<Refusal> refusalOf(Caller caller, Instant expiresAt, Instant now) {
        if (expiresAt.isBefore(now.plus(limits.shortestLife()).minus(limits.clockTolerance()))
                || expiresAt.isAfter(now.plus(limits.longestLife()))) {
            return Optional.of(new Refusal.ExpiryOutOfRange(limits));
        }
        return caller.credential().isOutlivedBy(expiresAt)
                ? Optional.of(new Refusal.OutlivesCaller(
                        Objects.requireNonNull(caller.credential().expiresAt())))
                : Optional.empty();
    }

    private Outcome<Result> issue(Transaction transaction, Caller caller, TokenMint.Order order, Instant now) {
        // The decision that let this call in is older than this transaction: here it counts what is true now.
        if (!mayStillMint(transaction, caller, order, now)) {
            return Outcome.unchanged(new Result.Refused(new Refusal.NoLongerAllowed()));
        }
        return mint.issue(transaction, Actor.of(caller), order, now)
                .map(issued -> Outcome.<Result>changed(
                        Credentials.change(
                                caller.organization().id(), issued.token().id()),
                        new Result.Issued(issued)))
                .orElseGet(() -> Outcome.unchanged(new Result.Refused(new Refusal.TooManyTokens(order.mostLive()))));
    }

    private boolean mayStillMint(Transaction transaction, Caller caller, TokenMint.Order order, Instant now) {
        var organization = caller.organization().id();
        var user = caller.principal();
        if (!tokens.holdOwner(transaction, organization, user.id(), user.epoch())) {
            return false;
        }
        return switch (caller.credential().kind()) {
            case PERSONAL_ACCESS_TOKEN, SERVICE_ACCESS_TOKEN, APPLICATION_KEY ->
                tokens.holdLive(transaction, organization, caller.credential().id(), now)
                        .filter(carried -> carried.includes(order.scopes()))
                        .isPresent();
            // They open no operation of this kind, or are used up by their redemption and never call.
            case API_KEY, SETUP_LINK, INVITATION -> false;
        };
    }
}
