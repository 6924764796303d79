package dev.sallyport.directory;

import dev.sallyport.audit.Actor;
import dev.sallyport.feed.Change;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.Organization;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.Principal;
import dev.sallyport.permission.Authority;
import dev.sallyport.sql.Transaction;
import java.time.Instant;
import java.util.Optional;

/** Gives a user who comes in something to go on with, within the change that lets the user in. */
public interface FirstCredential<T> {

    /**
     * What the user is shown, once, and what the feed says of it.
     *
     * @param change of the credential alone; empty where the rules of the organization allow none
     */
    record Issued<T>(T shown, Optional<Change> change) {}

    /** Takes the rules that bind it until the commit, before any other row is taken. */
    void holdRules(Transaction transaction, OrganizationId organization, Instant now);

    /** Takes the credential that made the invitation until the commit; false if that was revoked. It may have expired. */
    boolean holdMaker(Transaction transaction, OrganizationId organization, CredentialId maker);

    Issued<T> issue(Transaction transaction, Organization organization, Principal user, Authority scopes, Actor actor);
}
