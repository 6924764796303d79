package dev.sallyport.directory;

import dev.sallyport.identity.User;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** A user on the wire. */
record UserJson(String type, String id, Attributes attributes, Relationships relationships) {

    /** A picture of nothing: whoever shows it asks nobody, and tells nobody the address. */
    private static final String ICON = "data:,";

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Attributes(
            String uuid,
            String name,
            String handle,
            String email,
            String createdAt,
            String modifiedAt,
            String icon,
            @Nullable String title,
            boolean verified,
            boolean serviceAccount,
            boolean disabled,
            List<String> allowedLoginMethods,
            String status,
            @Nullable String lastLoginTime,
            boolean mfaEnabled) {}

    record Relationships(Document.ToMany roles, Document.ToOne org) {}

    /** @param roles all roles of the organization */
    static UserJson of(UserFact fact, List<Role> roles) {
        var user = fact.user();
        var held = roles.stream()
                .filter(role -> fact.roles().contains(role.managed()))
                .map(role -> new Document.Reference(RoleJson.TYPE, role.id().toString()))
                .toList();
        var organization = new Document.Reference(
                OrganizationJson.TYPE, user.organization().toString());
        return new UserJson(
                "users",
                user.id().toString(),
                attributes(user),
                new Relationships(new Document.ToMany(held), new Document.ToOne(organization)));
    }

    private static Attributes attributes(User user) {
        return new Attributes(
                user.id().toString(),
                user.name(),
                user.email(),
                user.email(),
                WireTime.of(user.createdAt()),
                WireTime.of(user.modifiedAt()),
                ICON,
                null,
                true,
                false,
                !user.isActive(),
                List.of(),
                user.isActive() ? "Active" : "Disabled",
                null,
                false);
    }
}
