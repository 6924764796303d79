package dev.sallyport.directory;

import dev.sallyport.http.BadInput;
import dev.sallyport.http.Query;
import dev.sallyport.identity.DisplayName;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What a list was asked for.
 *
 * @param page zero-based
 * @param sort a word of the allowed ones, with a minus for descending
 * @param filter folded; empty for everything
 * @param ids empty where the list was not narrowed to some
 */
record ListQuery(int size, int page, String sort, String filter, Optional<Set<UUID>> ids) {

    static final String SIZE = "page[size]";
    static final String NUMBER = "page[number]";
    static final String SORT = "sort";
    static final String FILTER = "filter";
    private static final String IDS = "filter[id]";

    static final int DEFAULT_SIZE = 10;
    static final int LARGEST_SIZE = 1_000;
    static final int LAST_PAGE = 1_000_000;
    private static final int MOST_IDS = 100;

    /** The first page, as long as pages get. */
    static final ListQuery LONGEST = new ListQuery(LARGEST_SIZE, 0, "name", "", Optional.empty());

    static ListQuery ofRoles(Query query) {
        refuseOthers(query, Set.of(SIZE, NUMBER, SORT, FILTER, IDS));
        return parse(query, Set.of("name", "modified_at", "user_count"));
    }

    static ListQuery ofUsers(Query query) {
        refuseOthers(query, Set.of(SIZE, NUMBER, SORT, FILTER));
        return parse(query, Set.of("name", "email", "status"));
    }

    /** A misspelt filter that is passed over would show more than was asked for. */
    static void refuseOthers(Query query, Set<String> known) {
        if (!known.containsAll(query.parameters().keySet())) {
            throw new BadInput("unknown_parameter", "The query has a parameter that this operation does not know.");
        }
    }

    boolean isDescending() {
        return sort.startsWith("-");
    }

    /** The word without its sign. */
    String sortedBy() {
        return isDescending() ? sort.substring(1) : sort;
    }

    long offset() {
        return (long) page * size;
    }

    private static ListQuery parse(Query query, Set<String> sorts) {
        var size = query.number(SIZE, DEFAULT_SIZE, 1, LARGEST_SIZE);
        var page = query.number(NUMBER, 0, 0, LAST_PAGE);
        var sort = query.one(SORT).orElse("name");
        if (!sorts.contains(sort.startsWith("-") ? sort.substring(1) : sort)) {
            throw new BadInput("invalid_parameter", "The parameter 'sort' must be one of the documented words.");
        }
        return new ListQuery(size, page, sort, filter(query), query.one(IDS).map(ListQuery::ids));
    }

    /** Folded; empty for everything. */
    static String filter(Query query) {
        var filter = query.one(FILTER).orElse("");
        if (!filter.isEmpty() && DisplayName.problemWith(filter).isPresent()) {
            throw new BadInput("invalid_parameter", "The parameter 'filter' must be a part of a name.");
        }
        return DisplayName.folded(filter);
    }

    private static Set<UUID> ids(String list) {
        var ids = new HashSet<UUID>();
        for (var text : list.split(",", MOST_IDS + 1)) {
            ids.add(RoleId.parse(text)
                    .orElseThrow(() -> new BadInput(
                            "invalid_parameter",
                            "The parameter 'filter[id]' must be a comma list of at most " + MOST_IDS + " ids."))
                    .value());
        }
        return Set.copyOf(ids);
    }
}
