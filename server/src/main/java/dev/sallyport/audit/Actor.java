package dev.sallyport.audit;

import dev.sallyport.identity.Caller;
import dev.sallyport.identity.Credential;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.Origin;
import dev.sallyport.identity.Principal;
import org.jspecify.annotations.Nullable;

/**
 * Who did it.
 *
 * @param principal null where the operator did it on the machine
 * @param credential null likewise
 */
public record Actor(
        OrganizationId organization,
        @Nullable Principal principal,
        @Nullable Credential credential,
        Origin origin) {

    public static Actor of(Caller caller) {
        return new Actor(caller.organization().id(), caller.principal(), caller.credential(), caller.origin());
    }

    /** Whoever runs the program on the machine itself. */
    public static Actor operator(OrganizationId organization) {
        return new Actor(organization, null, null, Origin.MACHINE);
    }
}
