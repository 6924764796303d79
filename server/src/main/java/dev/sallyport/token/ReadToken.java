package dev.sallyport.token;

import dev.sallyport.credential.CredentialStore;
import dev.sallyport.credential.StoredCredential;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.sql.Database;
import java.util.Optional;

/** Reads one token. What the caller may not see looks like what does not exist. */
final class ReadToken {

    private final Database database;
    private final CredentialStore tokens;
    private final Reach reach;

    ReadToken(Database database, CredentialStore tokens, Reach reach) {
        this.database = database;
        this.tokens = tokens;
        this.reach = reach;
    }

    Optional<StoredCredential> read(Caller caller, TokenPath path, CredentialId id) {
        return database.reading(transaction -> tokens.find(
                        transaction,
                        caller.organization().id(),
                        id,
                        path.family().kinds()))
                .filter(token -> reach.sees(caller, path, token));
    }
}
