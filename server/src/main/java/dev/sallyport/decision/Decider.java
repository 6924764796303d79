package dev.sallyport.decision;

import dev.sallyport.authentication.Authentication;
import dev.sallyport.catalogue.Operation;
import dev.sallyport.decision.Decision.Deny;
import dev.sallyport.decision.Decision.Permit;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.limit.Standing;
import dev.sallyport.permission.Accepts;
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
            case Authentication.Rejected(var cause, var _, var _) -> deny(Reason.of(cause), null);
            case Authentication.Ended(var cause, var _, var _) -> deny(Reason.of(cause), null);
            case Authentication.Accepted accepted -> decide(question, accepted);
        };
    }

    /** The same of a call that was counted: nothing is allowed beyond a limit, and the limit is what the caller hears of. */
    static Decision within(Standing standing, Decision decision) {
        var exhausted = standing.exhausted();
        if (exhausted == null) {
            return decision;
        }
        var caller = switch (decision) {
            case Permit permit -> permit.caller();
            case Deny deny -> deny.caller();
        };
        return deny(exhausted.isOfDay() ? Reason.QUOTA_EXCEEDED : Reason.RATE_LIMITED, caller);
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
        var refusal = refusalOfKind(operation, caller.credential().kind());
        if (refusal != null) {
            return deny(refusal, caller);
        }
        if (accepted.place() != Authentication.Place.ALLOWED && !isOpenToAnyPlace(operation, accepted)) {
            return deny(Reason.ADDRESS_NOT_ALLOWED, caller);
        }
        return switch (operation.requirement()) {
            case Requirement.Open _, Requirement.SignedIn _, Requirement.ApiKey _ -> new Permit(caller);
            case Requirement.Undeclared(var isReading) ->
                isReading || !accepted.credential().isScoped()
                        ? new Permit(caller)
                        : deny(Reason.UNDECLARED_OPERATION, caller);
            case Requirement.Holding holding ->
                holding.isMetBy(caller.authority()) ? new Permit(caller) : lacking(holding, accepted);
        };
    }

    /** Telemetry comes from everywhere, so the addresses of the organization do not bind it; those of the key itself do. */
    private static boolean isOpenToAnyPlace(Operation operation, Authentication.Accepted accepted) {
        return operation.requirement() instanceof Requirement.ApiKey
                && accepted.place() == Authentication.Place.BEYOND_ORGANIZATION;
    }

    /** Which classes of credentials an operation takes, before anybody asks what they may do. */
    private static @Nullable Reason refusalOfKind(Operation operation, CredentialKind kind) {
        if (operation.requirement() instanceof Requirement.ApiKey) {
            return kind == CredentialKind.API_KEY ? null : Reason.API_KEY_ONLY;
        }
        return switch (kind) {
            case API_KEY -> Reason.API_KEY_ALONE;
            case APPLICATION_KEY -> operation.accepts() == Accepts.TOKENS_ONLY ? Reason.CREDENTIAL_KIND_REFUSED : null;
            case PERSONAL_ACCESS_TOKEN, SERVICE_ACCESS_TOKEN ->
                operation.accepts() == Accepts.KEYS_ONLY ? Reason.CREDENTIAL_KIND_REFUSED : null;
            // They are used up where they are redeemed, and open nothing else.
            case SETUP_LINK, INVITATION -> Reason.CREDENTIAL_KIND_REFUSED;
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
