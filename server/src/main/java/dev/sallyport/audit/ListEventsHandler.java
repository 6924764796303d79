package dev.sallyport.audit;

import dev.sallyport.http.Handler;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import java.util.function.Supplier;

/** {@code GET /api/v2/audit/events} */
final class ListEventsHandler implements Handler {

    private final SearchEvents searchEvents;
    private final Supplier<String> publicUrl;

    ListEventsHandler(SearchEvents searchEvents, Supplier<String> publicUrl) {
        this.searchEvents = searchEvents;
        this.publicUrl = publicUrl;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var begin = System.nanoTime();
        var query = request.query();
        var search = new SearchEvents.Request(
                query.one("filter[query]").orElse(SearchEvents.DEFAULT_QUERY),
                query.one("filter[from]").orElse(SearchEvents.DEFAULT_FROM),
                query.one("filter[to]").orElse(SearchEvents.DEFAULT_TO),
                query.one("sort").orElse(SearchEvents.NEWEST_FIRST),
                "UTC",
                null,
                query.number("page[limit]", SearchEvents.DEFAULT_LIMIT, 1, SearchEvents.LARGEST_LIMIT),
                query.one("page[cursor]").orElse(null));
        return EventsPage.of(searchEvents.search(caller.organization().id(), search), search, publicUrl.get(), begin);
    }
}
