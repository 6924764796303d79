package dev.sallyport.rule;

import dev.sallyport.http.BadInput;
import dev.sallyport.http.Handler;
import dev.sallyport.http.Problem;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import java.util.List;

/** {@code PUT /sallyport/v1/credential_rules} */
final class SetRulesHandler implements Handler {

    private static final int MOST_NAMES = 10;

    /** @param ended how many credentials the new rules ended */
    record SetAnswer(int revision, RulesJson rules, int ended) {}

    private final SetRules setRules;

    SetRulesHandler(SetRules setRules) {
        this.setRules = setRules;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var body = request.body(RulesBody.class);
        var condition = request.header("If-Match");
        var wanted = new SetRules.Request(body.parsedRules(), revision(body, condition), body.applied(), body.expect());
        return switch (setRules.set(caller, wanted)) {
            case SetRules.Result.Done(var stored, var ended) ->
                Reply.ok(new SetAnswer(stored.revision(), RulesJson.of(stored.rules()), ended))
                        .with("ETag", ReadRulesHandler.etag(stored.revision()));
            case SetRules.Result.ChangedMeanwhile(var now) ->
                new Problem(
                        condition.isEmpty() ? 409 : 412,
                        "rules_changed",
                        "The rules were changed meanwhile: they are at revision " + now + ". Read them again.");
            case SetRules.Result.NotAsExpected(var ending) ->
                Problem.conflict(
                        "not_as_expected",
                        "This would end " + ending
                                + " credentials. Look at the preview, and send that number as 'expect'.");
            case SetRules.Result.TooMany(var most) ->
                Problem.conflict(
                        "too_many_credentials",
                        "At most " + most + " credentials end at once. Apply fewer rules, or revoke by filter first.");
            case SetRules.Result.EndsCaller() ->
                Problem.conflict(
                        "ends_caller",
                        "This would end the credential of this request. Come with one that keeps the new rules.");
            case SetRules.Result.LocksCallerOut() ->
                Problem.badRequest(
                        "locks_caller_out",
                        "The member 'rules.addresses' must hold the address that this request comes from.");
            case SetRules.Result.UnknownScopes(var names) ->
                Problem.badRequest("unknown_scopes", "These scopes are not known: " + some(names));
            case SetRules.Result.UnknownRoles(var ids) ->
                Problem.badRequest("unknown_roles", "These are not roles of your organization: " + some(ids));
            case SetRules.Result.NoLongerAllowed() -> noLongerAllowed();
        };
    }

    static Problem noLongerAllowed() {
        return Problem.forbidden("no_longer_allowed", "The credential of this request has ended or was narrowed.");
    }

    private static int revision(RulesBody body, String condition) {
        var member = body.revision();
        if (condition.isEmpty()) {
            if (member == null) {
                throw new BadInput(new Problem(
                        428,
                        "revision_missing",
                        "Say which revision you change: with the member 'revision', or its ETag in If-Match."));
            }
            return member;
        }
        if (!condition.matches("\"[0-9]{1,9}\"")) {
            throw new BadInput("invalid_condition", "If-Match must hold the ETag of the rules, like \"3\".");
        }
        var revision = Integer.parseInt(condition.substring(1, condition.length() - 1));
        if (member != null && member != revision) {
            throw new BadInput("invalid_condition", "If-Match and the member 'revision' name two revisions.");
        }
        return revision;
    }

    /** The names may be anything that a client sent: only some of them are repeated, as plain text. */
    private static String some(List<String> names) {
        var shown = names.stream()
                .limit(MOST_NAMES)
                .map(name -> name.replaceAll("[^!-~]", "?"))
                .toList();
        var text = String.join(", ", shown);
        return names.size() > MOST_NAMES ? text + " and " + (names.size() - MOST_NAMES) + " more" : text;
    }
}
