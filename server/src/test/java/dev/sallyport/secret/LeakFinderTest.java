package dev.sallyport.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeakFinderTest {

    private static final SecureRandom SECURE = new SecureRandom();
    private static final String TOKEN = token();
    private static final String KEY = KeyText.mint("ddapp", SECURE).reveal();
    private static final String HEX = "0123456789abcdef0123456789abcde1";

    private static String token() {
        return TokenText.mint("ddpat", UUID.randomUUID(), SECURE).reveal();
    }

    private static List<LeakFinder.Hit> hits(byte[] bytes, int piece) {
        var hits = new ArrayList<LeakFinder.Hit>();
        var finder = new LeakFinder("dd", hits::add);
        for (var from = 0; from < bytes.length; from += piece) {
            var part = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + piece));
            finder.feed(part, part.length);
        }
        finder.finish();
        return hits;
    }

    private static List<LeakFinder.Hit> hits(String text, Charset charset) {
        return hits(text.getBytes(charset), 8_192);
    }

    private static List<String> found(String text) {
        return hits(text, StandardCharsets.UTF_8).stream()
                .filter(hit -> hit.found().isGenuine())
                .map(hit -> hit.found().text().reveal())
                .toList();
    }

    @Test
    void every_kind_is_found_with_its_line() {
        var service = TokenText.mint("ddsat", UUID.randomUUID(), SECURE).reveal();

        var hits = hits(
                "first\nA=" + TOKEN + "\r\n\n'" + service + "' " + KEY + "\nDD_API_KEY=" + HEX, StandardCharsets.UTF_8);

        assertThat(hits)
                .extracting(hit -> hit.found().form(), hit -> hit.found().text().reveal(), LeakFinder.Hit::line)
                .containsExactly(
                        tuple(CredentialForm.PERSONAL_ACCESS_TOKEN, TOKEN, 2L),
                        tuple(CredentialForm.SERVICE_ACCESS_TOKEN, service, 4L),
                        tuple(CredentialForm.APPLICATION_KEY, KEY, 4L),
                        tuple(CredentialForm.API_KEY, HEX, 5L));
    }

    @Test
    void neighbours_do_not_hide_a_token() {
        assertThat(found("x" + TOKEN + "y")).containsExactly(TOKEN);
        assertThat(found(TOKEN + TOKEN)).containsExactly(TOKEN, TOKEN);
        assertThat(found("ddpat_" + TOKEN)).containsExactly(TOKEN);
        assertThat(found("ddddpat_dd" + TOKEN + "_" + KEY + "%0A")).containsExactly(TOKEN, KEY);
        assertThat(found("ddpat_" + "A".repeat(16) + TOKEN)).containsExactly(TOKEN);
    }

    @Test
    void a_wrong_checksum_is_told_apart() {
        var typo = TOKEN.substring(0, 40) + (TOKEN.charAt(40) == 'a' ? 'b' : 'a') + TOKEN.substring(41);

        var hits = hits(typo, StandardCharsets.UTF_8);

        assertThat(hits)
                .singleElement()
                .satisfies(hit -> assertThat(hit.found().isGenuine()).isFalse());
    }

    @Test
    void another_brand_is_nobodys() {
        assertThat(found(TokenText.mint("xxpat", UUID.randomUUID(), SECURE).reveal()))
                .isEmpty();
        assertThat(found(TokenText.mint("ddrat", UUID.randomUUID(), SECURE).reveal()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DD_API_KEY=%s",
                "apiKey: \"%s\"",
                "  'api-key' => '%s',",
                "curl -H 'DD-API-KEY: %s'",
                "https://example.com/?api_key=%s&x=1",
                "APIKEY %s"
            })
    void an_api_key_is_found_behind_a_telling_name(String line) {
        assertThat(found("x\n" + line.formatted(HEX) + "\ny")).containsExactly(HEX);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "md5 = %s",
                "%s = api_key",
                "api_key =\n%s",
                "api_key = f%s",
                "api_key = %sf",
                "api_key = Z%s",
                "app_key = %s"
            })
    void thirty_two_digits_without_one_are_anything(String text) {
        assertThat(found(text.formatted(HEX))).isEmpty();
        assertThat(found("api_key" + " ".repeat(LeakFinder.NAME_REACH) + HEX)).isEmpty();
    }

    @Test
    void the_published_examples_are_no_finding() {
        for (var form : CredentialForm.values()) {
            assertThat(hits("api_key " + form.example("dd"), StandardCharsets.UTF_8))
                    .isEmpty();
        }
    }

    @Test
    void utf_16_is_read_as_well() {
        assertThat(hits("x\n" + TOKEN + "\n", StandardCharsets.UTF_16LE))
                .singleElement()
                .satisfies(hit -> {
                    assertThat(hit.found().text().reveal()).isEqualTo(TOKEN);
                    assertThat(hit.line()).isEqualTo(2);
                });
        assertThat(hits("x" + TOKEN, StandardCharsets.UTF_16BE)).hasSize(1);
    }

    @Test
    void whatever_the_pieces_and_the_junk_between_everything_is_found_once() {
        var seed = new Random().nextLong();
        var random = new Random(seed);
        for (var round = 0; round < 20; round++) {
            var bytes = new ByteArrayOutputStream();
            var planted = new ArrayList<String>();
            for (var i = 0; i < 6; i++) {
                var junk = new byte[random.nextInt(40_000)];
                random.nextBytes(junk);
                bytes.writeBytes(junk);
                var text = random.nextBoolean() ? token() : "api_key=" + HEX + ";";
                bytes.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
                planted.add(text.startsWith("api") ? HEX : text);
            }

            var hits = hits(bytes.toByteArray(), 1 + random.nextInt(70_000));

            assertThat(hits)
                    .as("seed " + seed)
                    .extracting(hit -> hit.found().text().reveal())
                    .containsExactlyElementsOf(planted);
        }
    }

    @Test
    void a_token_across_the_border_of_the_window_is_found() {
        for (var before = (64 << 10) - 140; before <= (64 << 10) + 2; before++) {
            var text = "\n".repeat(before) + TOKEN + "\n";

            assertThat(hits(text, StandardCharsets.US_ASCII))
                    .as("after " + before)
                    .singleElement()
                    .extracting(LeakFinder.Hit::line)
                    .isEqualTo(before + 1L);
        }
    }
}
