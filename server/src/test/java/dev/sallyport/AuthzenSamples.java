package dev.sallyport;

import dev.sallyport.SampleCalls.Sample;
import java.util.List;
import java.util.Map;

/** A request for every route of the AuthZEN API. */
final class AuthzenSamples {

    private static final String API = "/access/v1/";

    private final TestPerson admin;

    AuthzenSamples(TestPerson admin) {
        this.admin = admin;
    }

    List<Sample> all() {
        var resource = Map.of("type", TestCast.API, "id", "/invoices");
        var question = TestPoint.question(TestPoint.user(admin), TestPoint.action("GET"), resource);
        return List.of(
                sent("EvaluateAccess", "evaluation", question),
                sent("EvaluateAccesses", "evaluations", question),
                sent("SearchResources", "search/resource", question),
                sent("SearchActions", "search/action", question),
                new Sample(
                        "AuthzenConfiguration",
                        "GET /.well-known/authzen-configuration",
                        () -> admin.authority().atDoors("GET", "/.well-known/authzen-configuration")));
    }

    private Sample sent(String operation, String path, Object question) {
        return new Sample(
                operation,
                "POST " + API + path,
                () -> admin.authority().atDoors("POST", API + path).withJson(TestPoint.json(question)));
    }
}
