package dev.sallyport.directory;

import dev.sallyport.http.BadInput;
import dev.sallyport.http.Query;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which users a list was asked for.
 *
 * @param page zero-based
 * @param order a word of the allowed ones, a blank, and {@code asc} or {@code desc}
 * @param filter folded, of names and addresses; empty for everybody
 * @param states as they are stored, a blank between; empty for any
 * @param kind empty for users and service accounts
 */
record UserListQuery(int size, int page, String order, String filter, String states, String kind) {

    private static final String SORT_DIR = "sort_dir";
    private static final String STATUS = "filter[status]";
    private static final String SERVICE_ACCOUNT = "filter[service_account]";

    static UserListQuery parse(Query query) {
        ListQuery.refuseOthers(
                query,
                Set.of(
                        ListQuery.SIZE,
                        ListQuery.NUMBER,
                        ListQuery.SORT,
                        SORT_DIR,
                        ListQuery.FILTER,
                        STATUS,
                        SERVICE_ACCOUNT));
        return new UserListQuery(
                query.number(ListQuery.SIZE, ListQuery.DEFAULT_SIZE, 1, ListQuery.LARGEST_SIZE),
                query.number(ListQuery.NUMBER, 0, 0, ListQuery.LAST_PAGE),
                word(query) + " " + direction(query),
                ListQuery.filter(query),
                query.one(STATUS).map(UserListQuery::states).orElse(""),
                kind(query));
    }

    long offset() {
        return (long) page * size;
    }

    /** The count of a role's users is no order of users; clients may send it, because the documents list it. */
    private static String word(Query query) {
        var sort = query.one(ListQuery.SORT).orElse("name");
        var word = sort.startsWith("-") ? sort.substring(1) : sort;
        return switch (word) {
            case "name", "email", "status", "modified_at" -> word;
            case "user_count" -> "name";
            default ->
                throw new BadInput("invalid_parameter", "The parameter 'sort' must be one of the documented words.");
        };
    }

    /** Descending unless the query says otherwise; a minus before the word says nothing new. */
    private static String direction(Query query) {
        var direction = query.one(SORT_DIR).orElse("desc");
        if (!direction.equals("asc") && !direction.equals("desc")) {
            throw new BadInput("invalid_parameter", "The parameter 'sort_dir' must be asc or desc.");
        }
        return direction;
    }

    private static String states(String list) {
        return Stream.of(list.split(",", 4))
                .map(status -> switch (status.strip()) {
                    case "Active", "Pending", "Disabled" -> status.strip().toLowerCase(Locale.ROOT);
                    default ->
                        throw new BadInput(
                                "invalid_parameter",
                                "The parameter 'filter[status]' must be a comma list of Active, Pending and Disabled.");
                })
                .collect(Collectors.joining(" "));
    }

    private static String kind(Query query) {
        return switch (query.one(SERVICE_ACCOUNT).orElse("")) {
            case "" -> "";
            case "true" -> "service_account";
            case "false" -> "user";
            default ->
                throw new BadInput(
                        "invalid_parameter", "The parameter 'filter[service_account]' must be true or false.");
        };
    }
}
