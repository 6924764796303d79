package dev.sallyport.directory;

import dev.sallyport.permission.Permission;
import java.util.List;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** A role on the wire. */
record RoleJson(String type, String id, Attributes attributes, Relationships relationships) {

    static final String TYPE = "roles";

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Attributes(String name, boolean managed, String createdAt, String modifiedAt, long userCount) {}

    record Relationships(Document.ToMany permissions) {}

    static RoleJson of(Role role, List<Permission> permissions) {
        return new RoleJson(
                TYPE,
                role.id().toString(),
                new Attributes(
                        role.name(),
                        role.managed().isPresent(),
                        WireTime.of(role.createdAt()),
                        WireTime.of(role.modifiedAt()),
                        role.users()),
                new Relationships(PermissionJson.references(permissions)));
    }
}
