package dev.sallyport.catalogue;

import dev.sallyport.permission.Accepts;
import dev.sallyport.permission.Requirement;

/**
 * Something that can be done at a protected API.
 *
 * @param id the operation id of its document ({@code ListMonitors}), or method and template where that names none. Two
 *     versions of one operation may share it; method and template are never shared.
 * @param method in upper case
 * @param template the path, with a name in braces where a segment varies: {@code /api/v1/monitor/{monitor_id}}
 */
public record Operation(String id, String method, String template, Requirement requirement, Accepts accepts) {}
