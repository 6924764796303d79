package dev.sallyport.cli;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** Credentials of the inventory, as people read them. */
final class CredentialRows {

    static final String PATH = "/sallyport/v1/credentials";

    private static final int SHOWN_SCOPES = 3;

    private CredentialRows() {}

    static Table table(List<JsonNode> credentials) {
        var table = new Table("ID", "KIND", "NAME", "OWNER", "SCOPES", "EXPIRES", "LAST USED");
        for (var credential : credentials) {
            table.row(
                    Json.text(credential, "id"),
                    Json.text(credential, "kind"),
                    Json.text(credential, "name"),
                    owner(credential),
                    scopes(credential),
                    expiry(credential),
                    Json.text(credential, "last_used_at"));
        }
        return table;
    }

    static Table facts(JsonNode credential) {
        return new Table()
                .row("id", Json.text(credential, "id"))
                .row("kind", Json.text(credential, "kind"))
                .row("name", Json.text(credential, "name"))
                .row("owner", owner(credential))
                .row("scopes", scopes(credential))
                .row("addresses", String.join(", ", Json.texts(credential.path("addresses"))))
                .row("creator", Json.text(credential, "creator"))
                .row("created", Json.text(credential, "created_at"))
                .row("last used", Json.text(credential, "last_used_at"))
                .row("expires", expiry(credential))
                .row("descendants", Json.text(credential, "descendants"));
    }

    /** What minted it first, then what minted that. */
    static Table ancestors(List<JsonNode> ancestors) {
        var table = new Table("MINTED BY", "KIND", "NAME", "LIVE");
        for (var ancestor : ancestors) {
            table.row(
                    Json.text(ancestor, "id"),
                    Json.text(ancestor, "kind"),
                    Json.text(ancestor, "name"),
                    Json.text(ancestor, "live").equals("true") ? "yes" : "no");
        }
        return table;
    }

    /** Service accounts share the address of whoever looks after them. */
    private static String owner(JsonNode credential) {
        return Json.text(credential, "owner", "kind").equals("user")
                ? Json.text(credential, "owner", "email")
                : Json.text(credential, "owner", "name");
    }

    private static String scopes(JsonNode credential) {
        if (credential.path("scopes").isArray()) {
            return Output.some(Json.texts(credential.path("scopes")), SHOWN_SCOPES);
        }
        // An API key holds no permission, and has nothing that could be narrowed.
        return Json.text(credential, "kind").equals("api_key") ? "" : "everything";
    }

    private static String expiry(JsonNode credential) {
        var expiry = Json.text(credential, "expires_at");
        return expiry.isEmpty() ? "never" : expiry;
    }
}
