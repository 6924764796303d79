package dev.sallyport.audit;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A decision as it is read back from the log. It means that this was decided; an allow was answered only if its record was
 * on stable storage in time, so a record may stand for an allow that the client never got.
 *
 * @param who null where nobody was authenticated
 */
record LoggedDecision(
        long atMicros,
        @Nullable Who who,
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

    /** @param kind the code of a {@link dev.sallyport.identity.CredentialKind} */
    record Who(
            UUID organization,
            UUID principal,
            String email,
            UUID credential,
            String kind,
            String name,
            @Nullable UUID mintedBy,
            List<String> scopes,
            long expiresAtMicros) {

        Who {
            scopes = List.copyOf(scopes);
        }
    }
}
