package dev.sallyport.decision;

import dev.sallyport.audit.DecisionLog;
import dev.sallyport.authentication.Authenticator;
import dev.sallyport.authentication.Replica;
import dev.sallyport.catalogue.ProtectedApi;
import dev.sallyport.feed.Feed;
import dev.sallyport.http.Gate;
import dev.sallyport.http.Method;
import dev.sallyport.http.Route;
import dev.sallyport.limit.Throttle;
import dev.sallyport.permission.Permissions;
import dev.sallyport.permission.Requirement;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** Decisions, and every surface that asks for one. */
public final class Decisions {

    private final Authenticator authenticator;
    private final Permissions permissions;
    private final InstantSource clock;
    private final Judge judge;

    public Decisions(
            Replica replica,
            Authenticator authenticator,
            DecisionLog log,
            Throttle throttle,
            Permissions permissions,
            Feed feed,
            InstantSource clock) {
        this.authenticator = authenticator;
        this.permissions = permissions;
        this.clock = clock;
        this.judge = new Judge(authenticator, log, throttle, replica, permissions, feed, clock);
    }

    /** @param issuer the public URL; asked for when a credential is described */
    public List<Route> routes(Supplier<String> issuer) {
        return List.of(Route.of(
                Method.POST,
                "/oauth2/v1/introspect",
                "IntrospectCredential",
                Requirement.anyOf(permissions.require("org_app_keys_read")),
                new IntrospectHandler(authenticator, permissions, issuer, clock)));
    }

    /** What every surface has its requests judged by. */
    public Judge judge() {
        return judge;
    }

    /** What would be decided of a credential with other scopes. */
    public Rehearsal.Stage rehearsals() {
        return new Rehearsal.Stage(authenticator, clock);
    }

    /** The gate of the management API. */
    public Gate gate(ProtectedApi management, LegacyKeys legacyKeys) {
        return new ManagementGate(management, judge, permissions, legacyKeys);
    }
}
