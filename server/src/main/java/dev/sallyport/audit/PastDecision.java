package dev.sallyport.audit;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A decision as the trail has it, with what was true then. Texts that do not apply are empty.
 *
 * @param expiresAtMicros {@link Long#MAX_VALUE} for a credential without an end
 * @param scopes of the credential; for one that is not narrowed, what it carried
 * @param askedBy the credential of whoever asked what the subject may do; then nobody called
 * @param need null unless authority was what was missing, and in records of earlier versions
 */
public record PastDecision(
        String id,
        long atMicros,
        String principal,
        String email,
        String credential,
        String credentialKind,
        String credentialName,
        String mintedBy,
        long expiresAtMicros,
        List<String> scopes,
        String api,
        String operation,
        String method,
        String path,
        boolean isAllowed,
        String reason,
        long revision,
        String address,
        String askedBy,
        @Nullable Need need) {

    public PastDecision {
        scopes = List.copyOf(scopes);
    }

    static PastDecision of(IndexedEvent event) {
        var who = event.who();
        var call = event.call();
        return new PastDecision(
                event.id(),
                event.atMicros(),
                who.principal(),
                who.email(),
                who.credential(),
                who.credentialKind(),
                who.credentialName(),
                who.mintedBy(),
                who.expiresAtMicros(),
                who.scopes(),
                call.api(),
                call.operation(),
                call.method(),
                call.path(),
                call.outcome().equals("allowed"),
                call.reason(),
                call.revision(),
                who.address(),
                event.details().getOrDefault(IndexedEvent.ASKED_BY, ""),
                need(event.details()));
    }

    private static @Nullable Need need(Map<String, String> details) {
        var required = details.get(IndexedEvent.REQUIRED);
        return required == null
                ? null
                : new Need(
                        Stream.of(required.split("[|]"))
                                .map(DecisionCodec::names)
                                .toList(),
                        DecisionCodec.names(details.getOrDefault(IndexedEvent.HELD, "")),
                        DecisionCodec.names(details.getOrDefault(IndexedEvent.MISSING, "")));
    }
}
