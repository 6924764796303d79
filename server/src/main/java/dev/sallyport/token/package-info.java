/**
 * Personal and service access tokens: issued, listed, read, edited, revoked; and the one-time link that gives an
 * administrator the first.
 *
 * <p>The wire is Datadog's. No token reaches beyond whoever made it: its scopes lie within its maker's authority and it ends
 * no later than its maker's own credential, whoever owns it. Only a keyed digest of a token is kept. What a presented token may do is not
 * decided here.
 */
@NullMarked
package dev.sallyport.token;

import org.jspecify.annotations.NullMarked;
