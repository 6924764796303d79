package dev.sallyport.directory;

import dev.sallyport.permission.Permission;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** A permission on the wire. */
record PermissionJson(String type, String id, Attributes attributes) {

    static final String TYPE = "permissions";

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Attributes(
            String name,
            String displayName,
            String description,
            String created,
            String groupName,
            String displayType,
            boolean restricted,
            List<String> nameAliases) {}

    static PermissionJson of(Permission permission) {
        return new PermissionJson(
                TYPE,
                permission.id().toString(),
                new Attributes(
                        permission.name(),
                        permission.displayName(),
                        "",
                        WireTime.of(permission
                                .created()
                                .atStartOfDay(ZoneOffset.UTC)
                                .toInstant()),
                        permission.group(),
                        permission.type().name().toLowerCase(Locale.ROOT),
                        permission.isRestricted(),
                        List.of()));
    }

    static Document.ToMany references(List<Permission> permissions) {
        return new Document.ToMany(permissions.stream()
                .map(permission -> new Document.Reference(TYPE, permission.id().toString()))
                .toList());
    }
}
