package dev.sallyport.authzen;

import dev.sallyport.authentication.Authentication;
import dev.sallyport.authentication.Named;
import dev.sallyport.catalogue.Operation;
import dev.sallyport.decision.Decision;
import dev.sallyport.decision.Judge;
import dev.sallyport.decision.Question;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.permission.Permissions;
import dev.sallyport.permission.Requirement;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks the one decision function, and says its answer in the words of the standard. */
final class Evaluator {

    private final Targets targets;
    private final Judge judge;
    private final Permissions permissions;

    Evaluator(Targets targets, Judge judge, Permissions permissions) {
        this.targets = targets;
        this.judge = judge;
        this.permissions = permissions;
    }

    /** What was decided, and is on its way to the disk. */
    record Pending(Judge.Call call, Judge.Evaluation evaluation) {
        boolean isPermit() {
            return evaluation.decision() instanceof Decision.Permit;
        }
    }

    /** Records the decision; it may be answered once {@link #answer} returns. */
    Pending ask(Caller point, AccessRequest request) {
        var call = call(point, request);
        return new Pending(call, judge.evaluate(point, named(request), call));
    }

    /** Whether the answer would be yes; nothing is recorded. */
    boolean wouldPermit(Caller point, AccessRequest request) {
        return judge.foresee(organization(point), named(request), call(point, request), address(point))
                instanceof Decision.Permit;
    }

    private Judge.Call call(Caller point, AccessRequest request) {
        return targets.of(organization(point), request);
    }

    private static OrganizationId organization(Caller point) {
        return point.organization().id();
    }

    private static Named named(AccessRequest request) {
        return Subjects.named(request.subject());
    }

    private static String address(Caller point) {
        return point.origin().address();
    }

    /** Waits for the record of a permit, no longer than the log lets anybody wait. */
    EvaluationJson answer(Pending pending) {
        var evaluation = pending.evaluation();
        var operation = pending.call().target() instanceof Question.Target.Known(var known) ? known : null;
        return switch (evaluation.settled().join()) {
            case Decision.Permit _ -> new EvaluationJson(true, context("allowed", operation, List.of(), evaluation));
            case Decision.Deny(var reason, var _, var missing) ->
                new EvaluationJson(false, context(reason.code(), operation, permissions.namesOf(missing), evaluation));
        };
    }

    private EvaluationJson.Context context(
            String reason, @Nullable Operation operation, List<String> missing, Judge.Evaluation evaluation) {
        return new EvaluationJson.Context(
                reason,
                operation == null ? null : operation.id(),
                operation == null ? List.of() : required(operation.requirement()),
                missing,
                credential(evaluation.authentication()),
                evaluation.id().toString(),
                null);
    }

    private List<List<String>> required(Requirement requirement) {
        return requirement instanceof Requirement.Holding(var alternatives)
                ? alternatives.stream().map(permissions::namesOf).toList()
                : List.of();
    }

    /** Null where a principal was named: then there is none. */
    private static @Nullable Map<String, String> credential(Authentication authentication) {
        var caller = switch (authentication) {
            case Authentication.Accepted accepted -> accepted.caller();
            case Authentication.Ended(var _, var _, var ended) -> ended;
            case Authentication.Rejected _, Authentication.Absent _ -> null;
        };
        if (caller == null
                || caller.credential()
                        .id()
                        .value()
                        .equals(caller.principal().id().value())) {
            return null;
        }
        return Map.of(
                "id", caller.credential().id().toString(),
                "kind", caller.credential().kind().code());
    }
}
