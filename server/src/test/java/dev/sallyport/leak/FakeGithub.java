package dev.sallyport.leak;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** GitHub as far as it publishes keys and signs reports: with the published test vector's key, and with others made here. */
final class FakeGithub implements KeySource {

    static final String VECTOR_ID = "90a421169f0a406205f1563a953312f0be898d3c7b6c06b681aa86a874555f4a";
    static final String VECTOR_BODY = "[{\"token\":\"some_token\",\"type\":\"some_type\",\"url\":\"some_url\"}]";
    static final String VECTOR_SIGNATURE =
            "MEUCIQDKZokqnCjrRtw0tni+2Ltvl/uiMJ1EGumEsp1BsNr32AIgQY1YXD2nlj+XNfGK4rBfkMJ1JDOQcYXxa2sY8FNkrKc=";
    private static final String VECTOR_KEY =
            "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE9MJJHnMfn2+H4xL4YaPDA4RpJqUqkCmRCBnYERxZanmcpzQSXs1X/AljlKkbJ8qpVIW4clayyef9gWhFbNHWAA==";

    final AtomicInteger fetches = new AtomicInteger();
    volatile boolean isDown;
    private final Map<String, String> published = new LinkedHashMap<>();
    private final KeyPair pair = pair("secp256r1");

    FakeGithub() {
        published.put(VECTOR_ID, VECTOR_KEY);
        publish("own", pair.getPublic());
    }

    static KeyPair pair(String curve) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    void publish(String id, PublicKey key) {
        published.put(id, Base64.getEncoder().encodeToString(key.getEncoded()));
    }

    void withdraw(String id) {
        published.remove(id);
    }

    /** With the key whose identifier is {@code own}. */
    String signs(byte[] body) {
        try {
            var signer = Signature.getInstance("SHA256withECDSA");
            signer.initSign(pair.getPrivate());
            signer.update(body);
            return Base64.getEncoder().encodeToString(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String document() {
        return published.entrySet().stream()
                .map(key -> "{\"key_identifier\":\"" + key.getKey() + "\",\"key\":\"-----BEGIN PUBLIC KEY-----\\n"
                        + key.getValue() + "\\n-----END PUBLIC KEY-----\\n\",\"is_current\":true}")
                .collect(Collectors.joining(",", "{\"public_keys\":[", "]}"));
    }

    @Override
    public byte[] fetch(URI address, int mostBytes) throws IOException {
        fetches.incrementAndGet();
        if (isDown) {
            throw new IOException("down");
        }
        return document().getBytes(StandardCharsets.UTF_8);
    }
}
