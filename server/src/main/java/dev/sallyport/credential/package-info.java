/**
 * Every stored credential: personal and service access tokens, application keys, API keys.
 *
 * <p>One table and one life for all of them, whatever they look like on the wire: what the replica reads, what people see, how
 * they end. A secret is shown once by whoever mints it; here only its keyed digest is kept. What a credential may do is decided
 * elsewhere.
 */
@NullMarked
package dev.sallyport.credential;

import org.jspecify.annotations.NullMarked;
