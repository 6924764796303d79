package dev.sallyport.secret;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyTextTest {

    private static final SecureRandom SECURE = new SecureRandom();

    @Test
    void a_minted_key_is_thirty_two_hexadecimal_digits_and_recognised() {
        var keys = new HashSet<String>();
        for (var i = 0; i < 1_000; i++) {
            var text = ApiKeyText.mint(SECURE).reveal();

            assertThat(text).matches("[0-9a-f]{32}");
            assertThat(text).endsWith(requireNonNull(ApiKeyText.recognise(text)).last4());
            keys.add(text);
        }
        assertThat(keys).hasSize(1_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0123456789abcdef0123456789abcde",
                "0123456789abcdef0123456789abcdef0",
                "0123456789ABCDEF0123456789abcdef",
                "0123456789abcdef0123456789abcdeg",
                "0123456789abcdef 123456789abcdef",
                "٠123456789abcdef0123456789abcdef",
                "0123456789abcdef0123456789abcde\n"
            })
    void anything_else_is_refused(String text) {
        assertThat(ApiKeyText.recognise(text)).isNull();
    }

    @Test
    void the_digest_is_in_a_domain_of_its_own_and_prints_nowhere() {
        var pepper = new Pepper(new byte[Pepper.KEY_BYTES]);
        var secret = ApiKeyText.mint(SECURE);
        var presented = requireNonNull(ApiKeyText.recognise(secret.reveal()));

        assertThat(presented.digest(pepper))
                .isEqualTo(ApiKeyText.digest(pepper, secret))
                .isEqualTo(pepper.digest("api_key", secret))
                .isNotEqualTo(pepper.digest("application_key", secret));
        assertThat(presented.toString()).isEqualTo("ApiKeyText(hidden)");
    }
}
