/**
 * The packaged server, tried from outside: as processes, over sockets, with clients that others wrote.
 *
 * <p>Nothing here knows a class of the server. What a test starts it also ends, whatever happens in between.
 */
@NullMarked
package dev.sallyport.acceptance;

import org.jspecify.annotations.NullMarked;
