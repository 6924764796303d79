package dev.sallyport.explain;

import dev.sallyport.audit.Audit;
import dev.sallyport.authentication.Replica;
import dev.sallyport.decision.Judge;
import dev.sallyport.directory.Directory;
import dev.sallyport.feed.Feed;
import dev.sallyport.http.Method;
import dev.sallyport.http.Route;
import dev.sallyport.permission.Permissions;
import dev.sallyport.permission.Requirement;
import dev.sallyport.sql.Database;
import java.util.List;

/** Answers to why. */
public final class Explanations {

    private final List<Route> routes;

    public Explanations(
            Audit audit,
            Replica replica,
            Judge judge,
            Permissions permissions,
            Directory directory,
            Database database,
            Feed feed) {
        var roles = new KnownRoles(replica, permissions, directory, database);
        routes = List.of(
                Route.of(
                        Method.GET,
                        "/sallyport/v1/decisions/{decision_id}",
                        "ExplainDecision",
                        Requirement.SIGNED_IN,
                        new ExplainHandler(audit, replica, roles, permissions)),
                Route.of(
                        Method.POST,
                        "/sallyport/v1/decide",
                        "Decide",
                        Requirement.SIGNED_IN,
                        new DecideHandler(replica, judge, permissions, roles, feed)));
    }

    public List<Route> routes() {
        return routes;
    }
}
