package dev.sallyport.leak;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the list of keys that GitHub publishes: {@code {"public_keys":[{"key_identifier":…,"key":<PEM>,…}]}}. */
final class GithubKeyList {

    static final int MOST_BYTES = 64 << 10;

    private static final int MOST_KEYS = 100;
    private static final ECParameterSpec P_256 = p256();
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxDocumentLength(MOST_BYTES)
                            .maxNestingDepth(8)
                            .build())
                    .build())
            .build();

    private GithubKeyList() {}

    /**
     * The keys by their identifiers. A key of another kind than P-256 is passed over.
     *
     * @throws IOException if this is no such list, or none of its keys is of use
     */
    static Map<String, ECPublicKey> parse(byte[] document) throws IOException {
        var keys = new HashMap<String, ECPublicKey>();
        try {
            for (var entry : MAPPER.readTree(document).path("public_keys")) {
                if (keys.size() < MOST_KEYS) {
                    key(entry).ifPresent(key -> keys.put(text(entry, "key_identifier"), key));
                }
            }
        } catch (JacksonException e) {
            throw new IOException("the list of keys is not JSON", e);
        }
        if (keys.isEmpty()) {
            throw new IOException("the list of keys has no key of P-256");
        }
        return Map.copyOf(keys);
    }

    private static Optional<ECPublicKey> key(JsonNode entry) {
        var base64 = text(entry, "key")
                .replace("-----BEGIN PUBLIC KEY-----", "")
                .replace("-----END PUBLIC KEY-----", "")
                .replaceAll("\\s", "");
        try {
            var spec = new X509EncodedKeySpec(Base64.getDecoder().decode(base64));
            return KeyFactory.getInstance("EC").generatePublic(spec) instanceof ECPublicKey key && isP256(key)
                    ? Optional.of(key)
                    : Optional.empty();
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static String text(JsonNode entry, String name) {
        var value = entry.path(name);
        return value.isString() ? value.stringValue() : "";
    }

    private static boolean isP256(ECPublicKey key) {
        var params = key.getParams();
        return params.getCurve().equals(P_256.getCurve())
                && params.getOrder().equals(P_256.getOrder())
                && params.getGenerator().equals(P_256.getGenerator());
    }

    private static ECParameterSpec p256() {
        try {
            var parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec("secp256r1"));
            return parameters.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has P-256", e);
        }
    }
}
