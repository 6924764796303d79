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

class KeyTextTest {

    private static final SecureRandom SECURE = new SecureRandom();

    private static KeyText recognised(String text) {
        return requireNonNull(KeyText.recognise(text), text);
    }

    @Test
    void a_minted_key_has_forty_characters_and_is_recognised() {
        for (var i = 0; i < 1_000; i++) {
            var text = KeyText.mint("ddapp", SECURE).reveal();

            assertThat(text).matches("ddapp_[0-9A-Za-z]{34}").hasSize(40);
            assertThat(recognised(text).prefix()).isEqualTo("ddapp");
            assertThat(text).endsWith(recognised(text).last4());
        }
    }

    @Test
    void the_checksum_is_crc_32_over_everything_before_it() {
        var beginning = "ddapp_" + "0123456789abcdefghijklmnopqr";
        var crc = new CRC32();
        crc.update(beginning.getBytes(StandardCharsets.US_ASCII));

        assertThat(KeyText.recognise(beginning + Base62.encodeChecksum(crc.getValue())))
                .isNotNull();
        assertThat(KeyText.recognise(beginning + Base62.encodeChecksum(crc.getValue() ^ 1)))
                .isNull();
        assertThat(KeyText.recognise(beginning + "zzzzzz")).isNull();
    }

    @Test
    void no_two_keys_are_the_same() {
        var keys = new HashSet<String>();
        for (var i = 0; i < 1_000; i++) {
            keys.add(KeyText.mint("ddapp", SECURE).reveal());
        }

        assertThat(keys).hasSize(1_000);
    }

    @Test
    void no_single_character_can_be_another() {
        var text = KeyText.mint("ddapp", SECURE).reveal();
        for (var i = 0; i < text.length(); i++) {
            for (var replacement = 0; replacement < 0x180; replacement++) {
                if (text.charAt(i) != replacement) {
                    var changed = text.substring(0, i) + (char) replacement + text.substring(i + 1);

                    assertThat(KeyText.recognise(changed)).as(changed).isNull();
                }
            }
        }
    }

    @Test
    void any_other_length_is_refused() {
        var text = KeyText.mint("ddapp", SECURE).reveal();
        for (var length = 0; length < text.length(); length++) {
            assertThat(KeyText.recognise(text.substring(0, length))).isNull();
        }
        assertThat(KeyText.recognise(text + "0")).isNull();
        assertThat(KeyText.recognise(" " + text)).isNull();
        assertThat(KeyText.recognise(text + "\n")).isNull();
        assertThat(KeyText.recognise(KeyText.mint("", SECURE).reveal())).isNull();
        assertThat(KeyText.recognise(KeyText.mint("p".repeat(17), SECURE).reveal()))
                .isNull();
    }

    @Test
    void a_token_is_no_key_and_a_key_is_no_token() {
        var key = KeyText.mint("ddapp", SECURE).reveal();
        var token = TokenText.mint("ddpat", UUID.randomUUID(), SECURE).reveal();

        assertThat(TokenText.recognise(key)).isNull();
        assertThat(KeyText.recognise(token)).isNull();
        assertThat(ApiKeyText.recognise(key)).isNull();
    }

    @Test
    void junk_is_refused_without_an_exception() {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        var valid = KeyText.mint("ddapp", SECURE).reveal();
        for (var i = 0; i < 20_000; i++) {
            var junk = new StringBuilder(valid);
            for (var change = 0; change <= random.nextInt(5); change++) {
                junk.setCharAt(random.nextInt(junk.length()), (char) random.nextInt(0x10000));
            }
            // A change may happen to put back what was there.
            if (!junk.toString().equals(valid)) {
                assertThat(KeyText.recognise(junk.toString()))
                        .as("seed " + seed)
                        .isNull();
            }
        }
    }

    @Test
    void the_digest_is_that_of_the_whole_text_in_a_domain_of_its_own() {
        var pepper = new Pepper(new byte[Pepper.KEY_BYTES]);
        var secret = KeyText.mint("ddapp", SECURE);
        var presented = recognised(secret.reveal());

        assertThat(presented.digest(pepper))
                .isEqualTo(KeyText.digest(pepper, secret))
                .isEqualTo(pepper.digest("application_key", secret))
                .isNotEqualTo(pepper.digest("token", secret))
                .isNotEqualTo(KeyText.digest(pepper, KeyText.mint("ddapp", SECURE)));
        assertThat(presented.toString()).isEqualTo("KeyText(ddapp)");
    }
}
