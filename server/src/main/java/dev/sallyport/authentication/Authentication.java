package dev.sallyport.authentication;

import dev.sallyport.identity.Caller;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.permission.Authority;
import org.jspecify.annotations.Nullable;

/** What came of looking at a request's credential. */
public sealed interface Authentication {

    Authentication ABSENT = new Absent();

    /**
     * @param held what the principal holds, before the credential narrows it
     * @param place whether the call comes from where it may come from
     */
    record Accepted(Caller caller, Authority held, KnownCredential credential, Place place) implements Authentication {}

    /** @param named the credential that was shown, where its id is known; for the trail, never for the answer */
    record Rejected(Cause cause, Carrier carrier, @Nullable CredentialId named) implements Authentication {}

    /**
     * The secret was proved, and the credential is no longer live. To whoever asked this reads as {@link Rejected} does; the
     * trail of the organization says which credential is still being shown.
     *
     * @param caller who it would have been
     */
    record Ended(Cause cause, Carrier carrier, Caller caller) implements Authentication {}

    record Absent() implements Authentication {}

    /** Where a call comes from, as the organization and the credential see it. */
    enum Place {
        ALLOWED,
        /** Within the credential's own, where it has any. */
        BEYOND_ORGANIZATION,
        BEYOND_CREDENTIAL
    }

    /** Why, for the trail. To whoever asked all of these read the same. */
    enum Cause {
        REPEATED_CREDENTIAL,
        UNRECOGNISED_CREDENTIAL,
        UNKNOWN_CREDENTIAL,
        /** Nobody of that name is in the organization that asks. */
        UNKNOWN_SUBJECT,
        WRONG_SECRET,
        /** The API key beside an application key is not live, or of another organization. */
        COMPANION_REFUSED,
        REVOKED,
        EXPIRED,
        OWNER_DISABLED
    }
}
