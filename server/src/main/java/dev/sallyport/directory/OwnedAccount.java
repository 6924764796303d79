package dev.sallyport.directory;

import java.util.Optional;

/**
 * A service account and who answers for it.
 *
 * @param owner empty if nobody ever did, or whoever did was removed
 * @param isOwned whether the owner is active: nobody answers for it otherwise
 */
record OwnedAccount(PrincipalFact fact, Optional<Owner> owner, boolean isOwned) {

    /** A user of the organization. */
    record Owner(String name, String email) {}
}
