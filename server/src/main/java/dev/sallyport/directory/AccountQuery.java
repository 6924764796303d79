package dev.sallyport.directory;

import dev.sallyport.http.BadInput;
import dev.sallyport.http.Query;
import dev.sallyport.identity.DisplayName;
import dev.sallyport.identity.PrincipalId;
import java.util.Set;

/**
 * Which service accounts were asked for.
 *
 * @param page zero-based
 * @param owner the id of a user, {@code none} for accounts for which nobody active answers, or empty for all
 * @param filter folded; empty for everything
 */
record AccountQuery(int size, int page, String owner, String filter) {

    static final String NOBODY = "none";

    private static final int DEFAULT_SIZE = 100;
    private static final int LARGEST_SIZE = 1_000;
    private static final int LAST_PAGE = 1_000_000;

    static AccountQuery parse(Query query) {
        ListQuery.refuseOthers(query, Set.of("page_size", "page", "owner", "filter"));
        var filter = query.one("filter").orElse("");
        if (!filter.isEmpty() && DisplayName.problemWith(filter).isPresent()) {
            throw new BadInput("invalid_parameter", "The parameter 'filter' must be a part of a name.");
        }
        return new AccountQuery(
                query.number("page_size", DEFAULT_SIZE, 1, LARGEST_SIZE),
                query.number("page", 0, 0, LAST_PAGE),
                owner(query.one("owner").orElse("")),
                DisplayName.folded(filter));
    }

    long offset() {
        return (long) page * size;
    }

    private static String owner(String text) {
        return text.isEmpty() || text.equals(NOBODY)
                ? text
                : PrincipalId.parse(text)
                        .map(PrincipalId::toString)
                        .orElseThrow(() -> new BadInput(
                                "invalid_parameter", "The parameter 'owner' must be the id of a user, or 'none'."));
    }
}
