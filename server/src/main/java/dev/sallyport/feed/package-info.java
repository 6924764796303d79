/**
 * The change feed: a gap-free, ordered list of what changed, and the one follower that applies it to this node's replica.
 *
 * <p>A change commits with its feed row as the last statement and is acknowledged only when the follower of the same node
 * has applied it; so a call that starts after an acknowledged revoke sees it. The feed names rows, it never carries them.
 */
@NullMarked
package dev.sallyport.feed;

import org.jspecify.annotations.NullMarked;
