package dev.sallyport.decision;

import dev.sallyport.authentication.Authentication;
import dev.sallyport.catalogue.Operation;
import dev.sallyport.permission.Permissions;
import dev.sallyport.permission.Requirement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How a decision comes about, for the owner of the credential. */
record Derivation(
        String decision,
        String reason,
        String explanation,
        String api,
        @Nullable String operation,
        @Nullable String template,
        String requirement,
        List<List<String>> required,
        List<String> held,
        List<String> missing,
        Map<String, String> credential,
        long revision) {

    /** What is shown of the caller's own authority is what the operation is about, not all of it. */
    static Derivation of(Question question, String api, Decision decision, Permissions permissions, long revision) {
        var operation = question.target() instanceof Question.Target.Known(var known) ? known : null;
        var required = operation == null ? List.<List<String>>of() : alternatives(operation.requirement(), permissions);
        var deny = decision instanceof Decision.Deny denied ? denied : null;
        return new Derivation(
                deny == null ? "permit" : "deny",
                deny == null ? "allowed" : deny.reason().code(),
                deny == null ? "The call is allowed." : deny.reason().explanation(),
                api,
                operation == null ? null : operation.id(),
                operation == null ? null : operation.template(),
                operation == null ? "unknown" : word(operation),
                required,
                held(question, required, permissions),
                deny == null ? List.of() : permissions.namesOf(deny.missing()),
                credential(question),
                revision);
    }

    private static List<List<String>> alternatives(Requirement requirement, Permissions permissions) {
        return requirement instanceof Requirement.Holding(var alternatives)
                ? alternatives.stream().map(permissions::namesOf).toList()
                : List.of();
    }

    private static String word(Operation operation) {
        return switch (operation.requirement()) {
            case Requirement.Open _ -> "nothing";
            case Requirement.SignedIn _ -> "any credential";
            case Requirement.ApiKey _ -> "an API key";
            case Requirement.Undeclared _ -> "not declared";
            case Requirement.Holding _ -> "permissions";
        };
    }

    private static List<String> held(Question question, List<List<String>> required, Permissions permissions) {
        if (!(question.authentication() instanceof Authentication.Accepted accepted)) {
            return List.of();
        }
        var mentioned = required.stream().flatMap(List::stream).collect(Collectors.toSet());
        return permissions.namesOf(accepted.caller().authority()).stream()
                .filter(mentioned::contains)
                .toList();
    }

    private static Map<String, String> credential(Question question) {
        if (!(question.authentication() instanceof Authentication.Accepted accepted)) {
            return Map.of();
        }
        var credential = accepted.caller().credential();
        return Map.of(
                "id", credential.id().toString(),
                "kind", credential.kind().code(),
                "name", credential.name(),
                "owner", accepted.caller().principal().email(),
                "expires_at",
                        credential.expiresAt() == null
                                ? "never"
                                : credential.expiresAt().toString());
    }
}
