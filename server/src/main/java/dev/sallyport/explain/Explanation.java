package dev.sallyport.explain;

import dev.sallyport.audit.PastDecision;
import dev.sallyport.catalogue.Operation;
import dev.sallyport.decision.Reason;
import dev.sallyport.permission.Permissions;
import dev.sallyport.permission.Requirement;
import dev.sallyport.sql.Micros;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a decision came about.
 *
 * @param id of the record; null for a call that has not happened
 * @param at when; null likewise
 * @param required alternatives, each of them whole
 * @param held what of the requirement the owner held
 * @param missing what the call lacked
 * @param revision of the facts that it was decided by
 * @param edits what would have it allowed; alternatives
 */
record Explanation(
        @Nullable String id,
        @Nullable String at,
        String decision,
        String reason,
        String explanation,
        String api,
        @Nullable String operation,
        @Nullable String template,
        String method,
        String path,
        String requirement,
        List<List<String>> required,
        List<String> held,
        List<String> missing,
        Map<String, Object> credential,
        long revision,
        @Nullable String address,
        List<Edit> edits) {

    Explanation {
        required = required.stream().map(List::copyOf).toList();
        held = List.copyOf(held);
        missing = List.copyOf(missing);
        credential = Map.copyOf(credential);
        edits = List.copyOf(edits);
    }

    static final String ALLOWED = "The call is allowed.";

    /** Of one that was recorded, as it was then; of an API that changed since, the operation may be another one now. */
    static Explanation of(PastDecision past, @Nullable Operation operation, List<Edit> edits) {
        var need = past.need();
        return new Explanation(
                past.id(),
                Micros.toInstant(past.atMicros()).toString(),
                past.isAllowed() ? "permit" : "deny",
                past.reason(),
                past.isAllowed()
                        ? ALLOWED
                        : Reason.of(past.reason()).map(Reason::explanation).orElse(""),
                past.api(),
                past.operation().isEmpty() ? null : past.operation(),
                operation == null ? null : operation.template(),
                past.method(),
                past.path(),
                operation == null ? "unknown" : word(operation.requirement()),
                need == null ? List.of() : need.required(),
                need == null ? List.of() : need.held(),
                need == null ? List.of() : need.missing(),
                credential(past),
                past.revision(),
                past.address(),
                edits);
    }

    private static Map<String, Object> credential(PastDecision past) {
        var end = past.expiresAtMicros();
        return Map.of(
                "id", past.credential(),
                "kind", past.credentialKind(),
                "name", past.credentialName(),
                "owner", past.email(),
                "scopes", past.scopes(),
                "minted_by", past.mintedBy(),
                "asked_by", past.askedBy(),
                "expires_at",
                        end == 0 || end == Long.MAX_VALUE
                                ? "never"
                                : Micros.toInstant(end).toString());
    }

    static String word(Requirement requirement) {
        return switch (requirement) {
            case Requirement.Open _ -> "nothing";
            case Requirement.SignedIn _ -> "any credential";
            case Requirement.ApiKey _ -> "an API key";
            case Requirement.Undeclared _ -> "not declared";
            case Requirement.Holding _ -> "permissions";
        };
    }

    static List<List<String>> alternatives(Requirement requirement, Permissions permissions) {
        return requirement instanceof Requirement.Holding(var alternatives)
                ? alternatives.stream().map(permissions::namesOf).toList()
                : List.of();
    }
}
