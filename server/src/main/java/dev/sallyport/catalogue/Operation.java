package dev.sallyport.catalogue;

import dev.sallyport.permission.Accepts;
import dev.sallyport.permission.Requirement;
import org.jspecify.annotations.Nullable;

/**
 * Something that can be done at a protected API.
 *
 * @param id the operation id of its document ({@code ListMonitors}), or method and template where that names none. Two
 *     versions of one operation may share it; method and template are never shared.
 * @param method in upper case
 * @param template the path, with a name in braces where a segment varies: {@code /api/v1/monitor/{monitor_id}}
 * @param meaning what it is in words of its own domain; null where its document does not say
 */
public record Operation(
        String id,
        String method,
        String template,
        Requirement requirement,
        Accepts accepts,
        @Nullable Meaning meaning) {

    /** One that is asked for by its method and path alone. */
    public Operation(String id, String method, String template, Requirement requirement, Accepts accepts) {
        this(id, method, template, requirement, accepts, null);
    }
}
