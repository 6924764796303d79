/**
 * How many calls an organization and its credentials may make in a second and in a day.
 *
 * <p>{@link dev.sallyport.limit.CallLimits} is what is set, one document for an organization; {@link
 * dev.sallyport.limit.Throttle} counts in memory, on each node for itself, and never blocks.
 */
@NullMarked
package dev.sallyport.limit;

import org.jspecify.annotations.NullMarked;
