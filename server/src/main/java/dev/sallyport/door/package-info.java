/**
 * The doors of gateways: each knows how its gateway hands over the original request, and how an answer has to look for it.
 *
 * <p>A door reads only the headers that its own gateway overwrites, because any other may be the client's. It answers 200, 401
 * or 403 and nothing else, and sets every identity header in every answer, so that a gateway which copies them all leaves
 * nothing of what a client forged. What may pass is decided by {@link dev.sallyport.decision.Judge} alone.
 */
@NullMarked
package dev.sallyport.door;

import org.jspecify.annotations.NullMarked;
