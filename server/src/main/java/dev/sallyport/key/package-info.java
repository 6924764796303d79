/**
 * Application keys and API keys: the legacy pair, and the keys that telemetry is sent with.
 *
 * <p>A key is shown once, in the answer that creates it; here only its keyed digest stays. An application key may do what its
 * owner holds, or less where it has scopes, and only beside an API key of the same organization; nobody creates or edits one
 * that does more than the request's own credential. An API key holds nothing: it opens intake and validation. What is looked up
 * by the text of a key in a path, as the first version of the wire does, is not here and must not come.
 */
@NullMarked
package dev.sallyport.key;

import org.jspecify.annotations.NullMarked;
