package dev.sallyport.limit;

import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.credential.CredentialStore;
import dev.sallyport.feed.ChangeKind;
import dev.sallyport.feed.Feed;
import dev.sallyport.http.Method;
import dev.sallyport.http.Route;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.permission.Permissions;
import dev.sallyport.permission.Requirement;
import dev.sallyport.sql.Database;
import dev.sallyport.sql.Transaction;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** The limits that organizations set for their calls. */
public final class Limits {

    /** Limits were set; the subject is the organization. */
    public static final ChangeKind KIND = new ChangeKind("limits");

    /** Operations of this API that are never counted: whoever set too little must be able to set more. */
    public static final Set<String> NEVER_COUNTED = Set.of("GetCallLimits", "SetCallLimits");

    private static final String PATH = "/sallyport/v1/call_limits";

    private final Database database;
    private final Permissions permissions;
    private final LimitStore store = new LimitStore();
    private final Throttle throttle = new Throttle();
    private final SetLimits setLimits;

    public Limits(Database database, Feed feed, ChangeTrail trail, Permissions permissions, InstantSource clock) {
        this.database = database;
        this.permissions = permissions;
        this.setLimits = new SetLimits(feed, store, new CredentialStore(), trail, clock);
    }

    public List<Route> routes() {
        var managing = Requirement.anyOf(permissions.require("org_management"));
        return List.of(
                Route.of(Method.GET, PATH, "GetCallLimits", managing, new ReadLimitsHandler(database, store)),
                Route.of(Method.PUT, PATH, "SetCallLimits", managing, new SetLimitsHandler(setLimits)));
    }

    /** What counts the calls of this node. */
    public Throttle throttle() {
        return throttle;
    }

    /** Brings the throttle in step with the database, for every organization. */
    public void load(Transaction transaction) {
        throttle.forget();
        store.each(transaction, throttle::put);
    }

    /** The same for one. */
    public void load(Transaction transaction, OrganizationId organization) {
        throttle.put(organization, store.find(transaction, organization).limits());
    }
}
