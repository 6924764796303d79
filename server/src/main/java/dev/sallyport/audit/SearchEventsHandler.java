package dev.sallyport.audit;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sallyport.http.Handler;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/v2/audit/events/search} */
final class SearchEventsHandler implements Handler {

    record Body(
            @Nullable Filter filter,
            @Nullable Options options,
            @Nullable Page page,
            @Nullable String sort) {}

    record Filter(
            @Nullable String query,
            @Nullable String from,
            @Nullable String to) {}

    record Options(
            @Nullable String timezone,

            @JsonProperty("time_offset") @Nullable Integer timeOffset) {}

    record Page(@Nullable Integer limit, @Nullable String cursor) {}

    private static final Body NOTHING = new Body(null, null, null, null);

    private final SearchEvents searchEvents;
    private final Supplier<String> publicUrl;

    SearchEventsHandler(SearchEvents searchEvents, Supplier<String> publicUrl) {
        this.searchEvents = searchEvents;
        this.publicUrl = publicUrl;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var begin = System.nanoTime();
        // Everything is optional, the body too.
        var length = request.header("Content-Length");
        var isEmpty = length.isEmpty() ? request.header("Transfer-Encoding").isEmpty() : length.equals("0");
        var search = read(isEmpty ? NOTHING : request.body(Body.class));
        return EventsPage.of(searchEvents.search(caller.organization().id(), search), search, publicUrl.get(), begin);
    }

    private static SearchEvents.Request read(Body body) {
        var filter = Objects.requireNonNullElse(body.filter(), new Filter(null, null, null));
        var options = Objects.requireNonNullElse(body.options(), new Options(null, null));
        var page = Objects.requireNonNullElse(body.page(), new Page(null, null));
        return new SearchEvents.Request(
                Objects.requireNonNullElse(filter.query(), SearchEvents.DEFAULT_QUERY),
                Objects.requireNonNullElse(filter.from(), SearchEvents.DEFAULT_FROM),
                Objects.requireNonNullElse(filter.to(), SearchEvents.DEFAULT_TO),
                Objects.requireNonNullElse(body.sort(), SearchEvents.NEWEST_FIRST),
                Objects.requireNonNullElse(options.timezone(), "UTC"),
                options.timeOffset(),
                Objects.requireNonNullElse(page.limit(), SearchEvents.DEFAULT_LIMIT),
                page.cursor());
    }
}
