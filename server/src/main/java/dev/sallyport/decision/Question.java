package dev.sallyport.decision;

import dev.sallyport.authentication.Authentication;
import dev.sallyport.catalogue.CanonicalPath;
import dev.sallyport.catalogue.Operation;
import dev.sallyport.catalogue.OperationTable.Match;
import dev.sallyport.catalogue.ProtectedApi;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a decision depends on.
 *
 * @param api null where the door's path names none
 * @param isFresh whether what is in memory was confirmed recently enough
 */
public record Question(@Nullable ProtectedApi api, Target target, Authentication authentication, boolean isFresh) {

    /** What the call is for. */
    public sealed interface Target {
        record Known(Operation operation) implements Target {}

        record Refused(Reason reason) implements Target {}

        static Target of(ProtectedApi api, String method, CanonicalPath path) {
            return switch (api.operations().match(method, path)) {
                case Match.Matched(var operation, var _) -> new Known(operation);
                case Match.Unknown _ -> new Refused(Reason.UNKNOWN_OPERATION);
                case Match.Ambiguous _ -> new Refused(Reason.AMBIGUOUS_PATH);
            };
        }
    }
}
