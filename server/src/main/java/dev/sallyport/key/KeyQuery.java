package dev.sallyport.key;

import dev.sallyport.http.BadInput;
import dev.sallyport.http.Query;
import dev.sallyport.http.Rfc3339;
import dev.sallyport.identity.DisplayName;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a list of keys was asked for.
 *
 * @param sort a word of the allowed ones, with a minus for descending
 * @param filter a part of the name, folded; empty for any name
 * @param category empty for any
 * @param remoteConfig 1 and 0 for those that may read the remote configuration and those that may not; -1 for both
 * @param include the relationships whose other ends are wanted, too
 * @param number zero-based
 */
record KeyQuery(
        String sort,
        String filter,
        Span created,
        Span modified,
        String category,
        int remoteConfig,
        Set<String> include,
        int size,
        int number) {

    private static final int USUAL_PAGE = 10;
    private static final int LARGEST_PAGE = 1_000;
    private static final int LAST_PAGE = 1_000_000;

    private static final Set<String> SHARED = Set.of(
            "page[size]",
            "page[number]",
            "sort",
            "filter",
            "include",
            "filter[created_at][start]",
            "filter[created_at][end]");

    private static final Set<String> OF_API_KEYS = Set.of(
            "filter[modified_at][start]",
            "filter[modified_at][end]",
            "filter[category]",
            "filter[remote_config_read_enabled]");

    /** Both ends belong to it. */
    record Span(Instant start, Instant end) {

        private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

        static Span parse(Query query, String field) {
            return new Span(
                    moment(query, "filter[" + field + "][start]", Instant.EPOCH),
                    moment(query, "filter[" + field + "][end]", LAST));
        }

        private static Instant moment(Query query, String parameter, Instant absent) {
            // The plus sign of an offset, where a client did not encode it, arrives as a blank.
            return query.one(parameter)
                    .map(text -> Rfc3339.parse(text.replace(' ', '+'))
                            .orElseThrow(() -> new BadInput(
                                    "invalid_parameter",
                                    "The parameter '" + parameter
                                            + "' must be a date and time like 2027-01-31T12:00:00Z.")))
                    .orElse(absent);
        }
    }

    KeyQuery {
        include = Set.copyOf(include);
    }

    static KeyQuery ofApplicationKeys(Query query) {
        refuseOthers(query, Set.of());
        return parse(query, Set.of("name", "created_at", "last4"), includeOfApplicationKeys(query));
    }

    static Set<String> includeOfApplicationKeys(Query query) {
        return include(query, Set.of("owned_by", "leak_information"));
    }

    static KeyQuery ofApiKeys(Query query) {
        refuseOthers(query, OF_API_KEYS);
        return parse(query, Set.of("name", "created_at", "last4", "modified_at"), includeOfApiKeys(query));
    }

    static Set<String> includeOfApiKeys(Query query) {
        return include(query, Set.of("created_by", "modified_by", "leak_information"));
    }

    long offset() {
        return (long) size * number;
    }

    /** The filter as a pattern of {@code LIKE … ESCAPE '!'}. */
    String pattern() {
        return "%" + filter.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
    }

    /** A misspelt filter that is passed over would show more than was asked for. */
    private static void refuseOthers(Query query, Set<String> more) {
        if (!query.parameters().keySet().stream().allMatch(name -> SHARED.contains(name) || more.contains(name))) {
            throw new BadInput("unknown_parameter", "The query has a parameter that this operation does not know.");
        }
    }

    private static KeyQuery parse(Query query, Set<String> sorts, Set<String> include) {
        var sort = query.one("sort").orElse("name");
        if (!sorts.contains(sort.startsWith("-") ? sort.substring(1) : sort)) {
            throw new BadInput("invalid_sort", "The parameter 'sort' must be one of the documented words.");
        }
        var filter = query.one("filter").orElse("");
        var category = query.one("filter[category]").orElse("");
        for (var text : List.of(filter, category)) {
            if (!text.isBlank() && DisplayName.problemWith(text).isPresent()) {
                throw new BadInput("invalid_filter", "The parameter 'filter' must be a part of a name.");
            }
        }
        return new KeyQuery(
                sort,
                DisplayName.folded(filter),
                Span.parse(query, "created_at"),
                Span.parse(query, "modified_at"),
                category,
                remoteConfig(query),
                include,
                query.number("page[size]", USUAL_PAGE, 1, LARGEST_PAGE),
                query.number("page[number]", 0, 0, LAST_PAGE));
    }

    private static int remoteConfig(Query query) {
        return switch (query.one("filter[remote_config_read_enabled]").orElse("")) {
            case "" -> -1;
            case "false" -> 0;
            case "true" -> 1;
            default ->
                throw new BadInput(
                        "invalid_parameter",
                        "The parameter 'filter[remote_config_read_enabled]' must be true or false.");
        };
    }

    private static Set<String> include(Query query, Set<String> known) {
        var words = new HashSet<String>();
        for (var list : query.all("include")) {
            words.addAll(List.of(list.split(",")));
        }
        words.remove("");
        if (!known.containsAll(words)) {
            throw new BadInput(
                    "invalid_include", "The parameter 'include' must be documented words with commas between.");
        }
        return words;
    }
}
