package dev.sallyport.catalogue;

import dev.sallyport.permission.Accepts;
import dev.sallyport.permission.Permissions;
import dev.sallyport.permission.Requirement;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * A row of the shipped catalogue, in the words of the file.
 *
 * @param m method
 * @param p path template
 * @param op operation id
 * @param auth which credentials it takes: {@code K|Z} tokens and key pairs, {@code Z} tokens, {@code K} key pairs,
 *     {@code A} an API key, {@code N} none
 * @param o how {@code perms} combine; null where the specification declares nothing, {@code ?} where the operation is newer
 *     than the last complete specification
 * @param scopes alternatives
 * @param src the specification that it comes from
 */
record ShippedRow(
        String m,
        String p,
        String op,
        String auth,
        @Nullable String o,
        List<String> perms,
        List<List<String>> scopes,
        String src) {

    /** Token by token: binding the rows to records would take most of what the start of the program takes here. */
    static List<ShippedRow> readAll(InputStream in) {
        var rows = new ArrayList<ShippedRow>();
        try (var parser = JsonMapper.shared().createParser(in)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                rows.add(read(parser));
            }
        }
        return rows;
    }

    private static ShippedRow read(JsonParser parser) {
        String m = "";
        String p = "";
        String op = "";
        String auth = "";
        String o = null;
        String src = "";
        var perms = List.<String>of();
        var scopes = List.<List<String>>of();
        for (var name = parser.nextName(); name != null; name = parser.nextName()) {
            parser.nextToken();
            switch (name) {
                case "m" -> m = parser.getString();
                case "p" -> p = parser.getString();
                case "op" -> op = parser.getString();
                case "auth" -> auth = parser.getString();
                case "o" -> o = parser.currentToken() == JsonToken.VALUE_NULL ? null : parser.getString();
                case "perms" -> perms = names(parser);
                case "scopes" -> scopes = alternatives(parser);
                case "src" -> src = parser.getString();
                default -> parser.skipChildren();
            }
        }
        return new ShippedRow(m, p, op, auth, o, perms, scopes, src);
    }

    private static List<List<String>> alternatives(JsonParser parser) {
        var alternatives = new ArrayList<List<String>>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            alternatives.add(names(parser));
        }
        return alternatives;
    }

    private static List<String> names(JsonParser parser) {
        var names = new ArrayList<String>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            names.add(parser.getString());
        }
        return names;
    }

    /** Rows of the older specification that the newest client lacks were removed or moved. */
    boolean isLive() {
        return !src.equals("spec-2026-04-only");
    }

    Operation toOperation(Permissions permissions) {
        return new Operation(op, m, p, requirement(permissions), accepts());
    }

    private Requirement requirement(Permissions permissions) {
        return switch (auth) {
            case "A" -> Requirement.API_KEY;
            case "N" -> Requirement.OPEN;
            default -> declared(permissions);
        };
    }

    private Requirement declared(Permissions permissions) {
        return switch (o) {
            case null -> fromScopes(permissions);
            case "OPEN" -> Requirement.SIGNED_IN;
            case "OR" -> Declaration.anyOf(perms).toRequirement(m, permissions::require);
            case "AND" -> Declaration.allOf(perms).toRequirement(m, permissions::require);
            // What it asks is not known, so that not even reading can be taken for harmless.
            case "?" -> new Requirement.Undeclared(false);
            default -> throw new IllegalStateException(op + " combines its permissions by " + o);
        };
    }

    private Requirement fromScopes(Permissions permissions) {
        var isDeclared = !scopes.isEmpty() && scopes.stream().noneMatch(List::isEmpty);
        var declaration = isDeclared ? new Declaration.Holding(scopes) : new Declaration.Nothing();
        return declaration.toRequirement(m, permissions::require);
    }

    private Accepts accepts() {
        return switch (auth) {
            case "K|Z" -> Accepts.TOKENS_AND_KEYS;
            case "Z" -> Accepts.TOKENS_ONLY;
            case "K" -> Accepts.KEYS_ONLY;
            case "A" -> Accepts.API_KEY_ONLY;
            case "N" -> Accepts.NOBODY_NEEDED;
            default -> throw new IllegalStateException(op + " takes " + auth);
        };
    }
}
