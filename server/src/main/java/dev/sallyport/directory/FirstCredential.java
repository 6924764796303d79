package dev.sallyport.directory;

import dev.sallyport.audit.Actor;
import dev.sallyport.feed.Change;
import dev.sallyport.identity.Organization;
import dev.sallyport.identity.Principal;
import dev.sallyport.permission.Authority;
import dev.sallyport.sql.Transaction;

/** Gives a user who comes in something to go on with, within the change that lets the user in. */
public interface FirstCredential<T> {

    /**
     * What the user is shown, once, and what the feed says of it.
     *
     * @param change of the credential alone
     */
    record Issued<T>(T shown, Change change) {}

    Issued<T> issue(Transaction transaction, Organization organization, Principal user, Authority scopes, Actor actor);
}
