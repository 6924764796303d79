/**
 * Bearer secrets: minted, recognised, shown once, and kept only as a keyed digest.
 *
 * <p>The only way to the text of a secret is {@link dev.sallyport.secret.Secret#reveal}; comparison in constant time happens
 * here and nowhere else.
 */
@NullMarked
package dev.sallyport.secret;

import org.jspecify.annotations.NullMarked;
