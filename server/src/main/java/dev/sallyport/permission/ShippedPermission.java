package dev.sallyport.permission;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** A row of the shipped permissions. Members that this program has no use for are ignored. */
final class ShippedPermission {

    private final Map<String, String> members;

    private ShippedPermission(Map<String, String> members) {
        this.members = members;
    }

    /** Token by token: binding the rows to records would take a quarter of a second of every start. */
    static List<Permission> readAll(InputStream in) {
        var permissions = new ArrayList<Permission>();
        try (var parser = new JsonFactory().createParser(ObjectReadContext.empty(), in)) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                permissions.add(new ShippedPermission(members(parser)).toPermission(permissions.size()));
            }
        }
        return permissions;
    }

    /** The members that are neither null nor nested. */
    private static Map<String, String> members(JsonParser parser) {
        var members = new HashMap<String, String>();
        for (var name = parser.nextName(); name != null; name = parser.nextName()) {
            var token = parser.nextToken();
            if (token.isStructStart()) {
                parser.skipChildren();
            } else if (token != JsonToken.VALUE_NULL) {
                members.put(name, parser.getString());
            }
        }
        return members;
    }

    private Permission toPermission(int index) {
        var name = require("name");
        var isScope = require("kind").equals("scope");
        var isTokenScope = Boolean.parseBoolean(require("pat"));
        var id = members.get("id");
        var type = members.get("type");
        var created = members.get("created");
        return new Permission(
                index,
                name,
                id == null
                        ? UUID.nameUUIDFromBytes(("permission " + name).getBytes(StandardCharsets.UTF_8))
                        : UUID.fromString(id),
                members.getOrDefault("display_name", name.replace('_', ' ')),
                members.getOrDefault("group", "Token Scopes"),
                type == null
                        ? Permission.AccessType.OTHER
                        : Permission.AccessType.valueOf(type.toUpperCase(Locale.ROOT)),
                created == null ? LocalDate.EPOCH : LocalDate.parse(created),
                isScope && isTokenScope ? ManagedRole.READ_ONLY : lowestRole(members.get("default")),
                Boolean.parseBoolean(members.get("restricted")),
                !isScope,
                isTokenScope);
    }

    private static ManagedRole lowestRole(@Nullable String name) {
        return name == null ? ManagedRole.ADMIN : ManagedRole.parse(name).orElseThrow();
    }

    private String require(String member) {
        var value = members.get(member);
        if (value == null) {
            throw new IllegalStateException("a shipped permission lacks its " + member);
        }
        return value;
    }
}
