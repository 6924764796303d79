/**
 * The doors: where gateways ask whether a call may pass, and what they are told about who called.
 *
 * <p>A door decides nothing. It learns from its gateway which request is asked about, has {@link dev.sallyport.decision.Judge}
 * judge it, and answers in a way that the gateway understands. {@link dev.sallyport.door.Doors} lists them.
 */
@NullMarked
package dev.sallyport.door;

import org.jspecify.annotations.NullMarked;
