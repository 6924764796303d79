package dev.sallyport.notice;

import dev.sallyport.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What sender and receiver share: 24 to 64 random bytes, and the signatures made with them (Standard Webhooks, symmetric). */
final class SigningSecret {

    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int LEAST_BYTES = 24;
    private static final int MOST_BYTES = 64;
    private static final int NEW_BYTES = 32;

    private final byte[] bytes;

    private SigningSecret(byte[] bytes) {
        this.bytes = bytes;
    }

    static SigningSecret mint(SecureRandom random) {
        var bytes = new byte[NEW_BYTES];
        random.nextBytes(bytes);
        return new SigningSecret(bytes);
    }

    static SigningSecret of(byte[] bytes) {
        if (bytes.length < LEAST_BYTES || bytes.length > MOST_BYTES) {
            throw new IllegalArgumentException("a secret has from " + LEAST_BYTES + " to " + MOST_BYTES + " bytes");
        }
        return new SigningSecret(bytes.clone());
    }

    /** The text as it is shown: {@code whsec_} and Base64. */
    static Optional<SigningSecret> parse(String text) {
        if (!text.startsWith(PREFIX) || text.length() > PREFIX.length() + 4 * MOST_BYTES) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getDecoder().decode(text.substring(PREFIX.length())))
                    .filter(bytes -> bytes.length >= LEAST_BYTES && bytes.length <= MOST_BYTES)
                    .map(SigningSecret::new);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    Secret text() {
        return new Secret(PREFIX + Base64.getEncoder().encodeToString(bytes));
    }

    byte[] bytes() {
        return bytes.clone();
    }

    /** One entry of {@code webhook-signature}: the version, and HMAC-SHA-256 over id, second and payload. */
    String sign(String id, Instant at, String payload) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(bytes, ALGORITHM));
            var signed = id + "." + at.getEpochSecond() + "." + payload;
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "SigningSecret(hidden)";
    }
}
