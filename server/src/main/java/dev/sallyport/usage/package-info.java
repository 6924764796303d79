/**
 * What credentials are used for, against what they may do: counted calls, the scopes that those need, and credentials whose calls
 * look like another kind's.
 *
 * <p>The numbers come from {@code audit}, which counts what was decided. What a call needs is what the catalogue says now, and what a
 * smaller set of scopes would refuse is asked of the one decision function. Nothing is changed here: scopes are edited where the
 * routes of each kind edit them.
 */
@NullMarked
package dev.sallyport.usage;

import org.jspecify.annotations.NullMarked;
