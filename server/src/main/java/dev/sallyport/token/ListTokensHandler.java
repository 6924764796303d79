package dev.sallyport.token;

import dev.sallyport.http.BadInput;
import dev.sallyport.http.Handler;
import dev.sallyport.http.Query;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.DisplayName;
import dev.sallyport.identity.PrincipalId;
import java.util.HashSet;
import java.util.Set;

/**
 * {@code GET /api/v2/personal_access_tokens} and
 * {@code GET /api/v2/service_accounts/{service_account_id}/access_tokens}
 */
final class ListTokensHandler implements Handler {

    private static final int USUAL_PAGE = 10;
    private static final int LARGEST_PAGE = 1_000;
    private static final int LAST_PAGE = 999_999_999;
    private static final int MOST_OWNERS = 100;

    private final TokenFamily family;
    private final ListTokens listTokens;
    private final TokenJson json;

    ListTokensHandler(TokenFamily family, ListTokens listTokens, TokenJson json) {
        this.family = family;
        this.listTokens = listTokens;
        this.json = json;
    }

    @Override
    public Response handle(Caller caller, Request request) {
        return TokenPath.of(family, request)
                .flatMap(path -> listTokens.list(caller, parse(path, request.query())))
                .<Response>map(json::page)
                .orElseGet(TokenProblems::accountNotFound);
    }

    private static ListTokens.Request parse(TokenPath path, Query query) {
        var sort = query.one("sort").orElse("name");
        var owners = switch (path) {
            case TokenPath.Personal() -> owners(query);
            case TokenPath.Service(var account) -> Set.of(account);
        };
        return new ListTokens.Request(
                path,
                filter(query),
                owners,
                TokenSort.parse(sort)
                        .orElseThrow(() -> new BadInput(
                                "invalid_sort",
                                "The parameter 'sort' must be name, created_at, expires_at or last_used_at,"
                                        + " with '-' before it for the other direction.")),
                query.number("page[size]", USUAL_PAGE, 1, LARGEST_PAGE),
                query.number("page[number]", 0, 0, LAST_PAGE));
    }

    /** What no name can hold is refused rather than looked for: PostgreSQL stores no zero character. */
    private static String filter(Query query) {
        var filter = query.one("filter").orElse("");
        if (!filter.isBlank() && DisplayName.problemWith(filter).isPresent()) {
            throw new BadInput("invalid_filter", "The parameter 'filter' must be a part of a name.");
        }
        return filter;
    }

    private static Set<PrincipalId> owners(Query query) {
        var texts = query.all("filter[owned_by]");
        if (texts.size() > MOST_OWNERS) {
            throw new BadInput(
                    "too_many_owners",
                    "The parameter 'filter[owned_by]' can be given at most " + MOST_OWNERS + " times.");
        }
        var owners = new HashSet<PrincipalId>();
        for (var text : texts) {
            owners.add(PrincipalId.parse(text)
                    .orElseThrow(() -> new BadInput(
                            "invalid_owner",
                            "The parameter 'filter[owned_by]' must be the id of a user or of a service account.")));
        }
        return owners;
    }
}
