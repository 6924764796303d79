/**
 * Protected APIs: which operations they have, what each of them asks of a caller, and which operation a request is.
 *
 * <p>The Datadog catalogue is shipped; an OpenAPI 3 document of one's own makes another API, seen by the organization that
 * imported it and by nobody else. A path that two parsers could read differently never reaches the matching, and a path that
 * two templates claim alike is no operation at all. Nothing here knows who calls or decides whether a call may pass.
 */
@NullMarked
package dev.sallyport.catalogue;

import org.jspecify.annotations.NullMarked;
