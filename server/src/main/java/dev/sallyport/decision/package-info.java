/**
 * Whether a call may pass: one function, {@link dev.sallyport.decision.Decider#decide}, behind every surface.
 *
 * <p>The management API, the doors and the dry decision ask it the same question; no endpoint has a check of its own. An allow
 * is answered only when its record is on disk. A refusal is clear to the credential's owner and says nothing to a stranger.
 */
@NullMarked
package dev.sallyport.decision;

import org.jspecify.annotations.NullMarked;
