/**
 * The rules that an organization sets for its credentials: what may be created, by whom, for how long, with which scopes, from
 * where it may be used, and when it ends for want of use.
 *
 * <p>One document per organization. Whoever creates a credential asks {@link dev.sallyport.rule.Rules} within its own
 * transaction, which holds the rules until the commit: a rule that was acknowledged binds every creation that is acknowledged
 * after it. A rule never gives anything; it only takes away from what permissions and scopes allow.
 */
@NullMarked
package dev.sallyport.rule;

import org.jspecify.annotations.NullMarked;
