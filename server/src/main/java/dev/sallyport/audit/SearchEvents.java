package dev.sallyport.audit;

import dev.sallyport.audit.SearchStore.Order;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.sql.SqlFailure;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Finds events of one organization. Waits a little for the index to reach where the log and the changes stood when the
 * search began, so that people find what they have just done.
 */
final class SearchEvents {

    static final String DEFAULT_QUERY = "*";
    static final String DEFAULT_FROM = "now-15m";
    static final String DEFAULT_TO = "now";
    static final String NEWEST_FIRST = "-timestamp";
    static final int DEFAULT_LIMIT = 10;
    static final int LARGEST_LIMIT = 1_000;

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /**
     * A search as it was sent.
     *
     * @param zone for times that name none
     * @param offsetSeconds likewise, and before {@code zone}
     */
    record Request(
            String query,
            String from,
            String to,
            String sort,
            String zone,
            @Nullable Integer offsetSeconds,
            int limit,
            @Nullable String cursor) {}

    sealed interface Result {

        /**
         * @param next where the next page begins; empty on the last one
         * @param warnings why there may be more than was found
         */
        record Found(List<IndexedEvent> events, Optional<SearchCursor> next, List<Warning> warnings) implements Result {
            public Found {
                events = List.copyOf(events);
                warnings = List.copyOf(warnings);
            }
        }

        /** @param detail what is wrong and what is taken */
        record Unreadable(String detail) implements Result {}
    }

    /** Something that the answer lacks. */
    record Warning(String code, String title, String detail) {}

    private final DecisionLog log;
    private final Indexer indexer;
    private final SearchStore events;
    private final InstantSource clock;

    SearchEvents(DecisionLog log, Indexer indexer, SearchStore events, InstantSource clock) {
        this.log = log;
        this.indexer = indexer;
        this.events = events;
        this.clock = clock;
    }

    Result search(OrganizationId organization, Request request) {
        try {
            var search = read(organization, request);
            var warnings = new ArrayList<Warning>();
            if (!isIndexCurrent()) {
                warnings.add(new Warning(
                        "index_behind", "The index is behind", "The newest events may be missing; search again."));
            }
            var found = events.find(search);
            if (found.isEmpty()) {
                warnings.add(new Warning(
                        "search_too_long",
                        "The search took too long",
                        "Narrow the time or name a user or credential."));
            }
            return page(search, request, found.orElse(List.of()), warnings);
        } catch (EventQuery.Unreadable e) {
            return new Result.Unreadable(Objects.requireNonNullElse(e.getMessage(), ""));
        }
    }

    /** One decision; like a search it waits a little for the index. */
    Optional<PastDecision> find(OrganizationId organization, AuditId id) {
        var known = events.find(organization, id);
        if (known.isEmpty() && id.node() == log.node() && isIndexCurrent()) {
            known = events.find(organization, id);
        }
        return known.filter(IndexedEvent::isDecision).map(PastDecision::of);
    }

    /** One event more than asked for is looked up: it tells whether there is another page. */
    private static Result page(
            SearchStore.Search search, Request request, List<IndexedEvent> found, List<Warning> warnings) {
        if (found.size() <= request.limit()) {
            return new Result.Found(found, Optional.empty(), warnings);
        }
        var page = found.subList(0, request.limit());
        var last = page.getLast();
        var next = new SearchCursor(
                search.fromMicros(), search.toMicros(), fingerprint(request), last.atMicros(), last.id());
        return new Result.Found(page, Optional.of(next), warnings);
    }

    private SearchStore.Search read(OrganizationId organization, Request request) throws EventQuery.Unreadable {
        if (request.limit() < 1 || request.limit() > LARGEST_LIMIT) {
            throw new EventQuery.Unreadable("page[limit] must be a whole number from 1 to " + LARGEST_LIMIT + ".");
        }
        var query = EventQuery.parse(request.query());
        var order = order(request.sort());
        var cursor = cursor(request);
        var zone = zone(request);
        var from = cursor == null ? time("from", request.from(), zone) : cursor.fromMicros();
        var to = cursor == null ? time("to", request.to(), zone) : cursor.toMicros();
        if (from > to) {
            throw new EventQuery.Unreadable("filter[from] must not be later than filter[to].");
        }
        return new SearchStore.Search(organization.toString(), query, from, to, order, cursor, request.limit() + 1);
    }

    private static Order order(String sort) throws EventQuery.Unreadable {
        return switch (sort) {
            case "timestamp" -> Order.OLDEST_FIRST;
            case NEWEST_FIRST -> Order.NEWEST_FIRST;
            default -> throw new EventQuery.Unreadable("sort must be 'timestamp' or '-timestamp'.");
        };
    }

    private static @Nullable SearchCursor cursor(Request request) throws EventQuery.Unreadable {
        var text = request.cursor();
        if (text == null) {
            return null;
        }
        return SearchCursor.parse(text)
                .filter(cursor -> cursor.search() == fingerprint(request))
                .orElseThrow(() -> new EventQuery.Unreadable(
                        "page[cursor] must be taken from the answer before, with the same query, times and sort."));
    }

    private static int fingerprint(Request request) {
        return Objects.hash(request.query(), request.from(), request.to(), request.sort());
    }

    private static ZoneId zone(Request request) throws EventQuery.Unreadable {
        var offset = request.offsetSeconds();
        try {
            return offset == null ? ZoneId.of(request.zone()) : ZoneOffset.ofTotalSeconds(offset);
        } catch (DateTimeException _) {
            throw new EventQuery.Unreadable(
                    "options.timezone must be a time zone such as UTC, and options.time_offset at most 64800 seconds.");
        }
    }

    private long time(String name, String text, ZoneId zone) throws EventQuery.Unreadable {
        return SearchTime.parse(text, clock.instant(), zone)
                .orElseThrow(() -> new EventQuery.Unreadable("filter[" + name + "] must be " + SearchTime.FORMS + "."));
    }

    private boolean isIndexCurrent() {
        try {
            return indexer.await(log.appended(), indexer.changesHead(), PATIENCE);
        } catch (SqlFailure e) {
            LoggerFactory.getLogger(SearchEvents.class).warn("A search does not know the newest changes.", e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
