package dev.sallyport.jose;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.stream.Stream;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key-encryption key: it seals what must be read again, so that a stolen database shows none of it.
 *
 * <p>AES-256-GCM (NIST SP 800-38D). A sealed text is the 96-bit random nonce, the ciphertext and the 128-bit tag. The place
 * it is stored in is its associated data, so sealed bytes cannot be moved to another row.
 */
public final class KeyEncryption {

    public static final int KEY_BYTES = 32;

    private static final int KEY_VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final String ALGORITHM = "AES/GCM/NoPadding";

    private final SecretKeySpec key;
    private final SecureRandom random;

    /** Where sealed bytes are stored. */
    public record Place(String table, String column, String row) {}

    public KeyEncryption(byte[] key, SecureRandom random) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a key-encryption key has " + KEY_BYTES + " bytes, not " + key.length);
        }
        this.key = new SecretKeySpec(key, "AES");
        this.random = random;
    }

    public byte[] seal(Place place, byte[] clear) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var sealed = cipher(Cipher.ENCRYPT_MODE, place, nonce).doFinal(clear);
            return ByteBuffer.allocate(NONCE_BYTES + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /** @throws SealBroken if it was sealed with another key or for another place, or was changed */
    public byte[] open(Place place, byte[] sealed) {
        if (sealed.length < NONCE_BYTES + TAG_BITS / 8) {
            throw new SealBroken(place);
        }
        var nonce = new byte[NONCE_BYTES];
        var rest = ByteBuffer.wrap(sealed).get(nonce).slice();
        try {
            return cipher(Cipher.DECRYPT_MODE, place, nonce).doFinal(sealed, NONCE_BYTES, rest.remaining());
        } catch (AEADBadTagException e) {
            throw new SealBroken(place);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    private Cipher cipher(int mode, Place place, byte[] nonce) throws GeneralSecurityException {
        var cipher = Cipher.getInstance(ALGORITHM);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        // Each part carries its length: no two places have the same bytes.
        Stream.of(place.table(), place.column(), place.row(), String.valueOf(KEY_VERSION))
                .map(part -> part.getBytes(StandardCharsets.UTF_8))
                .forEach(part -> {
                    cipher.updateAAD(ByteBuffer.allocate(Integer.BYTES)
                            .putInt(part.length)
                            .array());
                    cipher.updateAAD(part);
                });
        return cipher;
    }

    @Override
    public String toString() {
        return "KeyEncryption(hidden)";
    }
}
