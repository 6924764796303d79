package dev.sallyport.door;

import dev.sallyport.catalogue.CanonicalPath;
import dev.sallyport.catalogue.ProtectedApi;
import dev.sallyport.decision.Judge;
import dev.sallyport.decision.Question;
import dev.sallyport.decision.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The request that a gateway asks about.
 *
 * @param target path and query, as the client sent them
 */
record OriginalRequest(String method, String target) {

    /**
     * @param api null where no protected API has that id
     * @param original null where the gateway did not name exactly one method and one target
     */
    static Judge.Call call(@Nullable ProtectedApi api, String apiId, @Nullable OriginalRequest original) {
        if (api == null) {
            return new Judge.Call(null, "", new Question.Target.Refused(Reason.UNKNOWN_API), "", "", "");
        }
        if (original == null) {
            return new Judge.Call(api, apiId, new Question.Target.Refused(Reason.UNREADABLE_REQUEST), "", "", "");
        }
        return original.call(api, apiId);
    }

    private Judge.Call call(ProtectedApi api, String apiId) {
        var mark = target.indexOf('?');
        var path = mark < 0 ? target : target.substring(0, mark);
        return switch (CanonicalPath.parse(target)) {
            case CanonicalPath.Parsed.Ambiguous _ ->
                new Judge.Call(api, apiId, new Question.Target.Refused(Reason.AMBIGUOUS_PATH), method, path, "");
            case CanonicalPath.Parsed.Canonical(var canonical) ->
                new Judge.Call(
                        api,
                        apiId,
                        Question.Target.of(api, method, canonical),
                        method,
                        path,
                        mark < 0 ? "" : target.substring(mark + 1));
        };
    }
}
