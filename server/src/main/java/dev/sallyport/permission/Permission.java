package dev.sallyport.permission;

import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One thing that may be done.
 *
 * @param index the bit of this permission in an {@link Authority}; stable only while this process lives
 * @param name what scopes and requirements say: {@code monitors_read}, or {@code billing:invoices_read} in the namespace
 *     of a protected API
 * @param id the identifier on the wire
 * @param group the heading under which people find it
 * @param lowestRole the least of the managed roles that holds it
 * @param isRestricted held by every user, and neither granted nor taken away by hand
 * @param isAssignable false for a name that only narrows tokens and that every user holds
 * @param isTokenScope whether a personal access token may carry it
 */
public record Permission(
        int index,
        String name,
        UUID id,
        String displayName,
        String group,
        AccessType type,
        LocalDate created,
        ManagedRole lowestRole,
        boolean isRestricted,
        boolean isAssignable,
        boolean isTokenScope) {

    /** The protected API whose own name this is; null for the names that are shipped. */
    public @Nullable String namespace() {
        var separator = name.indexOf(Permissions.NAMESPACE_SEPARATOR);
        return separator < 0 ? null : name.substring(0, separator);
    }

    /** What every active user may do, whatever the roles. */
    public boolean isHeldByEverybody() {
        return isRestricted || (!isAssignable && isTokenScope);
    }

    /** What using a permission does to data. */
    public enum AccessType {
        READ,
        WRITE,
        OTHER
    }
}
