package dev.sallyport.jose;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTParser;
import dev.sallyport.sql.Database;
import dev.sallyport.sql.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JwtSignerTest {

    private final Database database = TestDatabase.SQLITE.open();
    private KeyRing keys;
    private JwtSigner signer;

    @BeforeEach
    void open() {
        var random = new SecureRandom();
        keys = KeyRing.open(
                database, new KeyEncryption(new byte[KeyEncryption.KEY_BYTES], random), InstantSource.system(), random);
        signer = new JwtSigner(keys);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void the_header_names_algorithm_key_and_type() throws Exception {
        var token = signer.sign(Purpose.IDENTITY, "sallyport-identity+jwt", Map.of("sub", "alice"));

        var header = (JWSHeader) JWTParser.parse(token).getHeader();
        assertThat(header.toJSONObject())
                .containsOnly(
                        Map.entry("alg", "EdDSA"),
                        Map.entry("kid", keys.active(Purpose.IDENTITY).id()),
                        Map.entry("typ", "sallyport-identity+jwt"));
    }

    @Test
    void claims_come_out_as_they_went_in() throws Exception {
        var claims = Map.<String, Object>of("sub", "alice", "iat", 1_772_366_400L, "scope", List.of("a", "b"));

        var token = signer.sign(Purpose.IDENTITY, "JWT", claims);

        assertThat(JWTParser.parse(token).getJWTClaimsSet().toJSONObject()).containsExactlyInAnyOrderEntriesOf(claims);
    }

    @Test
    void the_published_key_verifies_the_token_with_the_provider_of_the_jdk() throws Exception {
        var token = signer.sign(Purpose.IDENTITY, "JWT", Map.of("sub", "alice"));

        assertThat(isVerified(token)).isTrue();
    }

    @Test
    void a_changed_token_does_not_verify() throws Exception {
        var parts = signer.sign(Purpose.IDENTITY, "JWT", Map.of("sub", "alice")).split("\\.");
        var forged = Base64URL.encode("{\"sub\":\"bob\"}");

        assertThat(isVerified(parts[0] + "." + forged + "." + parts[2])).isFalse();
    }

    @Test
    void threads_sign_side_by_side() throws Exception {
        try (var threads = Executors.newFixedThreadPool(4)) {
            var tokens = IntStream.range(0, 40)
                    .mapToObj(number ->
                            threads.submit(() -> signer.sign(Purpose.IDENTITY, "JWT", Map.of("sub", "user" + number))))
                    .toList();

            for (var token : tokens) {
                assertThat(isVerified(token.get())).isTrue();
            }
        }
    }

    @Test
    void a_key_prints_nothing_private() {
        var key = keys.active(Purpose.IDENTITY);

        assertThat(key.toString()).isEqualTo("SigningKey(IDENTITY " + key.id() + ")");
    }

    private boolean isVerified(String token) throws Exception {
        var parts = token.split("\\.");
        var header = (JWSHeader) JWTParser.parse(token).getHeader();
        var jwk = JWKSet.parse(keys.jwks()).getKeyByKeyId(header.getKeyID());
        // SubjectPublicKeyInfo of Ed25519 (RFC 8410 §4) in front of the point.
        var encoded = HexFormat.of()
                .parseHex("302a300506032b6570032100"
                        + HexFormat.of().formatHex(jwk.toOctetKeyPair().getDecodedX()));
        var verifier = Signature.getInstance("Ed25519", "SunEC");
        verifier.initVerify(KeyFactory.getInstance("Ed25519", "SunEC").generatePublic(new X509EncodedKeySpec(encoded)));
        verifier.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        try {
            return verifier.verify(new Base64URL(parts[2]).decode());
        } catch (SignatureException e) {
            return false;
        }
    }
}
