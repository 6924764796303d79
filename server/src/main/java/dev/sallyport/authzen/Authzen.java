package dev.sallyport.authzen;

import dev.sallyport.authentication.Replica;
import dev.sallyport.decision.Judge;
import dev.sallyport.http.Method;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Route;
import dev.sallyport.permission.Permissions;
import dev.sallyport.permission.Requirement;
import java.util.List;
import java.util.function.Supplier;

/** The AuthZEN API, at the doors' address. */
public final class Authzen {

    /**
     * What an enforcement point must hold. Whoever reads the trail sees every principal, credential and decision of the
     * organization already, and can change none of them.
     */
    private static final String EVALUATING = "audit_logs_read";

    private final List<Route> routes;
    private final Route configuration;

    /** @param url the address under which enforcement points know us, without a slash at its end */
    public Authzen(Replica replica, Judge judge, Permissions permissions, Supplier<String> url) {
        var targets = new Targets(replica);
        var evaluator = new Evaluator(targets, judge, permissions);
        var searches = new Searches(replica, targets);
        var evaluating = Requirement.anyOf(permissions.require(EVALUATING));
        routes = List.of(
                Route.of(
                        Method.POST,
                        "/access/v1/evaluation",
                        "EvaluateAccess",
                        evaluating,
                        new EvaluationHandler(evaluator)),
                Route.of(
                        Method.POST,
                        "/access/v1/evaluations",
                        "EvaluateAccesses",
                        evaluating,
                        new EvaluationsHandler(evaluator)),
                Route.of(
                        Method.POST,
                        "/access/v1/search/resource",
                        "SearchResources",
                        evaluating,
                        new SearchHandler(evaluator, searches::resources)),
                Route.of(
                        Method.POST,
                        "/access/v1/search/action",
                        "SearchActions",
                        evaluating,
                        new SearchHandler(evaluator, searches::actions)));
        configuration = Route.open(
                Method.GET,
                "/.well-known/authzen-configuration",
                "AuthzenConfiguration",
                _ -> Reply.ok(ConfigurationJson.at(url.get())));
    }

    /** The routes that the gate of the management API decides on. */
    public List<Route> routes() {
        return routes;
    }

    /** The metadata, for anybody. */
    public Route configuration() {
        return configuration;
    }
}
