package dev.sallyport.decision;

import dev.sallyport.audit.DecisionLog;
import dev.sallyport.authentication.Authenticator;
import dev.sallyport.authentication.Replica;
import dev.sallyport.catalogue.ProtectedApi;
import dev.sallyport.feed.Feed;
import dev.sallyport.http.Gate;
import dev.sallyport.http.Method;
import dev.sallyport.http.Route;
import dev.sallyport.jose.JwtSigner;
import dev.sallyport.permission.Permissions;
import dev.sallyport.permission.Requirement;
import dev.sallyport.secret.Secret;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Decisions, and every surface that asks for one. */
public final class Decisions {

    private final Replica replica;
    private final Authenticator authenticator;
    private final Permissions permissions;
    private final Feed feed;
    private final InstantSource clock;
    private final Judge judge;

    public Decisions(
            Replica replica,
            Authenticator authenticator,
            DecisionLog log,
            Permissions permissions,
            Feed feed,
            InstantSource clock) {
        this.replica = replica;
        this.authenticator = authenticator;
        this.permissions = permissions;
        this.feed = feed;
        this.clock = clock;
        this.judge = new Judge(authenticator, log, feed, clock);
    }

    public List<Route> routes() {
        return List.of(Route.of(
                Method.POST,
                "/sallyport/v1/decide",
                "Decide",
                Requirement.SIGNED_IN,
                new DecideHandler(replica, authenticator, permissions, feed, clock)));
    }

    /** @param issuer the {@code iss} of identity assertions: the public URL */
    public List<Route> doors(JwtSigner signer, String issuer, Optional<Secret> gatewayCredential) {
        var assertions = new IdentityAssertions(signer, permissions, issuer);
        var nginx = new NginxDoor(replica, judge, assertions, gatewayCredential, clock);
        return List.of(Route.onLoop(Method.GET, "/gateway/nginx/{api}", "NginxDoor", nginx));
    }

    /** The gate of the management API. */
    public Gate gate(ProtectedApi management, LegacyKeys legacyKeys) {
        return new ManagementGate(management, judge, permissions, legacyKeys);
    }
}
