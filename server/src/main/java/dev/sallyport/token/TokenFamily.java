package dev.sallyport.token;

import dev.sallyport.audit.AuditAction;
import dev.sallyport.identity.CredentialKind;
import java.util.Set;

/** The two kinds of tokens that people make, and what the text, the wire and the trail call each. */
enum TokenFamily {
    /** A user's own. */
    PERSONAL(
            CredentialKind.PERSONAL_ACCESS_TOKEN,
            "pat",
            "personal_access_tokens",
            "users",
            AuditAction.TOKEN_ISSUED,
            AuditAction.TOKEN_EDITED,
            AuditAction.TOKEN_REVOKED),
    /** A service account's, made for it by somebody who may manage service accounts. */
    SERVICE(
            CredentialKind.SERVICE_ACCESS_TOKEN,
            "sat",
            "service_access_tokens",
            "service_account",
            AuditAction.SERVICE_TOKEN_ISSUED,
            AuditAction.SERVICE_TOKEN_EDITED,
            AuditAction.SERVICE_TOKEN_REVOKED);

    private final CredentialKind kind;
    private final String suffix;
    private final String type;
    private final String ownerType;
    private final AuditAction issued;
    private final AuditAction edited;
    private final AuditAction revoked;

    TokenFamily(
            CredentialKind kind,
            String suffix,
            String type,
            String ownerType,
            AuditAction issued,
            AuditAction edited,
            AuditAction revoked) {
        this.kind = kind;
        this.suffix = suffix;
        this.type = type;
        this.ownerType = ownerType;
        this.issued = issued;
        this.edited = edited;
        this.revoked = revoked;
    }

    /** @throws IllegalArgumentException for a kind that is no token */
    static TokenFamily of(CredentialKind kind) {
        for (var family : values()) {
            if (family.kind == kind) {
                return family;
            }
        }
        throw new IllegalArgumentException(kind + " is not a kind of token");
    }

    CredentialKind kind() {
        return kind;
    }

    Set<CredentialKind> kinds() {
        return Set.of(kind);
    }

    /** What its tokens begin with: {@code ddpat}. */
    String prefix(String brand) {
        return brand + suffix;
    }

    /** The JSON:API type of a token. */
    String type() {
        return type;
    }

    /** Whether a body of that type is for these tokens; older clients send service tokens under the name of personal ones. */
    boolean takes(String sent) {
        return sent.equals(type) || (this == SERVICE && sent.equals(PERSONAL.type));
    }

    /** The JSON:API type of the owner. */
    String ownerType() {
        return ownerType;
    }

    AuditAction issued() {
        return issued;
    }

    AuditAction edited() {
        return edited;
    }

    AuditAction revoked() {
        return revoked;
    }
}
