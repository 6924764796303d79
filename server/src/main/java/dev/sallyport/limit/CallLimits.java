package dev.sallyport.limit;

import dev.sallyport.identity.CredentialId;
import java.util.Map;

/**
 * What an organization sets.
 *
 * @param organization for all of its calls together
 * @param credential for each credential that has no pace of its own
 * @param own the credentials that have one; it stands in the place of the general one
 */
record CallLimits(Pace organization, Pace credential, Map<CredentialId, Pace> own) {

    static final CallLimits NONE = new CallLimits(Pace.FREE, Pace.FREE, Map.of());

    static final int MOST_OWN = 1_000;

    CallLimits {
        own = Map.copyOf(own);
    }

    Pace of(CredentialId id) {
        return own.isEmpty() ? credential : own.getOrDefault(id, credential);
    }

    boolean isFree() {
        return organization.isFree() && credential.isFree() && own.isEmpty();
    }
}
