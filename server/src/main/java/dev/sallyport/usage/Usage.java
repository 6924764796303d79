package dev.sallyport.usage;

import dev.sallyport.catalogue.ProtectedApi;
import dev.sallyport.chooser.Chooser;
import dev.sallyport.decision.Rehearsal;
import dev.sallyport.http.Method;
import dev.sallyport.http.Route;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.permission.Permission;
import dev.sallyport.permission.Permissions;
import dev.sallyport.permission.Requirement;
import dev.sallyport.sql.Database;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What credentials are used for, and what they need for it. */
public final class Usage {

    private static final String CREDENTIAL = "/sallyport/v1/credentials/{credential_id}";

    private final List<Route> routes;

    /**
     * @param apis the protected API of an id, the management API included; null where there is none
     * @param visible whether an organization can see a permission
     * @param isCounted waits until the calls of this node are counted; false if they are not in time
     */
    public Usage(
            Database database,
            Permissions permissions,
            Rehearsal.Stage stage,
            Function<String, @Nullable ProtectedApi> apis,
            BiPredicate<OrganizationId, Permission> visible,
            Chooser chooser,
            Rescope rescope,
            BooleanSupplier isCounted,
            InstantSource clock) {
        var sight = new CredentialSight(permissions);
        var footprints = new Footprints(database, sight, stage, apis, clock);
        var planner = new ScopePlanner(permissions, visible, stage);
        var shrinkCredential = new ShrinkCredential(footprints, planner, permissions, rescope, isCounted);
        var own = permissions.require(CredentialSight.OWN);
        var others = permissions.require(CredentialSight.READING);
        var accounts = permissions.require("service_account_write");
        routes = List.of(
                Route.of(
                        Method.GET,
                        CREDENTIAL + "/usage",
                        "GetCredentialUsage",
                        Requirement.anyOf(own, others, accounts),
                        new ReadUsageHandler(footprints, planner, permissions, isCounted)),
                Route.of(
                        Method.POST,
                        CREDENTIAL + "/shrink",
                        "ShrinkCredential",
                        Requirement.anyOf(own, permissions.require("org_app_keys_write"), accounts),
                        new ShrinkCredentialHandler(shrinkCredential, permissions)),
                Route.of(
                        Method.GET,
                        "/sallyport/v1/choose/check",
                        "CheckCredentials",
                        Requirement.anyOf(others),
                        new CheckCredentialsHandler(new CheckCredentials(database, clock), chooser)));
    }

    public List<Route> routes() {
        return routes;
    }
}
