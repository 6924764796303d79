package dev.sallyport.token;

import dev.sallyport.audit.Actor;
import dev.sallyport.credential.CredentialStore;
import dev.sallyport.credential.Credentials;
import dev.sallyport.feed.Feed;
import dev.sallyport.feed.Outcome;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.DisplayName;
import dev.sallyport.identity.Principal;
import dev.sallyport.rule.NewCredential;
import dev.sallyport.rule.Rules;
import dev.sallyport.rule.Ruling;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Issues a personal access token to the caller, or a service access token to a service account. The result is the only place
 * its secret can be read.
 *
 * <p>Whatever the owner may do, the maker gives no more than it holds itself and for no longer than its own credential lasts.
 */
final class IssueToken {

    /** @param expiresAt null where nobody says: then the rules of the organization do, or a service access token never ends */
    record Request(
            TokenPath path,
            String name,
            List<String> scopes,
            @Nullable Instant expiresAt) {
        Request {
            scopes = List.copyOf(scopes);
        }
    }

    sealed interface Result {
        record Issued(IssuedToken issued) implements Result {}

        /** Of another organization, removed, a user, or never there. */
        record UnknownAccount() implements Result {}

        record Refused(Refusal refusal) implements Result {}
    }

    private final Feed feed;
    private final CredentialStore tokens;
    private final ServiceAccountStore accounts;
    private final Rules rules;
    private final TokenMint mint;
    private final ScopeCheck scopeCheck;
    private final TokenLimits limits;
    private final InstantSource clock;

    IssueToken(
            Feed feed,
            CredentialStore tokens,
            ServiceAccountStore accounts,
            Rules rules,
            TokenMint mint,
            ScopeCheck scopeCheck,
            TokenLimits limits,
            InstantSource clock) {
        this.feed = feed;
        this.tokens = tokens;
        this.accounts = accounts;
        this.rules = rules;
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
        var expiresAt = request.expiresAt() == null ? null : request.expiresAt().truncatedTo(ChronoUnit.MICROS);
        return switch (scopeCheck.check(caller, request.scopes())) {
            case ScopeCheck.Checked.Failed(var refusal) -> new Result.Refused(refusal);
            case ScopeCheck.Checked.Passed(var names) -> {
                var wanted = new Request(request.path(), request.name(), names, expiresAt);
                yield wanted.path().family() == TokenFamily.PERSONAL
                                && caller.principal().kind() != Principal.Kind.USER
                        ? new Result.Refused(new Refusal.NotAUser())
                        : feed.change(transaction -> issue(transaction, caller, wanted, now));
            }
        };
    }

    private Optional<Refusal> refusalOf(Caller caller, Request request, Instant now) {
        var family = request.path().family();
        if (family == TokenFamily.PERSONAL && request.expiresAt() == null) {
            return Optional.of(new Refusal.NoExpiry());
        }
        if (!isInRange(family, request.expiresAt(), now)) {
            return Optional.of(new Refusal.ExpiryOutOfRange(family, limits));
        }
        return caller.credential().isOutlivedBy(request.expiresAt())
                ? Optional.of(new Refusal.OutlivesCaller(
                        Objects.requireNonNull(caller.credential().expiresAt())))
                : Optional.empty();
    }

    private boolean isInRange(TokenFamily family, @Nullable Instant expiresAt, Instant now) {
        return switch (family) {
            case PERSONAL ->
                expiresAt != null
                        && !expiresAt.isBefore(now.plus(limits.shortestLife()).minus(limits.clockTolerance()))
                        && !expiresAt.isAfter(now.plus(limits.longestLife()));
            case SERVICE ->
                expiresAt == null
                        || (expiresAt.isAfter(now)
                                && !expiresAt.isAfter(
                                        now.plus(limits.longestServiceLife()).plus(limits.clockTolerance())));
        };
    }

    /** Every token that somebody makes passes here, once it is known for whom it is. */
    private Outcome<Result> issue(Transaction transaction, Caller caller, Request request, Instant now) {
        var found = switch (request.path()) {
            case TokenPath.Personal() -> Optional.of(caller.principal());
            case TokenPath.Service(var account) ->
                accounts.find(transaction, caller.organization().id(), account);
        };
        if (found.isEmpty()) {
            return Outcome.unchanged(new Result.UnknownAccount());
        }
        var owner = found.get();
        if (!owner.isActive()) {
            return refused(new Refusal.OwnerDisabled());
        }
        var asked =
                new NewCredential(request.path().family().kind(), Optional.of(request.scopes()), request.expiresAt());
        // Before any row is taken: whoever sets the rules takes theirs first as well.
        return switch (rules.admit(transaction, Actor.of(caller), asked, now)) {
            case Ruling.Broken broken -> refused(new Refusal.RuleBroken(broken));
            case Ruling.Allowed(var end) -> {
                var ending = new Request(request.path(), request.name(), request.scopes(), end);
                yield refusalOf(caller, ending, now)
                        .map(IssueToken::refused)
                        .orElseGet(() -> issue(transaction, caller, owner, ending, now));
            }
        };
    }

    private Outcome<Result> issue(
            Transaction transaction, Caller caller, Principal owner, Request request, Instant now) {
        // The decision that let this call in is older than this transaction: here it counts what is true now.
        if (!hold(transaction, caller.principal(), owner) || !mayStillMint(transaction, caller, request, now)) {
            return refused(new Refusal.NoLongerAllowed());
        }
        var order = new TokenMint.Order(
                request.path().family(),
                owner,
                request.name(),
                request.scopes(),
                request.expiresAt(),
                limits.liveTokensPerOwner());
        return mint.issue(transaction, Actor.of(caller), order, now)
                .map(issued -> Outcome.<Result>changed(
                        Credentials.change(
                                caller.organization().id(), issued.token().id()),
                        new Result.Issued(issued)))
                .orElseGet(() -> refused(new Refusal.TooManyTokens(order.mostLive())));
    }

    private static Outcome<Result> refused(Refusal refusal) {
        return Outcome.unchanged(new Result.Refused(refusal));
    }

    /** In the order of ids: two service accounts that make tokens for each other at once would wait for each other. */
    private boolean hold(Transaction transaction, Principal caller, Principal owner) {
        return Stream.of(caller, owner)
                .distinct()
                .sorted(Comparator.comparing(principal -> principal.id().value()))
                .allMatch(principal ->
                        tokens.holdOwner(transaction, principal.organization(), principal.id(), principal.epoch()));
    }

    private boolean mayStillMint(Transaction transaction, Caller caller, Request request, Instant now) {
        return switch (caller.credential().kind()) {
            case PERSONAL_ACCESS_TOKEN, SERVICE_ACCESS_TOKEN, APPLICATION_KEY ->
                tokens.holdLive(
                                transaction,
                                caller.organization().id(),
                                caller.credential().id(),
                                now)
                        .filter(carried -> carried.includes(request.scopes()))
                        .isPresent();
            // They open no operation of this kind, or are used up by their redemption and never call.
            case API_KEY, SETUP_LINK, INVITATION -> false;
        };
    }
}
