package dev.sallyport.identity;

import java.time.Instant;

/**
 * A person in one organization; the only kind of principal so far.
 *
 * @param epoch raised whenever everything that the user owns must end; a credential is live only while its own epoch
 *     equals it, so nothing that ended ever revives
 */
public record User(
        PrincipalId id,
        OrganizationId organization,
        String email,
        String name,
        State state,
        int epoch,
        Instant createdAt,
        Instant modifiedAt) {

    public enum State {
        ACTIVE,
        DISABLED,
        REMOVED
    }

    public boolean isActive() {
        return state == State.ACTIVE;
    }
}
