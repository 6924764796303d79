package dev.sallyport.permission;

import java.util.Optional;

/** The roles that every organization has and nobody can edit, from the widest to the narrowest. */
public enum ManagedRole {
    ADMIN("admin", "Datadog Admin Role"),
    STANDARD("standard", "Datadog Standard Role"),
    READ_ONLY("read_only", "Datadog Read Only Role");

    private final String code;
    private final String title;

    ManagedRole(String code, String title) {
        this.code = code;
        this.title = title;
    }

    /** The word in storage and in the permission catalogue. */
    public String code() {
        return code;
    }

    /** The name that clients see. */
    public String title() {
        return title;
    }

    /** Whether whoever has this role may do that. */
    public boolean holds(Permission permission) {
        return includes(permission.lowestRole()) || permission.isHeldByEverybody();
    }

    /** Whether this role holds whatever {@code other} holds. */
    public boolean includes(ManagedRole other) {
        return compareTo(other) <= 0;
    }

    public static Optional<ManagedRole> parse(String code) {
        for (var role : values()) {
            if (role.code.equals(code)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
