package dev.sallyport.limit;

import dev.sallyport.http.BadInput;
import dev.sallyport.http.Handler;
import dev.sallyport.http.Problem;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import org.jspecify.annotations.Nullable;

/** {@code PUT /sallyport/v1/call_limits} */
final class SetLimitsHandler implements Handler {

    private static final int MOST_NAMES = 10;

    /** @param revision the one that was read before */
    record LimitsBody(@Nullable Integer revision, @Nullable LimitsJson limits) {}

    private final SetLimits setLimits;

    SetLimitsHandler(SetLimits setLimits) {
        this.setLimits = setLimits;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var body = request.body(LimitsBody.class);
        var limits = body.limits();
        if (limits == null) {
            throw new BadInput("missing_member", "The member 'limits' is missing.");
        }
        var revision = body.revision();
        if (revision == null || revision < 0) {
            throw new BadInput(
                    new Problem(428, "revision_missing", "Say with the member 'revision' which revision you change."));
        }
        return switch (setLimits.set(caller, new SetLimits.Request(limits.parse(), revision))) {
            case SetLimits.Result.Done(var stored) -> Reply.ok(ReadLimitsHandler.LimitsAnswer.of(stored));
            case SetLimits.Result.ChangedMeanwhile() ->
                Problem.conflict("limits_changed", "The limits were changed meanwhile. Read them again.");
            case SetLimits.Result.UnknownCredentials(var ids) ->
                Problem.badRequest(
                        "unknown_credentials",
                        "These are not credentials of your organization: "
                                + String.join(", ", ids.subList(0, Math.min(ids.size(), MOST_NAMES))));
            case SetLimits.Result.NoLongerAllowed() ->
                Problem.forbidden("no_longer_allowed", "The credential of this request has ended or was narrowed.");
        };
    }
}
