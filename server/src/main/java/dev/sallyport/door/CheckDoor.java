package dev.sallyport.door;

import dev.sallyport.audit.AuditId;
import dev.sallyport.authentication.Authentication;
import dev.sallyport.authentication.Replica;
import dev.sallyport.decision.Decision;
import dev.sallyport.decision.Judge;
import dev.sallyport.grpc.GrpcCall;
import dev.sallyport.grpc.UnaryHandler;
import dev.sallyport.http.ClientHop;
import dev.sallyport.limit.Standing;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code envoy.service.auth.v3.Authorization/Check}: the door for Envoy's {@code ext_authz} over gRPC.
 *
 * <p>Which API is meant comes from the context extensions of the gateway's own configuration; the original request, with its
 * headers, from the attributes. The call's own metadata is the gateway's.
 */
final class CheckDoor implements UnaryHandler<CheckRequest, byte[]> {

    private static final String API = "sallyport_api";
    private static final String GATEWAY_CREDENTIAL = "sallyport-gateway";

    private static final Logger LOG = LoggerFactory.getLogger(CheckDoor.class);

    private final Replica replica;
    private final Judge judge;
    private final Answers answers;
    private final GatewayCredential credential;
    private final ClientHop hop;

    CheckDoor(Replica replica, Judge judge, Answers answers, GatewayCredential credential, ClientHop hop) {
        this.replica = replica;
        this.judge = judge;
        this.answers = answers;
        this.credential = credential;
        this.hop = hop;
    }

    /** An error of the call would leave it to Envoy's configuration whether the request passes; so there is none. */
    @Override
    public void handle(CheckRequest check, GrpcCall<byte[]> call) {
        try {
            if (credential.isShown(call.metadata(GATEWAY_CREDENTIAL))) {
                decide(check, call);
            } else {
                call.answer(CheckAnswers.refused(Answers.toStrangeGateway()));
            }
        } catch (RuntimeException e) {
            LOG.error("a check was not decided", e);
            call.answer(CheckAnswers.refused(Answers.toFailure("")));
        }
    }

    private void decide(CheckRequest check, GrpcCall<byte[]> call) {
        var request = new CheckedRequest(check.getAttributes(), call.peer(), hop);
        var apiId = check.getAttributes().getContextExtensionsOrDefault(API, "");
        var api = replica.api(apiId);
        var asked = OriginalRequest.call(
                api, apiId, request.isReadable() ? new OriginalRequest(request.method(), request.path()) : null);
        judge.judge(request, call.loop(), asked, new Judge.Verdict() {
            private Standing standing = Standing.FREE;

            @Override
            public void counted(Standing now) {
                standing = now;
            }

            @Override
            public void permitted(Authentication authentication, Decision.Permit permit, AuditId id) {
                call.answer(CheckAnswers.of(answers.toPermit(authentication, permit, api, id), asked));
            }

            @Override
            public void denied(Authentication authentication, Decision.Deny deny, AuditId id) {
                call.answer(CheckAnswers.of(answers.toDenial(deny, standing, id), asked));
            }
        });
    }
}
