package dev.sallyport.decision;

import dev.sallyport.authentication.Authentication.Cause;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Why a call was refused. The codes are part of the trail and of the doors' answers: they never change. */
public enum Reason {
    NO_CREDENTIAL("The request carries no credential."),
    REPEATED_CREDENTIAL("A credential header was sent more than once."),
    UNRECOGNISED_CREDENTIAL("The text that was shown is no credential of this server."),
    UNKNOWN_CREDENTIAL("No credential has that id."),
    UNKNOWN_SUBJECT("The organization has no subject of that type and id."),
    WRONG_SECRET("The id is that of a credential, the secret is not."),
    COMPANION_REFUSED("The API key beside the application key is not live, or of another organization."),
    REVOKED("The credential was revoked."),
    EXPIRED("The credential has expired."),
    OWNER_DISABLED("The owner of the credential is disabled or was removed, or was so since it was created."),
    ORGANIZATION_NOT_ADMITTED("The protected API does not admit the organization of the credential."),
    STALE_REPLICA("This node has not heard from its database for too long to decide."),
    UNKNOWN_API("No protected API has that id."),
    UNREADABLE_REQUEST("The door was not told exactly one method and one path of the original request."),
    AMBIGUOUS_PATH("Two readers could take this path for different ones."),
    UNKNOWN_OPERATION("The protected API has no such operation."),
    UNDECLARED_OPERATION("The operation declares no permission, so no credential with scopes may call it."),
    RATE_LIMITED("More calls came in one second than the limits of the organization allow."),
    QUOTA_EXCEEDED("The calls that the limits of the organization allow in one day are used up."),
    API_KEY_ALONE("An API key alone opens intake and nothing else: show a token, or an application key beside it."),
    ADDRESS_NOT_ALLOWED("The organization, or the credential, may not be used from this address."),
    API_KEY_ONLY("The operation takes an API key and nothing else."),
    CREDENTIAL_KIND_REFUSED("The operation does not take this kind of credential."),
    SCOPE_MISSING("The credential lacks a scope that the operation requires."),
    PERMISSION_MISSING("The owner of the credential lacks a permission that the operation requires."),
    TRAIL_UNAVAILABLE("The decision could not be put on record, so the call was refused.");

    private final String explanation;

    Reason(String explanation) {
        this.explanation = explanation;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** One sentence for people. */
    public String explanation() {
        return explanation;
    }

    /** Whether nobody was authenticated: then the answer must not tell the causes apart. */
    public boolean isOfStranger() {
        return switch (this) {
            case NO_CREDENTIAL,
                    REPEATED_CREDENTIAL,
                    UNRECOGNISED_CREDENTIAL,
                    UNKNOWN_CREDENTIAL,
                    UNKNOWN_SUBJECT,
                    WRONG_SECRET,
                    COMPANION_REFUSED,
                    REVOKED,
                    EXPIRED,
                    OWNER_DISABLED,
                    ORGANIZATION_NOT_ADMITTED -> true;
            case STALE_REPLICA,
                    UNKNOWN_API,
                    UNREADABLE_REQUEST,
                    AMBIGUOUS_PATH,
                    UNKNOWN_OPERATION,
                    UNDECLARED_OPERATION,
                    RATE_LIMITED,
                    QUOTA_EXCEEDED,
                    API_KEY_ALONE,
                    ADDRESS_NOT_ALLOWED,
                    API_KEY_ONLY,
                    CREDENTIAL_KIND_REFUSED,
                    SCOPE_MISSING,
                    PERMISSION_MISSING,
                    TRAIL_UNAVAILABLE -> false;
        };
    }

    /** Whether the same call would be decided otherwise later, with nothing changed. */
    public boolean isOfPace() {
        return this == RATE_LIMITED || this == QUOTA_EXCEEDED;
    }

    /** The reason of that code; empty for a word that this version does not know. */
    public static Optional<Reason> of(String code) {
        return Stream.of(values()).filter(reason -> reason.code().equals(code)).findFirst();
    }

    static Reason of(Cause cause) {
        return switch (cause) {
            case REPEATED_CREDENTIAL -> REPEATED_CREDENTIAL;
            case UNRECOGNISED_CREDENTIAL -> UNRECOGNISED_CREDENTIAL;
            case UNKNOWN_CREDENTIAL -> UNKNOWN_CREDENTIAL;
            case UNKNOWN_SUBJECT -> UNKNOWN_SUBJECT;
            case WRONG_SECRET -> WRONG_SECRET;
            case COMPANION_REFUSED -> COMPANION_REFUSED;
            case REVOKED -> REVOKED;
            case EXPIRED -> EXPIRED;
            case OWNER_DISABLED -> OWNER_DISABLED;
        };
    }
}
