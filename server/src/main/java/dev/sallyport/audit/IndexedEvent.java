package dev.sallyport.audit;

import dev.sallyport.identity.CredentialKind;
import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * One event of the trail as it is searched. Texts that do not apply are empty.
 *
 * @param change the action of a change, in lower case; empty for a decision
 */
record IndexedEvent(
        String id,
        String organization,
        long atMicros,
        String eventName,
        String action,
        String change,
        Who who,
        Asset asset,
        Call call,
        String decision,
        Map<String, String> details) {

    /**
     * Who did it, with which credential.
     *
     * @param expiresAtMicros 0 where it is not known
     */
    record Who(
            String principal,
            String email,
            String credential,
            String credentialKind,
            String credentialName,
            String mintedBy,
            long expiresAtMicros,
            List<String> scopes,
            String address) {

        Who {
            scopes = List.copyOf(scopes);
        }

        /** How the trail names the kind of credential to people. */
        String authMethod() {
            for (var kind : CredentialKind.values()) {
                if (kind.code().equals(credentialKind)) {
                    return kind.title();
                }
            }
            return credentialKind;
        }
    }

    /** What was changed; all empty for a decision. */
    record Asset(String type, String id, String name) {}

    /** What was decided; all empty for a change. */
    record Call(
            String api, String operation, String method, String path, String outcome, String reason, long revision) {}

    private static final String REQUEST = "Request";

    /** The credential of whoever asked what the subject may do: then nobody called. */
    static final String ASKED_BY = "asked_by";

    /** What a refusal was about: alternatives with a bar between, names with a blank between. */
    static final String REQUIRED = "required";

    static final String HELD = "held";
    static final String MISSING = "missing";

    private static final Asset NO_ASSET = new Asset("", "", "");
    private static final Call NO_CALL = new Call("", "", "", "", "", "", 0);

    IndexedEvent {
        details = Map.copyOf(details);
    }

    static IndexedEvent of(AuditId id, LoggedDecision decision, LoggedDecision.Who who) {
        return new IndexedEvent(
                id.toString(),
                who.organization().toString(),
                decision.atMicros(),
                REQUEST,
                actionOf(decision.method()),
                "",
                new Who(
                        who.principal().toString(),
                        who.email(),
                        who.credential().toString(),
                        who.kind(),
                        who.name(),
                        textOf(who.mintedBy()),
                        who.expiresAtMicros(),
                        who.scopes(),
                        decision.clientAddress()),
                NO_ASSET,
                new Call(
                        decision.api(),
                        decision.operation(),
                        decision.method(),
                        decision.path(),
                        decision.isAllowed() ? "allowed" : "denied",
                        decision.reason(),
                        decision.revision()),
                id.toString(),
                detailsOf(decision));
    }

    private static Map<String, String> detailsOf(LoggedDecision decision) {
        var details = new LinkedHashMap<String, String>();
        if (!decision.presented().isEmpty()) {
            details.put(ASKED_BY, decision.presented());
        }
        var need = decision.need();
        if (need != null) {
            details.put(
                    REQUIRED,
                    need.required().stream()
                            .map(names -> String.join(" ", names))
                            .collect(Collectors.joining("|")));
            details.put(HELD, String.join(" ", need.held()));
            details.put(MISSING, String.join(" ", need.missing()));
        }
        return details;
    }

    private static String actionOf(String method) {
        return switch (method) {
            case "POST" -> "created";
            case "PUT", "PATCH" -> "modified";
            case "DELETE" -> "deleted";
            default -> "accessed";
        };
    }

    /** A row that a newer version wrote in another form is still listed, with what can be read of it. */
    static IndexedEvent of(ChangeEventStore.Stored change) {
        var entry = entryOf(change.record());
        var action = actionNamed(change.action());
        return new IndexedEvent(
                change.id(),
                change.organization(),
                change.atMicros(),
                action == null ? "Audit Trail" : action.event(),
                action == null ? "modified" : action.verb().name().toLowerCase(Locale.ROOT),
                change.action().toLowerCase(Locale.ROOT),
                new Who(
                        textOf(entry.principal()),
                        textOf(entry.email()),
                        textOf(entry.credential()),
                        textOf(entry.credentialKind()),
                        textOf(entry.credentialName()),
                        "",
                        0,
                        List.of(),
                        textOf(entry.address())),
                new Asset(action == null ? "" : action.assetType(), textOf(entry.asset()), textOf(entry.assetName())),
                NO_CALL,
                textOf(entry.decision()),
                detailsOf(entry));
    }

    private static ChangeTrail.Entry entryOf(String json) {
        try {
            return JsonMapper.shared().readValue(json, ChangeTrail.Entry.class);
        } catch (JacksonException _) {
            return new ChangeTrail.Entry(null, null, null, null, null, "", "", "", "", Map.of());
        }
    }

    /** Whatever the type says, a member that was not written is null. */
    private static Map<String, String> detailsOf(ChangeTrail.Entry entry) {
        var details = new LinkedHashMap<>(Objects.requireNonNullElse(entry.details(), Map.<String, String>of()));
        details.values().removeIf(Objects::isNull);
        return details;
    }

    private static @Nullable AuditAction actionNamed(String name) {
        for (var action : AuditAction.values()) {
            if (action.name().equals(name)) {
                return action;
            }
        }
        return null;
    }

    private static String textOf(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static String textOf(@Nullable UUID value) {
        return value == null ? "" : value.toString();
    }

    boolean isDecision() {
        return eventName.equals(REQUEST);
    }

    /** One sentence for people. */
    String message() {
        var actor = who.email().isEmpty() ? "the operator" : who.email();
        if (!isDecision()) {
            var what = asset.type().isEmpty() ? change : asset.type();
            return what.replace('_', ' ') + " " + asset.name() + " " + action + " by " + actor;
        }
        var outcome = call.outcome().equals("allowed") ? "allowed" : "denied: " + call.reason();
        return details.containsKey(ASKED_BY)
                ? "whether " + actor + " may " + call.method() + " " + call.path() + " was asked: " + outcome
                : call.method() + " request made to " + call.path() + " by " + actor + " was " + outcome;
    }

    /** What a free word of a search is looked for in. */
    String words() {
        return fold(
                String.join("\n", message(), who.credentialName(), asset.name(), call.operation(), eventName, change));
    }

    static String fold(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    }
}
