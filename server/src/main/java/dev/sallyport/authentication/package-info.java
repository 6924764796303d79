/**
 * From what a request shows to who calls: the carriers and their precedence, the replica in memory, and the proof.
 *
 * <p>Nothing here reads the database while a call waits: the feed's follower alone changes the {@link
 * dev.sallyport.authentication.Replica}, and readers never lock. An unknown id, a wrong secret, and a credential that ended do
 * the same work. What a caller may do is not decided here.
 */
@NullMarked
package dev.sallyport.authentication;

import org.jspecify.annotations.NullMarked;
