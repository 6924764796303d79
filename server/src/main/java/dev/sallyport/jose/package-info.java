/**
 * Signatures: the key ring with its rotation, JWS and JWK, on Nimbus.
 *
 * <p>A private key exists in the clear only in memory; in the database it is sealed with the key-encryption key. One key per
 * purpose signs at a time; a verifier is told the next one before it signs.
 */
@NullMarked
package dev.sallyport.jose;

import org.jspecify.annotations.NullMarked;
