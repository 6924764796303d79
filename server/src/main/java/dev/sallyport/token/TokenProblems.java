package dev.sallyport.token;

import dev.sallyport.http.Problem;
import dev.sallyport.http.Rfc3339;
import java.util.List;
import java.util.stream.Collectors;

/** Refusals on the wire. */
final class TokenProblems {

    private static final int MOST_NAMES = 10;
    private static final int LONGEST_NAME = 100;

    private TokenProblems() {}

    static Problem notFound(TokenFamily family) {
        return switch (family) {
            case PERSONAL -> Problem.notFound("Personal access token not found");
            case SERVICE -> Problem.notFound("Service access token not found");
        };
    }

    static Problem accountNotFound() {
        return Problem.notFound("Service account not found");
    }

    static Problem of(Refusal refusal) {
        return switch (refusal) {
            case Refusal.InvalidName(var what) -> Problem.badRequest("invalid_name", what);
            case Refusal.NoScopes() -> Problem.badRequest("no_scopes", "A token needs at least one scope.");
            case Refusal.TooManyScopes(var most) ->
                Problem.badRequest("too_many_scopes", "A request can name at most " + most + " scopes.");
            case Refusal.UnknownScopes(var names) ->
                Problem.badRequest("unknown_scopes", "No token can carry these scopes: " + listed(names));
            case Refusal.ScopesNotHeld(var names) ->
                Problem.forbidden(
                        "scopes_not_held", "Your own credential does not reach these scopes: " + listed(names));
            case Refusal.NoExpiry() ->
                Problem.badRequest("missing_member", "The member 'data.attributes.expires_at' is missing.");
            case Refusal.RuleBroken(var rule) -> rule.problem();
            case Refusal.ExpiryOutOfRange(var family, var limits) ->
                Problem.badRequest("expiry_out_of_range", range(family, limits));
            case Refusal.OutlivesCaller(var end) ->
                Problem.forbidden(
                        "outlives_caller",
                        "The token must end no later than the credential of this request, which ends at "
                                + Rfc3339.format(end) + ".");
            case Refusal.TooManyTokens(var most) ->
                Problem.forbidden("too_many_tokens", "The owner has " + most + " live tokens. Revoke one first.");
            case Refusal.NotAUser() ->
                Problem.forbidden(
                        "not_a_user",
                        "A personal access token is a user's. A service account has tokens of its own, under"
                                + " /api/v2/service_accounts/{service_account_id}/access_tokens.");
            case Refusal.OwnerDisabled() ->
                Problem.badRequest("owner_disabled", "The service account is disabled. Enable it first.");
            case Refusal.ScopesChanged() ->
                Problem.conflict("scopes_changed", "The scopes of the token were changed meanwhile. Look at it again.");
            case Refusal.NoLongerAllowed() ->
                Problem.forbidden(
                        "no_longer_allowed",
                        "The credential of this request, or whoever it is for, has ended or was narrowed.");
        };
    }

    private static String range(TokenFamily family, TokenLimits limits) {
        return switch (family) {
            case PERSONAL ->
                "expires_at must be from " + limits.shortestLife().toHours() + " hours to "
                        + limits.longestLife().toDays() + " days ahead.";
            case SERVICE ->
                "expires_at must be later than now and at most "
                        + limits.longestServiceLife().toDays() + " days ahead.";
        };
    }

    /** The names may be anything that a client sent: only some of them are repeated, and none at any length. */
    private static String listed(List<String> names) {
        var text = names.stream().limit(MOST_NAMES).map(TokenProblems::readable).collect(Collectors.joining(", "));
        return names.size() > MOST_NAMES ? text + " and " + (names.size() - MOST_NAMES) + " more" : text;
    }

    private static String readable(String name) {
        var text = new StringBuilder();
        name.codePoints()
                .limit(LONGEST_NAME)
                .map(point -> point > ' ' && point < 0x7F ? point : '?')
                .forEach(text::appendCodePoint);
        return text.toString();
    }
}
