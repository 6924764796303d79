package dev.sallyport.usage;

import dev.sallyport.catalogue.Operation;
import dev.sallyport.http.Rfc3339;
import dev.sallyport.permission.Permissions;
import dev.sallyport.permission.Requirement;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What was called, and how it would be decided now.
 *
 * @param api empty, like the operation, for calls that matched none
 * @param days on how many days
 * @param hours of the day, in UTC, in which there was a call
 * @param required permissions, as alternatives; empty where none is asked for, or where the catalogue no longer has the operation
 * @param is_permitted whether the credential may call it now
 */
record OperationJson(
        String api,
        String operation,
        long allowed,
        long refused,
        int days,
        List<Integer> hours,
        String last_used_at,
        List<List<String>> required,
        boolean is_permitted) {

    private static final int HOURS = 24;

    static OperationJson of(UsedOperation used, boolean isPermitted, Permissions permissions) {
        var called = used.called();
        return new OperationJson(
                called.api(),
                called.operation(),
                called.allowed(),
                called.refused(),
                called.days(),
                hours(called.hours()),
                Rfc3339.format(called.lastUsedAt()),
                used.meant().stream()
                        .map(Operation::requirement)
                        .filter(Requirement.Holding.class::isInstance)
                        .map(Requirement.Holding.class::cast)
                        .distinct()
                        .flatMap(holding -> holding.alternatives().stream())
                        .map(permissions::namesOf)
                        .toList(),
                isPermitted);
    }

    private static List<Integer> hours(int mask) {
        return IntStream.range(0, HOURS)
                .filter(hour -> (mask >> hour & 1) == 1)
                .boxed()
                .toList();
    }
}
