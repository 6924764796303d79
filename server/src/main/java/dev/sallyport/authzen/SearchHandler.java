package dev.sallyport.authzen;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sallyport.authzen.Evaluator.Pending;
import dev.sallyport.http.BadInput;
import dev.sallyport.http.Handler;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * {@code POST /access/v1/search/resource} and {@code …/action}: of what could be asked, that which would be permitted.
 *
 * <p>A result is a permit that is handed out, so each of them is on record before it is answered.
 */
final class SearchHandler implements Handler {

    static final int MOST_RESULTS = 100;

    /** What is searched for. */
    interface Sought {
        /** Every question that could have a result, in an order that lasts. */
        List<Candidate> candidates(Caller point, JsonNode body);
    }

    /** @param result what stands for it in the answer */
    record Candidate(AccessRequest question, ResultJson result) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ResultJson(
            @Nullable String type,
            @Nullable String id,
            @Nullable String name) {}

    record PageJson(String nextToken) {}

    record Body(List<ResultJson> results, PageJson page) {}

    private final Evaluator evaluator;
    private final Sought sought;

    SearchHandler(Evaluator evaluator, Sought sought) {
        this.evaluator = evaluator;
        this.sought = sought;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var body = request.body(JsonNode.class);
        AccessRequestReader.requireObject(body, "question");
        var candidates = sought.candidates(caller, body);
        var search = digestOf(candidates);
        var page = page(body);
        var at = start(page, search);
        var limit = limit(page);
        var permits = new ArrayList<Pending>();
        var results = new ArrayList<ResultJson>();
        for (; at < candidates.size() && permits.size() < limit; at++) {
            var candidate = candidates.get(at);
            if (evaluator.wouldPermit(caller, candidate.question())) {
                permits.add(evaluator.ask(caller, candidate.question()));
                results.add(candidate.result());
            }
        }
        var next = at < candidates.size() ? new PageToken(at, search).toString() : "";
        return Reply.ok(new Body(onRecord(permits, results), new PageJson(next)));
    }

    /** Candidates of one search differ in nothing but what they stand for. */
    private static String digestOf(List<Candidate> candidates) {
        var shared =
                candidates.isEmpty() ? "" : candidates.getFirst().question().toString();
        return PageToken.digestOf(candidates.stream()
                .map(candidate -> candidate.result().toString())
                .collect(Collectors.joining("\n", shared, "")));
    }

    /** What was refused after all is left out. */
    private List<ResultJson> onRecord(List<Pending> permits, List<ResultJson> results) {
        var kept = new ArrayList<ResultJson>();
        for (var i = 0; i < permits.size(); i++) {
            if (evaluator.answer(permits.get(i)).decision()) {
                kept.add(results.get(i));
            }
        }
        return kept;
    }

    private static JsonNode page(JsonNode body) {
        var page = body.path("page");
        if (!page.isMissingNode()) {
            AccessRequestReader.requireObject(page, "page");
        }
        return page;
    }

    private static int start(JsonNode page, String search) {
        var token = page.path("token");
        if (token.isMissingNode()) {
            return 0;
        }
        if (!token.isString()) {
            throw new BadInput("invalid_request", "The member 'page.token' must be a text.");
        }
        return token.stringValue().isEmpty()
                ? 0
                : PageToken.read(token.stringValue(), search).next();
    }

    private static int limit(JsonNode page) {
        var limit = page.path("limit");
        if (limit.isMissingNode()) {
            return MOST_RESULTS;
        }
        if (!limit.isIntegralNumber() || !limit.canConvertToInt() || limit.intValue() < 1) {
            throw new BadInput("invalid_request", "The member 'page.limit' must be a whole number above 0.");
        }
        return Math.min(limit.intValue(), MOST_RESULTS);
    }
}
