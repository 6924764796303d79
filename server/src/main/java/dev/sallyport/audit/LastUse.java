package dev.sallyport.audit;

import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.OrganizationId;
import java.util.List;

/** Is told, about once a second, which credentials were used. */
interface LastUse {

    /** One credential's latest allowed decision. */
    record Use(CredentialId credential, OrganizationId organization, long atMicros) {}

    void used(List<Use> uses);
}
