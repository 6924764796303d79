package dev.sallyport.leak;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPublicKey;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GithubSignatureTest {

    private static final byte[] BODY = FakeGithub.VECTOR_BODY.getBytes(StandardCharsets.UTF_8);

    private final FakeGithub github = new FakeGithub();

    private ECPublicKey key(String id) throws IOException {
        return requireNonNull(GithubKeyList.parse(github.document().getBytes(StandardCharsets.UTF_8))
                .get(id));
    }

    @Test
    void the_published_vector_verifies() throws IOException {
        assertThat(GithubSignature.isOf(BODY, key(FakeGithub.VECTOR_ID), FakeGithub.VECTOR_SIGNATURE))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"token\":\"some_token\",\"type\":\"some_type\",\"url\":\"some_url\"}]\n",
                "[{\"token\": \"some_token\", \"type\": \"some_type\", \"url\": \"some_url\"}]",
                "[{\"type\":\"some_type\",\"token\":\"some_token\",\"url\":\"some_url\"}]",
                ""
            })
    void other_bytes_of_the_same_meaning_do_not(String body) throws IOException {
        assertThat(GithubSignature.isOf(
                        body.getBytes(StandardCharsets.UTF_8), key(FakeGithub.VECTOR_ID), FakeGithub.VECTOR_SIGNATURE))
                .isFalse();
    }

    @Test
    void another_key_does_not_verify() throws IOException {
        assertThat(GithubSignature.isOf(BODY, key("own"), FakeGithub.VECTOR_SIGNATURE))
                .isFalse();
        assertThat(GithubSignature.isOf(BODY, key("own"), github.signs(BODY))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "%", "AAAA", "MAYCAQACAQA=", "MAYCAQECAQE=", "MEUCIQDKZokqnCjrRtw0tni+2Ltvl/uiMJ1EGumEsp1B"})
    void what_is_no_signature_does_not_verify(String signature) throws IOException {
        assertThat(GithubSignature.isOf(BODY, key(FakeGithub.VECTOR_ID), signature))
                .isFalse();
    }

    @Test
    void no_flipped_bit_verifies() throws IOException {
        var signature = Base64.getDecoder().decode(FakeGithub.VECTOR_SIGNATURE);
        var key = key(FakeGithub.VECTOR_ID);
        for (var bit = 0; bit < signature.length * 8; bit++) {
            var flipped = signature.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);

            assertThat(GithubSignature.isOf(BODY, key, Base64.getEncoder().encodeToString(flipped)))
                    .as("bit " + bit)
                    .isFalse();
        }
    }
}
