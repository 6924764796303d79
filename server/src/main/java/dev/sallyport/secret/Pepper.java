package dev.sallyport.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key of every stored digest: HMAC-SHA-256 (RFC 2104) over a domain, a zero byte, and the secret.
 *
 * <p>A fast digest on purpose: the secrets are random, and a slow one would only help whoever floods us. Whoever steals the
 * database without this key learns nothing that can be presented.
 */
public final class Pepper {

    public static final int DIGEST_BYTES = 32;
    public static final int KEY_BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;
    /** A {@link Mac} is not safe for threads and is dear to make; the digest runs on a few event loops and workers. */
    private final ThreadLocal<Mac> macs = ThreadLocal.withInitial(() -> newMac(keyed()));

    public Pepper(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a pepper has " + KEY_BYTES + " bytes, not " + key.length);
        }
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** The digest of a secret; the domain keeps digests of different things apart. */
    public byte[] digest(String domain, byte[] secret) {
        var mac = macs.get();
        mac.update(domain.getBytes(StandardCharsets.US_ASCII));
        mac.update((byte) 0);
        return mac.doFinal(secret);
    }

    public byte[] digest(String domain, Secret secret) {
        return digest(domain, secret.reveal().getBytes(StandardCharsets.UTF_8));
    }

    /** A code over a stream; the domain keeps streams of different kinds apart. */
    public AuthenticationCode code(String domain) {
        var derived = new SecretKeySpec(digest("stream", domain.getBytes(StandardCharsets.UTF_8)), ALGORITHM);
        return new AuthenticationCode(newMac(derived));
    }

    /** In a time that does not depend on the content. */
    public static boolean equal(byte[] one, byte[] other) {
        return MessageDigest.isEqual(one, other);
    }

    private SecretKeySpec keyed() {
        return key;
    }

    private static Mac newMac(SecretKeySpec key) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "Pepper(hidden)";
    }
}
