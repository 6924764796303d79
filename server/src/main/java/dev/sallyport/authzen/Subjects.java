package dev.sallyport.authzen;

import dev.sallyport.authentication.Named;
import dev.sallyport.authzen.AccessRequest.Entity;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.Principal;

/** The types of subjects that there are. */
final class Subjects {

    private Subjects() {}

    /** Of a type that we do not have there is nobody: that is an answer, not an error. */
    static Named named(Entity subject) {
        return switch (subject.type()) {
            case "user" -> new Named.OfPrincipal(Principal.Kind.USER, subject.id());
            case "service_account" -> new Named.OfPrincipal(Principal.Kind.SERVICE_ACCOUNT, subject.id());
            case "credential" ->
                CredentialId.parse(subject.id())
                        .<Named>map(Named.OfCredential::new)
                        .orElseGet(Named.Nobody::new);
            default -> new Named.Nobody();
        };
    }
}
