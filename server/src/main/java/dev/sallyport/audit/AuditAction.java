package dev.sallyport.audit;

/** What can be done to what. The names are part of the trail: they never change. */
public enum AuditAction {
    ORGANIZATION_FOUNDED(Verb.CREATED, "Organization Management", "organization"),
    USER_ADDED(Verb.CREATED, "Access Management", "user"),
    USER_INVITED(Verb.CREATED, "Access Management", "user"),
    INVITATION_ACCEPTED(Verb.MODIFIED, "Access Management", "user"),
    INVITATION_WITHDRAWN(Verb.DELETED, "Access Management", "user"),
    USER_EDITED(Verb.MODIFIED, "Access Management", "user"),
    USER_DISABLED(Verb.MODIFIED, "Access Management", "user"),
    USER_ENABLED(Verb.MODIFIED, "Access Management", "user"),
    USER_REMOVED(Verb.DELETED, "Access Management", "user"),
    ROLE_CREATED(Verb.CREATED, "Access Management", "role"),
    ROLE_EDITED(Verb.MODIFIED, "Access Management", "role"),
    ROLE_DELETED(Verb.DELETED, "Access Management", "role"),
    ROLE_PERMISSION_ADDED(Verb.MODIFIED, "Access Management", "role"),
    ROLE_PERMISSION_REMOVED(Verb.MODIFIED, "Access Management", "role"),
    ROLE_MEMBER_ADDED(Verb.MODIFIED, "Access Management", "role"),
    ROLE_MEMBER_REMOVED(Verb.MODIFIED, "Access Management", "role"),
    SERVICE_ACCOUNT_CREATED(Verb.CREATED, "Access Management", "service_account"),
    SERVICE_ACCOUNT_HANDED_OVER(Verb.MODIFIED, "Access Management", "service_account"),
    SETUP_LINK_CREATED(Verb.CREATED, "Authentication", "setup_link"),
    SETUP_LINK_REDEEMED(Verb.MODIFIED, "Authentication", "setup_link"),
    TOKEN_ISSUED(Verb.CREATED, "Authentication", "personal_access_token"),
    TOKEN_EDITED(Verb.MODIFIED, "Authentication", "personal_access_token"),
    TOKEN_REVOKED(Verb.DELETED, "Authentication", "personal_access_token"),
    SERVICE_TOKEN_ISSUED(Verb.CREATED, "Authentication", "service_access_token"),
    SERVICE_TOKEN_EDITED(Verb.MODIFIED, "Authentication", "service_access_token"),
    SERVICE_TOKEN_REVOKED(Verb.DELETED, "Authentication", "service_access_token"),
    APPLICATION_KEY_CREATED(Verb.CREATED, "Authentication", "application_key"),
    APPLICATION_KEY_EDITED(Verb.MODIFIED, "Authentication", "application_key"),
    APPLICATION_KEY_REVOKED(Verb.DELETED, "Authentication", "application_key"),
    API_KEY_CREATED(Verb.CREATED, "Authentication", "api_key"),
    API_KEY_EDITED(Verb.MODIFIED, "Authentication", "api_key"),
    API_KEY_REVOKED(Verb.DELETED, "Authentication", "api_key"),
    CREDENTIAL_REVOKED(Verb.DELETED, "Authentication", "credential"),
    CREDENTIAL_RULES_SET(Verb.MODIFIED, "Organization Management", "credential_rules"),
    CREDENTIAL_ADDRESSES_SET(Verb.MODIFIED, "Authentication", "credential"),
    CALL_LIMITS_SET(Verb.MODIFIED, "Organization Management", "call_limits"),
    CREDENTIAL_ENDED(Verb.DELETED, "Authentication", "credential"),
    CREDENTIAL_LEAKED(Verb.MODIFIED, "Authentication", "credential"),
    API_IMPORTED(Verb.CREATED, "API Catalogue", "api"),
    CREDENTIAL_EXPIRING(Verb.ACCESSED, "Authentication", "credential"),
    WEBHOOK_CREATED(Verb.CREATED, "Organization Management", "webhook"),
    WEBHOOK_EDITED(Verb.MODIFIED, "Organization Management", "webhook"),
    WEBHOOK_DELETED(Verb.DELETED, "Organization Management", "webhook"),
    WEBHOOK_SECRET_ROTATED(Verb.MODIFIED, "Organization Management", "webhook"),
    WEBHOOK_DISABLED(Verb.MODIFIED, "Organization Management", "webhook"),
    SIGNING_KEY_ROTATED(Verb.MODIFIED, "Organization Management", "signing_key");

    /** The words of the wire. */
    public enum Verb {
        ACCESSED,
        CREATED,
        MODIFIED,
        DELETED,
        LOGIN
    }

    private final Verb verb;
    private final String event;
    private final String assetType;

    AuditAction(Verb verb, String event, String assetType) {
        this.verb = verb;
        this.event = event;
        this.assetType = assetType;
    }

    public Verb verb() {
        return verb;
    }

    /** The wire's {@code evt.name}. */
    public String event() {
        return event;
    }

    public String assetType() {
        return assetType;
    }
}
