package dev.sallyport.permission;

import java.time.LocalDate;
import java.util.UUID;

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

    /** What using a permission does to data. */
    public enum AccessType {
        READ,
        WRITE,
        OTHER
    }
}
