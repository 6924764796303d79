package dev.sallyport.key;

import dev.sallyport.http.Problem;
import dev.sallyport.http.Rfc3339;
import java.util.List;
import java.util.stream.Collectors;

/** Refusals on the wire. */
final class KeyProblems {

    private static final int MOST_NAMES = 10;
    private static final int LONGEST_NAME = 100;

    private KeyProblems() {}

    static Problem noApplicationKey() {
        return Problem.notFound("Application key not found");
    }

    static Problem noServiceAccount() {
        return Problem.notFound("Service account not found");
    }

    static Problem noApiKey() {
        return Problem.notFound("API key not found");
    }

    static Problem of(Refusal refusal) {
        return switch (refusal) {
            case Refusal.InvalidName(var what) -> Problem.badRequest("invalid_name", what);
            case Refusal.TooManyScopes(var most) ->
                Problem.badRequest("too_many_scopes", "A request can name at most " + most + " scopes.");
            case Refusal.UnknownScopes(var names) ->
                Problem.badRequest("unknown_scopes", "No key can carry these scopes: " + listed(names));
            case Refusal.ScopesNotHeld(var names) ->
                Problem.forbidden(
                        "scopes_not_held", "Your own credential does not reach these scopes: " + listed(names));
            case Refusal.BeyondCaller() ->
                Problem.forbidden(
                        "beyond_caller",
                        "A key without scopes does all that its owner may do, and the credential of this request does not.");
            case Refusal.OutlivesCaller(var end) ->
                Problem.forbidden(
                        "outlives_caller",
                        "The key must end no later than the credential of this request, which ends at "
                                + Rfc3339.format(end) + ".");
            case Refusal.AgainstRules(var broken) -> broken.problem();
            case Refusal.TooManyApplicationKeys(var most) ->
                Problem.forbidden(
                        "too_many_keys", "The owner has " + most + " live application keys. Revoke one first.");
            case Refusal.TooManyApiKeys(var most) ->
                Problem.forbidden(
                        "too_many_keys", "The organization has " + most + " live API keys. Revoke one first.");
            case Refusal.NameTaken() -> Problem.conflict("name_taken", "An API key with the same name already exists");
            case Refusal.ScopesChanged() ->
                Problem.conflict("scopes_changed", "The scopes of the key were changed meanwhile. Look at it again.");
            case Refusal.NoLongerAllowed() ->
                Problem.forbidden("no_longer_allowed", "The credential of this request has ended or was narrowed.");
        };
    }

    /** The names may be anything that a client sent: only some of them are repeated, and none at any length. */
    private static String listed(List<String> names) {
        var text = names.stream().limit(MOST_NAMES).map(KeyProblems::readable).collect(Collectors.joining(", "));
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
