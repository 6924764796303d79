package dev.sallyport.door;

import dev.sallyport.authentication.Replica;
import dev.sallyport.decision.Judge;
import dev.sallyport.grpc.UnaryMethod;
import dev.sallyport.http.ClientHop;
import dev.sallyport.http.Method;
import dev.sallyport.http.Route;
import dev.sallyport.jose.JwtSigner;
import dev.sallyport.permission.Permissions;
import dev.sallyport.secret.Secret;
import io.envoyproxy.envoy.service.auth.v3.AuthorizationGrpc;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The doors of gateways. */
public final class Doors {

    private final Replica replica;
    private final Judge judge;
    private final Answers answers;
    private final GatewayCredential credential;

    /**
     * @param issuer the {@code iss} of identity assertions: the public URL
     * @param gatewayCredential what a gateway must show; empty where the doors listen on loopback
     */
    public Doors(
            Replica replica,
            Judge judge,
            Permissions permissions,
            JwtSigner signer,
            String issuer,
            Optional<Secret> gatewayCredential,
            InstantSource clock) {
        this.replica = replica;
        this.judge = judge;
        answers = new Answers(new IdentityAssertions(signer, permissions, issuer), clock);
        credential = new GatewayCredential(gatewayCredential);
    }

    public List<Route> routes() {
        return List.of(
                Route.onLoop(Method.GET, "/gateway/nginx/{api}", "NginxDoor", door(Gateway.NGINX)),
                Route.onLoop(Method.GET, "/gateway/forward-auth/{api}", "ForwardAuthDoor", door(Gateway.FORWARD_AUTH)),
                Route.onLoop(Method.ANY, "/gateway/envoy/{api}/{path...}", "EnvoyDoor", door(Gateway.ENVOY)));
    }

    private Door door(Gateway gateway) {
        return new Door(gateway, replica, judge, answers, credential);
    }

    /** What is answered over gRPC. */
    public List<UnaryMethod<?, ?>> methods(ClientHop hop) {
        return List.of(UnaryMethod.encoded(
                AuthorizationGrpc.getCheckMethod(), new CheckDoor(replica, judge, answers, credential, hop)));
    }
}
