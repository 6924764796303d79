package dev.sallyport.door;

import dev.sallyport.audit.AuditId;
import dev.sallyport.authentication.Authentication;
import dev.sallyport.catalogue.ProtectedApi;
import dev.sallyport.decision.Challenge;
import dev.sallyport.decision.Decision;
import dev.sallyport.decision.LimitHeaders;
import dev.sallyport.decision.Reason;
import dev.sallyport.http.Reply;
import dev.sallyport.limit.Standing;
import java.time.InstantSource;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What every door says to a verdict. A stranger hears the same whatever the cause. */
final class Answers {

    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
    private static final String STRANGER = "The request shows no credential that is live here.";

    private final IdentityAssertions assertions;
    private final InstantSource clock;

    Answers(IdentityAssertions assertions, InstantSource clock) {
        this.assertions = assertions;
        this.clock = clock;
    }

    /** To whoever asks without the credential of a gateway. */
    static Answer toStrangeGateway() {
        return refusal(401, "invalid_gateway", "This door was asked without its gateway's credential.", "", null);
    }

    /** @param id empty where nothing was decided */
    static Answer toFailure(String id) {
        return refusal(403, "internal_error", "The decision could not be answered.", id, null);
    }

    /** A permit whose assertion cannot be signed is no answer; the gateway must not be left waiting for one either. */
    Answer toPermit(Authentication authentication, Decision.Permit permit, @Nullable ProtectedApi api, AuditId id) {
        try {
            return allowed(authentication, permit, api, id);
        } catch (RuntimeException e) {
            LOG.error("decision {} was not answered as permitted", id, e);
            return toFailure(id.toString());
        }
    }

    private Answer allowed(
            Authentication authentication, Decision.Permit permit, @Nullable ProtectedApi api, AuditId id) {
        var assertion =
                permit.caller() != null && api != null && authentication instanceof Authentication.Accepted accepted
                        ? assertions.of(accepted, api, clock.instant().getEpochSecond())
                        : IdentityAssertions.Assertion.NOBODY;
        var headers = DoorHeaders.of(id.toString(), "allowed", permit.caller(), assertion.scopes(), assertion.jwt());
        return new Answer(200, headers, "allowed", "The call is allowed.");
    }

    /** @param standing with the limits that were counted against */
    Answer toDenial(Decision.Deny deny, Standing standing, AuditId id) {
        var reason = deny.reason();
        if (reason.isOfPace()) {
            var answer = refusal(429, reason.code(), reason.explanation(), id.toString(), null);
            var headers = new ArrayList<>(answer.headers());
            headers.addAll(LimitHeaders.of(standing));
            return new Answer(429, headers, answer.reason(), answer.detail());
        }
        if (reason == Reason.NO_CREDENTIAL) {
            return refusal(401, "invalid_credential", STRANGER, id.toString(), Challenge.BEARER);
        }
        if (reason.isOfStranger()) {
            return refusal(401, "invalid_credential", STRANGER, id.toString(), Challenge.INVALID_TOKEN);
        }
        return refusal(403, reason.code(), reason.explanation(), id.toString(), null);
    }

    private static Answer refusal(int status, String reason, String detail, String id, @Nullable String challenge) {
        var headers = DoorHeaders.of(id, reason, null, "", "");
        if (challenge != null) {
            headers.add(new Reply.Header("WWW-Authenticate", challenge));
        }
        return new Answer(status, headers, reason, detail);
    }
}
