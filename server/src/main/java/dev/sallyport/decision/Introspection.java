package dev.sallyport.decision;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sallyport.authentication.Authentication;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.identity.Organization;
import dev.sallyport.identity.Principal;
import dev.sallyport.permission.Permissions;
import org.jspecify.annotations.Nullable;

/**
 * What a resource server is told of a credential (RFC 7662 §2.2). Everything but {@code active} is null where it is not active,
 * and then nothing tells the causes apart.
 *
 * @param scope what it may do now, a blank between
 * @param username the e-mail address of a user
 * @param exp in seconds since 1970; null for never
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Introspection(
        boolean active,
        @Nullable String scope,
        @Nullable String username,
        @Nullable String token_type,
        @Nullable Long exp,
        @Nullable String sub,
        @Nullable String iss,
        @Nullable String credential_type,
        @Nullable String public_id,
        @Nullable String name,
        @Nullable String org) {

    static final Introspection INACTIVE =
            new Introspection(false, null, null, null, null, null, null, null, null, null, null);

    /** @param asker the organization that asks: what is another's is not active for it */
    static Introspection of(Authentication authentication, Organization asker, Permissions permissions, String issuer) {
        if (!(authentication instanceof Authentication.Accepted accepted)
                || !accepted.caller().organization().id().equals(asker.id())) {
            return INACTIVE;
        }
        var caller = accepted.caller();
        var credential = caller.credential();
        var isUser = caller.principal().kind() == Principal.Kind.USER;
        var end = credential.expiresAt();
        return new Introspection(
                true,
                String.join(" ", permissions.namesOf(caller.authority())),
                isUser ? caller.principal().email() : null,
                isToken(credential.kind()) ? "Bearer" : null,
                end == null ? null : end.getEpochSecond(),
                caller.principal().id().toString(),
                issuer,
                credential.kind().code(),
                credential.id().toString(),
                credential.name(),
                asker.id().toString());
    }

    private static boolean isToken(CredentialKind kind) {
        return switch (kind) {
            case PERSONAL_ACCESS_TOKEN, SERVICE_ACCESS_TOKEN -> true;
            case APPLICATION_KEY, API_KEY, SETUP_LINK, INVITATION -> false;
        };
    }
}
