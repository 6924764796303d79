package dev.sallyport.token;

import dev.sallyport.credential.StoredCredential;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.DisplayName;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.sql.Database;
import java.util.List;
import java.util.Set;

/** Lists the tokens that the caller sees, a page at a time. */
final class ListTokens {

    /**
     * @param filter a part of the name in any case; empty for any name
     * @param owners empty for everybody
     */
    record Request(String filter, Set<PrincipalId> owners, TokenSort sort, int size, int number) {
        Request {
            owners = Set.copyOf(owners);
        }
    }

    /** @param found how many tokens all pages hold */
    record Page(List<StoredCredential> tokens, long found) {}

    private final Database database;
    private final TokenListStore tokens;
    private final Reach reach;

    ListTokens(Database database, TokenListStore tokens, Reach reach) {
        this.database = database;
        this.tokens = tokens;
        this.reach = reach;
    }

    Page list(Caller caller, Request request) {
        var owners = request.owners();
        if (!reach.seesOthers(caller)) {
            var self = caller.principal().id();
            if (!owners.isEmpty() && !owners.contains(self)) {
                return new Page(List.of(), 0);
            }
            owners = Set.of(self);
        }
        var listing = new TokenListing(
                caller.organization().id(),
                TokenListing.sorted(owners),
                DisplayName.folded(request.filter()),
                request.sort(),
                request.size(),
                request.number());
        return database.reading(
                transaction -> new Page(tokens.list(transaction, listing), tokens.count(transaction, listing)));
    }
}
