package dev.sallyport.decision;

import dev.sallyport.authentication.Authentication;
import dev.sallyport.catalogue.Accepts;
import dev.sallyport.catalogue.Operation;
import dev.sallyport.decision.Decision.Deny;
import dev.sallyport.decision.Decision.Permit;
import dev.sallyport.identity.Caller;
import dev.sallyport.permission.Authority;
import dev.sallyport.permission.Requirement;
import org.jspecify.annotations.Nullable;

/**
 * The one place where a call is allowed or refused.
 *
 * <p>In this order: an operation that is open to all; a node that is too stale; who calls; whether the API admits them; which
 * operation; what it requires. So a stranger learns nothing about operations, and an owner learns what is missing.
 */
final class Decider {

    private Decider() {}

    static Decision decide(Question question) {
        if (question.target() instanceof Question.Target.Known(var operation)
                && operation.requirement() instanceof Requirement.Open) {
            return new Permit(null);
        }
        if (!question.isFresh()) {
            return deny(Reason.STALE_REPLICA, null);
        }
        return switch (question.authentication()) {
            case Authentication.Absent _ -> deny(Reason.NO_CREDENTIAL, null);
            case Authentication.Rejected(var cause, var _) -> deny(Reason.of(cause), null);
            case Authentication.Ended(var cause, var _) -> deny(Reason.of(cause), null);
            case Authentication.Accepted accepted -> decide(question, accepted);
        };
    }

    private static Decision decide(Question question, Authentication.Accepted accepted) {
        var caller = accepted.caller();
        var api = question.api();
        if (api == null) {
            return deny(Reason.UNKNOWN_API, caller);
        }
        if (!api.admits(caller.organization().id())) {
            return deny(Reason.ORGANIZATION_NOT_ADMITTED, null);
        }
        return switch (question.target()) {
            case Question.Target.Refused(var reason) -> deny(reason, caller);
            case Question.Target.Known(var operation) -> decide(operation, accepted);
        };
    }

    private static Decision decide(Operation operation, Authentication.Accepted accepted) {
        var caller = accepted.caller();
        if (operation.accepts() == Accepts.KEYS_ONLY) {
            return deny(Reason.CREDENTIAL_KIND_REFUSED, caller);
        }
        return switch (operation.requirement()) {
            case Requirement.Open _, Requirement.SignedIn _ -> new Permit(caller);
            case Requirement.ApiKey _ -> deny(Reason.API_KEY_ONLY, caller);
            case Requirement.Undeclared(var isReading) ->
                isReading ? new Permit(caller) : deny(Reason.UNDECLARED_OPERATION, caller);
            case Requirement.Holding holding ->
                holding.isMetBy(caller.authority()) ? new Permit(caller) : lacking(holding, accepted);
        };
    }

    private static Decision lacking(Requirement.Holding holding, Authentication.Accepted accepted) {
        var reason = holding.isMetBy(accepted.held()) ? Reason.SCOPE_MISSING : Reason.PERMISSION_MISSING;
        return new Deny(
                reason, accepted.caller(), holding.missingFrom(accepted.caller().authority()));
    }

    static Deny deny(Reason reason, @Nullable Caller caller) {
        return new Deny(reason, caller, Authority.NONE);
    }
}
