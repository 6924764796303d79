/**
 * Credentials that others can read: what they look like, who says that one has leaked, and what is done about it.
 *
 * <p>The reporter endpoint follows GitHub's secret scanning partner protocol: nothing of a report is parsed before its signature
 * over the bytes as sent is proved. Whoever shows a whole credential may end it or ask whether it lives; for all others every
 * answer is the same. No text of a credential is kept, logged or answered.
 */
@NullMarked
package dev.sallyport.leak;

import org.jspecify.annotations.NullMarked;
