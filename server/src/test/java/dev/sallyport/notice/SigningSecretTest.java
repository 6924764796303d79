package dev.sallyport.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class SigningSecretTest {

    @Test
    void the_published_example_of_standard_webhooks_is_signed_as_published() {
        var secret =
                SigningSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").orElseThrow();

        var signature = secret.sign(
                "msg_p5jXN8AQM9LWM0D4loKWxJek", Instant.ofEpochSecond(1_614_265_330), "{\"test\": 2432232314}");

        assertThat(signature).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void a_new_secret_has_32_bytes_and_is_read_back_from_its_text() {
        var secret = SigningSecret.mint(new SecureRandom());
        var text = secret.text().reveal();

        assertThat(text).startsWith("whsec_");
        assertThat(Base64.getDecoder().decode(text.substring(6))).hasSize(32);
        assertThat(SigningSecret.parse(text).orElseThrow().bytes()).isEqualTo(secret.bytes());
        assertThat(SigningSecret.mint(new SecureRandom()).bytes()).isNotEqualTo(secret.bytes());
    }

    @Test
    void a_text_of_fewer_than_24_or_more_than_64_bytes_is_no_secret() {
        assertThat(SigningSecret.parse(text(23))).isEmpty();
        assertThat(SigningSecret.parse(text(24))).isPresent();
        assertThat(SigningSecret.parse(text(64))).isPresent();
        assertThat(SigningSecret.parse(text(65))).isEmpty();
        assertThat(SigningSecret.parse(text(32).substring(6))).isEmpty();
        assertThat(SigningSecret.parse("whsec_" + "*".repeat(44))).isEmpty();
    }

    private static String text(int bytes) {
        return "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);
    }
}
