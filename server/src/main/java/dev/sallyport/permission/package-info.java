/**
 * What may be done: permissions, sets of them as bits, and what an operation asks for.
 *
 * <p>The shipped names and ids are those of the Datadog permission catalogue; a protected API of one's own adds names in
 * its own namespace. Nothing here knows who holds what, and nothing here touches a database or the network.
 */
@NullMarked
package dev.sallyport.permission;

import org.jspecify.annotations.NullMarked;
