/**
 * What organizations are told of without asking: signed webhooks (Standard Webhooks 1.0.0), and the announcement of credentials
 * that are about to end.
 *
 * <p>A delivery is stored in the transaction of what it tells, and sent afterwards, at least once. A message never holds a
 * secret. Nothing here decides, and nothing here is needed for a decision.
 */
@NullMarked
package dev.sallyport.notice;

import org.jspecify.annotations.NullMarked;
