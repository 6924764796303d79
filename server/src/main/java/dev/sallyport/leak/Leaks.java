package dev.sallyport.leak;

import dev.sallyport.http.Method;
import dev.sallyport.http.Route;
import java.util.List;
import java.util.function.LongSupplier;

/** What anybody may report or ask about leaked credentials. */
public final class Leaks {

    private static final String PATH = "/sallyport/v1/leaks";

    private final List<Route> routes;

    /**
     * @param source fetches the keys that GitHub signs its reports with
     * @param nanoTime a clock that only goes forward, in nanoseconds: {@link System#nanoTime}
     */
    public Leaks(LeakSettings settings, LeakedCredentials credentials, KeySource source, LongSupplier nanoTime) {
        var keys = new GithubKeys(source, settings.githubKeys(), nanoTime);
        routes = List.of(
                Route.open(
                        Method.GET, PATH + "/patterns", "ListLeakPatterns", new ListPatternsHandler(settings.brand())),
                Route.open(
                                Method.POST,
                                PATH + "/github",
                                "ReportLeaks",
                                new ReportLeaksHandler(keys, new ReportLeaks(credentials, settings)))
                        .takingBodies(LeakReport.MOST_BYTES),
                Route.open(
                        Method.POST, PATH + "/revoke", "RevokeLeakedCredential", new RevokeLeakedHandler(credentials)),
                Route.open(
                        Method.POST,
                        PATH + "/lookup",
                        "LookUpLeakedCredentials",
                        new LookUpLeakedHandler(credentials)));
    }

    public List<Route> routes() {
        return routes;
    }
}
