package dev.sallyport.audit;

import dev.sallyport.identity.Caller;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded of one decision. No secret, no query, no header of the client but its address.
 *
 * @param caller who showed it, whether or not it was still live; null where no secret was proved
 * @param presented the public id of a credential that was shown but not proved; beside a caller, that of whoever asked about
 *     the caller, who then called nothing; empty where there is none to name
 * @param operation the id of the operation in its API; empty where none matched
 * @param path the concrete path, with the parameters in it
 * @param reason a word of a fixed set; {@code allowed} for a permit
 * @param need null unless authority was what was missing
 */
public record DecisionRecord(
        long atMicros,
        @Nullable Caller caller,
        String presented,
        String api,
        String operation,
        String method,
        String path,
        boolean isAllowed,
        String reason,
        long revision,
        String clientAddress,
        @Nullable Need need) {

    public DecisionRecord(
            long atMicros,
            @Nullable Caller caller,
            String presented,
            String api,
            String operation,
            String method,
            String path,
            boolean isAllowed,
            String reason,
            long revision,
            String clientAddress) {
        this(
                atMicros,
                caller,
                presented,
                api,
                operation,
                method,
                path,
                isAllowed,
                reason,
                revision,
                clientAddress,
                null);
    }
}
