package dev.sallyport.identity;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who can hold permissions in one organization.
 *
 * @param email where the person behind it is reached; empty for an organization
 * @param title what a person is in the organization; null if nobody said
 * @param epoch raised whenever everything that the principal owns must end; a credential is live only while its own epoch
 *     equals it, so nothing that ended ever revives
 * @param owner the user who answers for a service account; null for anybody else
 */
public record Principal(
        PrincipalId id,
        OrganizationId organization,
        Kind kind,
        String email,
        String name,
        @Nullable String title,
        State state,
        int epoch,
        @Nullable PrincipalId owner,
        Instant createdAt,
        Instant modifiedAt) {

    /** The code is part of the trail and of the identity headers: it never changes. */
    public enum Kind {
        USER,
        SERVICE_ACCOUNT,
        /** The organization itself, as whom an API key calls. It holds no permission and is not stored as a principal. */
        ORGANIZATION;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public enum State {
        /** Invited, and has not accepted. */
        PENDING,
        ACTIVE,
        DISABLED,
        REMOVED
    }

    /** An active user at the first of its epochs. */
    public static Principal user(OrganizationId organization, String email, String name, Instant at) {
        return new Principal(
                PrincipalId.random(), organization, Kind.USER, email, name, null, State.ACTIVE, 0, null, at, at);
    }

    /** As whom an API key calls. */
    public static Principal of(Organization organization) {
        var id = new PrincipalId(organization.id().value());
        var at = organization.createdAt();
        return new Principal(
                id, organization.id(), Kind.ORGANIZATION, "", organization.name(), null, State.ACTIVE, 0, null, at, at);
    }

    public boolean isActive() {
        return state == State.ACTIVE;
    }
}
