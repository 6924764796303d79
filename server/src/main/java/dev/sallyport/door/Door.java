package dev.sallyport.door;

import dev.sallyport.audit.AuditId;
import dev.sallyport.authentication.Authentication;
import dev.sallyport.authentication.Replica;
import dev.sallyport.decision.Decision;
import dev.sallyport.decision.Judge;
import dev.sallyport.http.Exchange;
import dev.sallyport.http.LoopHandler;
import dev.sallyport.limit.Standing;

/**
 * {@code /gateway/…/{api}}: what a gateway asks before it lets a request through.
 *
 * <p>Gateways make something of their own of a status that they do not expect, nginx a 500 of any but 200, 401 and 403. So a door
 * answers nothing else.
 */
final class Door implements LoopHandler {

    private final Gateway gateway;
    private final Replica replica;
    private final Judge judge;
    private final Answers answers;
    private final GatewayCredential credential;

    Door(Gateway gateway, Replica replica, Judge judge, Answers answers, GatewayCredential credential) {
        this.gateway = gateway;
        this.replica = replica;
        this.judge = judge;
        this.answers = answers;
        this.credential = credential;
    }

    @Override
    public void handle(Exchange exchange) {
        if (!credential.isShownBy(exchange)) {
            exchange.answer(gateway.response(Answers.toStrangeGateway()));
            return;
        }
        var apiId = exchange.pathParameter("api");
        var api = replica.api(apiId);
        var call = OriginalRequest.call(api, apiId, gateway.original(exchange));
        judge.judge(exchange, exchange.loop(), call, new Judge.Verdict() {
            private Standing standing = Standing.FREE;

            @Override
            public void counted(Standing now) {
                standing = now;
            }

            @Override
            public void permitted(Authentication authentication, Decision.Permit permit, AuditId id) {
                exchange.answer(gateway.response(answers.toPermit(authentication, permit, api, id)));
            }

            @Override
            public void denied(Authentication authentication, Decision.Deny deny, AuditId id) {
                exchange.answer(gateway.response(answers.toDenial(deny, standing, id)));
            }
        });
    }
}
