/**
 * Why a call was decided as it was: one that happened, from its record, and one that has not, from what is true now.
 *
 * <p>Both are an {@link dev.sallyport.explain.Explanation}; what would change a refusal comes from one list of remedies with
 * an entry for every reason.
 */
@NullMarked
package dev.sallyport.explain;

import org.jspecify.annotations.NullMarked;
