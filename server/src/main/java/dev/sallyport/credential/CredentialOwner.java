package dev.sallyport.credential;

import dev.sallyport.identity.PrincipalId;

/** As whom a credential acts, as people see it. The kind is the code of {@link dev.sallyport.identity.Principal.Kind}. */
record CredentialOwner(PrincipalId id, String kind, String name, String email) {

    CredentialJson.OwnerJson json() {
        return new CredentialJson.OwnerJson(id.toString(), kind, name, email);
    }
}
