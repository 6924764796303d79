package dev.sallyport.identity;

import java.util.Optional;

/** What a credential is. The code is part of the audit trail and of the identity headers: it never changes. */
public enum CredentialKind {
    PERSONAL_ACCESS_TOKEN("personal_access_token", "Personal Access Token"),
    SERVICE_ACCESS_TOKEN("service_access_token", "Service Access Token"),
    /** Kept working for what cannot change yet; legacy wherever it is shown. */
    APPLICATION_KEY("application_key", "API + App Key"),
    API_KEY("api_key", "API Key"),
    SETUP_LINK("setup_link", "Setup Link"),
    INVITATION("invitation", "Invitation");

    private final String code;
    private final String title;

    CredentialKind(String code, String title) {
        this.code = code;
        this.title = title;
    }

    public String code() {
        return code;
    }

    /** How the audit trail names it to people. */
    public String title() {
        return title;
    }

    public boolean isLegacy() {
        return this == APPLICATION_KEY;
    }

    public static Optional<CredentialKind> parse(String code) {
        for (var kind : values()) {
            if (kind.code.equals(code)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
