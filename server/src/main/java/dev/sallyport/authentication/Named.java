package dev.sallyport.authentication;

import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.Principal;

/** Whom somebody else asks about. Nothing is proved of it, so only who may know of others may ask. */
public sealed interface Named {

    /** @param text an id; of a user also the e-mail address */
    record OfPrincipal(Principal.Kind kind, String text) implements Named {}

    record OfCredential(CredentialId id) implements Named {}

    /** Something that nobody here is called. */
    record Nobody() implements Named {}
}
