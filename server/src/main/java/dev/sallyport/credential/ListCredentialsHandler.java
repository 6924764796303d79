package dev.sallyport.credential;

import dev.sallyport.http.BadInput;
import dev.sallyport.http.Handler;
import dev.sallyport.http.Problem;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.sql.Database;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** {@code GET /sallyport/v1/credentials} */
final class ListCredentialsHandler implements Handler {

    static final int MOST_COUNTED = 100_000;

    private static final int USUAL_PAGE = 100;
    private static final int LARGEST_PAGE = 1_000;

    /**
     * @param next_cursor null on the last page
     * @param total of all pages; no further than 100 000 are counted
     */
    record Listing(
            List<CredentialJson> credentials, @Nullable String next_cursor, long total, boolean total_is_exact) {}

    private final Database database;
    private final InventoryStore credentials;
    private final KindReach reach;
    private final BiPredicate<Caller, String> isKnownScope;
    private final String brand;
    private final InstantSource clock;

    ListCredentialsHandler(
            Database database,
            InventoryStore credentials,
            KindReach reach,
            BiPredicate<Caller, String> isKnownScope,
            String brand,
            InstantSource clock) {
        this.database = database;
        this.credentials = credentials;
        this.reach = reach;
        this.isKnownScope = isKnownScope;
        this.brand = brand;
        this.clock = clock;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        var query = request.query();
        var asked = FilterJson.of(query).parse(scope -> isKnownScope.test(caller, scope));
        var seen = reach.seenBy(caller);
        if (!seen.containsAll(asked.kinds())) {
            return Problem.forbidden("kind_out_of_reach", "API keys are listed with " + KindReach.READING_KEYS + ".");
        }
        var filter = asked.kinds().isEmpty() ? asked.ofKinds(seen) : asked;
        var size = query.number("limit", USUAL_PAGE, 1, LARGEST_PAGE);
        var after = query.one("cursor")
                .map(text -> ListCursor.parse(text)
                        .orElseThrow(() ->
                                new BadInput("invalid_cursor", "'cursor' must be the 'next_cursor' of an answer.")))
                .orElse(InventoryStore.START);
        return Reply.ok(listing(caller, filter, after, size));
    }

    private Listing listing(Caller caller, CredentialFilter filter, InventoryStore.Place after, int size) {
        var organization = caller.organization().id();
        var now = clock.instant();
        return database.reading(transaction -> {
            var found = credentials.list(transaction, organization, filter, after, size + 1, now);
            var page = found.subList(0, Math.min(size, found.size()));
            var owners = credentials.owners(transaction, organization, page);
            var total = credentials.count(transaction, organization, filter, MOST_COUNTED + 1, now);
            return new Listing(
                    page.stream()
                            .map(credential -> CredentialJson.of(credential, owners, brand))
                            .toList(),
                    found.size() > size ? ListCursor.of(InventoryStore.Place.of(page.getLast())) : null,
                    Math.min(total, MOST_COUNTED),
                    total <= MOST_COUNTED);
        });
    }
}
