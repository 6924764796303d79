package dev.sallyport.directory;

import dev.sallyport.identity.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** A user on the wire. */
record UserJson(String type, String id, Attributes attributes, Relationships relationships) {

    static final String TYPE = "users";

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
    static UserJson of(PrincipalFact fact, List<Role> roles) {
        var user = fact.principal();
        var held = roles.stream()
                .filter(role -> fact.roles().contains(role.id()))
                .map(role -> new Document.Reference(RoleJson.TYPE, role.id().toString()))
                .toList();
        var organization = new Document.Reference(
                OrganizationJson.TYPE, user.organization().toString());
        return new UserJson(
                TYPE,
                user.id().toString(),
                attributes(user),
                new Relationships(new Document.ToMany(held), new Document.ToOne(organization)));
    }

    private static Attributes attributes(Principal user) {
        var isServiceAccount = user.kind() == Principal.Kind.SERVICE_ACCOUNT;
        return new Attributes(
                user.id().toString(),
                user.name(),
                isServiceAccount ? user.id().toString() : user.email(),
                user.email(),
                WireTime.of(user.createdAt()),
                WireTime.of(user.modifiedAt()),
                ICON,
                user.title(),
                user.state() != Principal.State.PENDING,
                isServiceAccount,
                user.state() == Principal.State.DISABLED || user.state() == Principal.State.REMOVED,
                List.of(),
                switch (user.state()) {
                    case PENDING -> "Pending";
                    case ACTIVE -> "Active";
                    case DISABLED, REMOVED -> "Disabled";
                },
                null,
                false);
    }
}
