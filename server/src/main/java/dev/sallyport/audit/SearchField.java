package dev.sallyport.audit;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a search can ask for by name, as {@code @name:value}. */
enum SearchField {
    EVENT("evt.name", "event_name", Form.TEXT),
    ACTION("action", "action", Form.TEXT),
    CHANGE("change", "change", Form.TEXT),
    USER_EMAIL("usr.email", "email", Form.TEXT),
    USER_ID("usr.id", "principal", Form.ID),
    USER_UUID("usr.uuid", "principal", Form.ID),
    ASSET_TYPE("asset.type", "asset_type", Form.TEXT),
    ASSET_ID("asset.id", "asset_id", Form.TEXT),
    ASSET_NAME("asset.name", "asset_name", Form.TEXT),
    METHOD("http.method", "method", Form.TEXT),
    PATH("http.url_details.path", "path", Form.TEXT),
    CLIENT_ADDRESS("network.client.ip", "address", Form.TEXT),
    AUTH_METHOD("auth_method", "auth_method", Form.TEXT),
    CREDENTIAL_ID("credential.id", "credential", Form.ID),
    CREDENTIAL_KIND("credential.kind", "credential_kind", Form.TEXT),
    CREDENTIAL_NAME("credential.name", "credential_name", Form.TEXT),
    CREDENTIAL_MINTED_BY("credential.minted_by", "minted_by", Form.ID),
    DECISION_ID("decision.id", "decision", Form.ID),
    API("api", "api", Form.TEXT),
    OPERATION("operation", "operation", Form.TEXT),
    OUTCOME("outcome", "outcome", Form.TEXT),
    REASON("reason", "reason", Form.TEXT);

    private enum Form {
        /** Compared without regard to case, in ASCII. */
        TEXT,
        /** Lower-case by nature, and led by an index. */
        ID
    }

    private final String wireName;
    private final String column;
    private final Form form;

    SearchField(String wireName, String column, Form form) {
        this.wireName = wireName;
        this.column = column;
        this.form = form;
    }

    static Optional<SearchField> named(String name) {
        return Arrays.stream(values())
                .filter(field -> field.wireName.equals(name))
                .findFirst();
    }

    static String names() {
        return Arrays.stream(values()).map(field -> "@" + field.wireName).collect(Collectors.joining(", "));
    }

    String column() {
        return column;
    }

    boolean isId() {
        return form == Form.ID;
    }
}
