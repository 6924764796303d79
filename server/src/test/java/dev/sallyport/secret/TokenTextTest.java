package dev.sallyport.secret;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Random;
import java.util.UUID;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTextTest {

    private static final SecureRandom SECURE = new SecureRandom();
    private static final UUID ID = UUID.fromString("da1bd5f8-847b-4aec-a33d-11b04ebde244");

    @ParameterizedTest
    @CsvSource({
        "da1bd5f8-847b-4aec-a33d-11b04ebde244, 6dZ2zcpumTdlnHIgx2SlHA",
        "0abefcae-90ed-4670-94ab-7cea6ca9fb6f, 0KHCgRdjSyb8EMXtz1E5Cp",
        "7767e407-9c67-4ede-902e-c4b1f3782352, 3dJZ2IClhMOwsx0xC01NBK",
        "00000000-0000-0000-0000-000000000000, 0000000000000000000000",
        "ffffffff-ffff-ffff-ffff-ffffffffffff, 7n42DGM5Tflk9n8mt7Fhc7"
    })
    void the_public_portion_is_the_id_in_base62(UUID id, String alias) {
        assertThat(TokenText.publicPortion("ddpat", id)).isEqualTo("ddpat_" + alias);

        assertThat(recognised(TokenText.mint("ddpat", id, SECURE).reveal()).id())
                .isEqualTo(id);
    }

    private static TokenText recognised(String text) {
        return requireNonNull(TokenText.recognise(text), text);
    }

    @Test
    void a_minted_token_is_recognised_with_its_prefix_and_id() {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        for (var i = 0; i < 2_000; i++) {
            var id = new UUID(random.nextLong(), random.nextLong());

            var text = TokenText.mint("ddpat", id, SECURE).reveal();

            assertThat(text)
                    .as("seed " + seed)
                    .matches("ddpat_[0-9A-Za-z]{22}_[0-9A-Za-z]{36}")
                    .hasSize(65);
            assertThat(recognised(text).id()).as("seed " + seed).isEqualTo(id);
            assertThat(recognised(text).prefix()).isEqualTo("ddpat");
        }
    }

    @Test
    void two_tokens_of_one_id_have_nothing_secret_in_common() {
        var secrets = new HashSet<String>();
        for (var i = 0; i < 100; i++) {
            secrets.add(TokenText.mint("ddpat", ID, SECURE).reveal().substring(29, 59));
        }

        assertThat(secrets).hasSize(100);
    }

    @Test
    void no_single_character_can_be_another() {
        var text = TokenText.mint("ddpat", ID, SECURE).reveal();
        for (var i = 0; i < text.length(); i++) {
            for (var replacement = 0; replacement < 0x180; replacement++) {
                if (text.charAt(i) != replacement) {
                    var changed = text.substring(0, i) + (char) replacement + text.substring(i + 1);

                    assertThat(TokenText.recognise(changed)).as(changed).isNull();
                }
            }
        }
    }

    @Test
    void any_other_length_is_refused() {
        var text = TokenText.mint("ddpat", ID, SECURE).reveal();
        for (var length = 0; length < text.length(); length++) {
            assertThat(TokenText.recognise(text.substring(0, length))).isNull();
        }
        assertThat(TokenText.recognise(text + "0")).isNull();
        assertThat(TokenText.recognise(" " + text)).isNull();
        assertThat(TokenText.recognise(text + "\n")).isNull();
        assertThat(TokenText.recognise(text.repeat(1_000))).isNull();
    }

    @Test
    void an_id_of_more_than_128_bits_is_refused_whatever_its_checksum() {
        assertThat(TokenText.recognise(withChecksum("7n42DGM5Tflk9n8mt7Fhc7"))).isNotNull();
        assertThat(TokenText.recognise(withChecksum("7n42DGM5Tflk9n8mt7Fhc8"))).isNull();
        assertThat(TokenText.recognise(withChecksum("8000000000000000000000"))).isNull();
        assertThat(TokenText.recognise(withChecksum("zzzzzzzzzzzzzzzzzzzzzz"))).isNull();
    }

    private static String withChecksum(String alias) {
        var text = "ddpat_" + alias + "_" + "0".repeat(30);
        var checksum = new CRC32();
        checksum.update(text.getBytes(StandardCharsets.US_ASCII));
        return text + Base62.encodeChecksum(checksum.getValue());
    }

    @Test
    void a_checksum_beyond_32_bits_is_refused() {
        var text = withChecksum("0000000000000000000000");

        assertThat(TokenText.recognise(text.substring(0, 59) + "zzzzzz")).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16})
    void a_prefix_has_up_to_sixteen_characters(int length) {
        assertThat(recognised(TokenText.mint("p".repeat(length), ID, SECURE).reveal())
                        .id())
                .isEqualTo(ID);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 17})
    void a_prefix_of_another_length_is_refused(int length) {
        assertThat(TokenText.recognise(
                        TokenText.mint("p".repeat(length), ID, SECURE).reveal()))
                .isNull();
    }

    @Test
    void junk_is_refused_without_an_exception() {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        var valid = TokenText.mint("ddpat", ID, SECURE).reveal();
        for (var i = 0; i < 20_000; i++) {
            var junk = new StringBuilder(valid);
            for (var change = 0; change <= random.nextInt(5); change++) {
                junk.setCharAt(random.nextInt(junk.length()), (char) random.nextInt(0x10000));
            }
            if (random.nextInt(4) == 0) {
                junk.setLength(random.nextInt(junk.length()));
            }
            // A change may happen to put back what was there.
            if (!junk.toString().equals(valid)) {
                assertThat(TokenText.recognise(junk.toString()))
                        .as("seed " + seed)
                        .isNull();
            }
        }
    }

    @Test
    void the_digest_is_that_of_the_whole_text_and_prints_nowhere() {
        var pepper = new Pepper(new byte[Pepper.KEY_BYTES]);
        var secret = TokenText.mint("ddpat", ID, SECURE);
        var presented = recognised(secret.reveal());

        assertThat(presented.digest(pepper)).isEqualTo(TokenText.digest(pepper, secret));
        assertThat(presented.digest(pepper))
                .isNotEqualTo(TokenText.digest(pepper, TokenText.mint("ddpat", ID, SECURE)))
                .isEqualTo(pepper.digest("token", secret));
        assertThat(presented.toString()).isEqualTo("TokenText(ddpat " + ID + ")");
        assertThat(secret.toString()).isEqualTo("Secret(hidden)");
    }
}
