package dev.sallyport.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sallyport.http.Problem;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The answer of a search, the same for both of its routes. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record EventsPage(List<Map<String, Object>> data, @Nullable Links links, Meta meta) {

    static final String PATH = "/api/v2/audit/events";

    record Links(String next) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Meta(
            long elapsed,

            @JsonProperty("request_id") String requestId,

            String status,
            @Nullable List<SearchEvents.Warning> warnings,
            @Nullable Page page) {}

    record Page(String after) {}

    static Response of(SearchEvents.Result result, SearchEvents.Request request, String publicUrl, long beginNanos) {
        return switch (result) {
            case SearchEvents.Result.Unreadable(var detail) -> Problem.badRequest("invalid_search", detail);
            case SearchEvents.Result.Found found -> Reply.ok(of(found, request, publicUrl, beginNanos));
        };
    }

    private static EventsPage of(
            SearchEvents.Result.Found found, SearchEvents.Request request, String publicUrl, long beginNanos) {
        var after = found.next().map(SearchCursor::toString).orElse(null);
        var warnings = found.warnings();
        return new EventsPage(
                found.events().stream().map(EventJson::of).toList(),
                after == null ? null : new Links(publicUrl + next(request, after)),
                new Meta(
                        (System.nanoTime() - beginNanos) / 1_000_000,
                        UUID.randomUUID().toString(),
                        warnings.isEmpty() ? "done" : "timeout",
                        warnings.isEmpty() ? null : warnings,
                        after == null ? null : new Page(after)));
    }

    private static String next(SearchEvents.Request request, String after) {
        return PATH + "?filter%5Bquery%5D=" + encoded(request.query()) + "&filter%5Bfrom%5D=" + encoded(request.from())
                + "&filter%5Bto%5D=" + encoded(request.to()) + "&sort=" + encoded(request.sort()) + "&page%5Blimit%5D="
                + request.limit() + "&page%5Bcursor%5D=" + encoded(after);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
