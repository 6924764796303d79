package dev.sallyport.key;

import dev.sallyport.identity.PrincipalId;

/** Whose application keys a request is about. Any other key does not exist to it. */
sealed interface Sight {

    /** The caller's own. */
    record Own(PrincipalId owner) implements Sight {}

    /** Those of one service account; nobody else's, whatever id the path has. */
    record ServiceAccount(PrincipalId id) implements Sight {}

    /** Everybody's in the organization. */
    record Everybody() implements Sight {}
}
