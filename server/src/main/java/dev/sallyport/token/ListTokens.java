package dev.sallyport.token;

import dev.sallyport.credential.StoredCredential;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.DisplayName;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.sql.Database;
import dev.sallyport.sql.Transaction;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lists the tokens that the caller sees, of both kinds, or those of one service account; a page at a time. */
final class ListTokens {

    /**
     * @param filter a part of the name in any case; empty for any name
     * @param owners empty for everybody; a service account's path has one anyway
     */
    record Request(TokenPath path, String filter, Set<PrincipalId> owners, TokenSort sort, int size, int number) {
        Request {
            owners = Set.copyOf(owners);
        }
    }

    /** @param found how many tokens all pages hold */
    record Page(List<StoredCredential> tokens, long found) {}

    private final Database database;
    private final TokenListStore tokens;
    private final ServiceAccountStore accounts;
    private final Reach reach;

    ListTokens(Database database, TokenListStore tokens, ServiceAccountStore accounts, Reach reach) {
        this.database = database;
        this.tokens = tokens;
        this.accounts = accounts;
        this.reach = reach;
    }

    /** Empty if there is no such service account. */
    Optional<Page> list(Caller caller, Request request) {
        return switch (request.path()) {
            case TokenPath.Personal() -> Optional.of(listReached(caller, request));
            case TokenPath.Service(var account) -> {
                var listing = listing(caller, request, Set.of(account));
                yield database.reading(transaction -> accounts.find(
                                transaction, caller.organization().id(), account)
                        .map(_ -> page(transaction, listing)));
            }
        };
    }

    private Page listReached(Caller caller, Request request) {
        var owners = request.owners();
        if (!reach.seesOthers(caller)) {
            var self = caller.principal().id();
            if (!owners.isEmpty() && !owners.contains(self)) {
                return new Page(List.of(), 0);
            }
            owners = Set.of(self);
        }
        var listing = listing(caller, request, owners);
        return database.reading(transaction -> page(transaction, listing));
    }

    private static TokenListing listing(Caller caller, Request request, Set<PrincipalId> owners) {
        return new TokenListing(
                caller.organization().id(),
                TokenListing.sorted(owners),
                DisplayName.folded(request.filter()),
                request.sort(),
                request.size(),
                request.number());
    }

    private Page page(Transaction transaction, TokenListing listing) {
        return new Page(tokens.list(transaction, listing), tokens.count(transaction, listing));
    }
}
