package dev.sallyport.explain;

import dev.sallyport.audit.Audit;
import dev.sallyport.audit.AuditId;
import dev.sallyport.audit.PastDecision;
import dev.sallyport.authentication.Replica;
import dev.sallyport.catalogue.Operation;
import dev.sallyport.decision.Reason;
import dev.sallyport.http.Handler;
import dev.sallyport.http.Problem;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.permission.Permission;
import dev.sallyport.permission.Permissions;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code GET /sallyport/v1/decisions/{decision_id}} */
final class ExplainHandler implements Handler {

    private static final Problem UNKNOWN = Problem.notFound(
            "You may see no decision of that id. If it was taken a moment ago, or by another node, ask again or there.");

    private final Audit audit;
    private final Replica replica;
    private final KnownRoles roles;
    private final Permissions permissions;
    private final Permission readingTrail;

    ExplainHandler(Audit audit, Replica replica, KnownRoles roles, Permissions permissions) {
        this.audit = audit;
        this.replica = replica;
        this.roles = roles;
        this.permissions = permissions;
        this.readingTrail = permissions.require("audit_logs_read");
    }

    @Override
    public Response handle(Caller caller, Request request) {
        return AuditId.parse(request.pathParameter("decision_id"))
                .flatMap(id -> audit.find(caller.organization().id(), id))
                .filter(past -> isVisible(caller, past))
                .<Response>map(past -> Reply.ok(explain(caller, past)))
                .orElse(UNKNOWN);
    }

    /** A question of somebody else about a subject is not the subject's own call. */
    private boolean isVisible(Caller caller, PastDecision past) {
        var isOwn = past.principal().equals(caller.principal().id().toString())
                && past.askedBy().isEmpty();
        return isOwn || caller.authority().holds(readingTrail);
    }

    private Explanation explain(Caller caller, PastDecision past) {
        var edits = refusal(past)
                .map(refusal -> new Remedies(roles.of(caller.organization().id()), permissions).of(refusal))
                .orElse(List.of());
        return Explanation.of(past, operation(past), edits);
    }

    private @Nullable Operation operation(PastDecision past) {
        var api = replica.api(past.api());
        return api == null
                ? null
                : api.operations().operations().stream()
                        .filter(operation -> operation.id().equals(past.operation()))
                        .filter(operation -> operation.method().equals(past.method()))
                        .findFirst()
                        .orElse(null);
    }

    private Optional<Refusal> refusal(PastDecision past) {
        var kind = CredentialKind.parse(past.credentialKind());
        var reason = past.isAllowed() ? Optional.<Reason>empty() : Reason.of(past.reason());
        if (kind.isEmpty() || reason.isEmpty()) {
            return Optional.empty();
        }
        var need = past.need();
        var now = replica.standing(past.credential());
        // No scope can be added to what has ended since.
        var isRevoked = now.map(Replica.Standing::isRevoked).orElse(false);
        return Optional.of(new Refusal(
                isRevoked && reason.get() == Reason.SCOPE_MISSING ? Reason.REVOKED : reason.get(),
                past.credential(),
                kind.get(),
                past.principal(),
                past.email(),
                replica.isServiceAccount(past.principal()),
                now.map(Replica.Standing::isScoped).orElse(true),
                past.scopes(),
                past.api(),
                past.operation(),
                need == null ? List.of() : need.held(),
                need == null ? List.of() : need.missing(),
                past.address(),
                now.map(Replica.Standing::addresses).orElse(List.of()),
                now.map(Replica.Standing::ofOrganization).orElse(List.of())));
    }
}
