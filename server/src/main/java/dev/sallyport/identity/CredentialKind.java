package dev.sallyport.identity;

/** What a credential is. The code is part of the audit trail and of the identity headers: it never changes. */
public enum CredentialKind {
    PERSONAL_ACCESS_TOKEN("personal_access_token", "Personal Access Token"),
    SETUP_LINK("setup_link", "Setup Link");

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
}
