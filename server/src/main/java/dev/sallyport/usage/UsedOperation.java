package dev.sallyport.usage;

import dev.sallyport.catalogue.Operation;
import dev.sallyport.catalogue.ProtectedApi;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was called, and what that is in the catalogue now.
 *
 * @param api null where there is no such API any more, or the organization is not admitted to it
 * @param meant more than one where versions of an operation share its id; empty where there is none any more
 */
record UsedOperation(CalledOperation called, @Nullable ProtectedApi api, List<Operation> meant) {

    UsedOperation {
        meant = List.copyOf(meant);
    }
}
