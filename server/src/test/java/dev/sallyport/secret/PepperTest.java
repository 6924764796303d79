package dev.sallyport.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PepperTest {

    private static final Pepper ZEROS = new Pepper(new byte[Pepper.KEY_BYTES]);

    @Test
    void a_digest_is_hmac_sha_256_of_the_domain_a_zero_and_the_secret() {
        // printf 'token\0secret' | openssl dgst -sha256 -mac hmac -macopt hexkey:00…00 (32 bytes)
        var expected = "91441d9f8a511eb6401b3657e2d247ca33d6e54231e16f30c50d49cf796bc5ca";

        assertThat(HexFormat.of().formatHex(ZEROS.digest("token", new Secret("secret"))))
                .isEqualTo(expected);
        assertThat(ZEROS.digest("token", "secret".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(ZEROS.digest("token", new Secret("secret")))
                .hasSize(Pepper.DIGEST_BYTES);
    }

    @Test
    void another_domain_secret_or_key_gives_another_digest() {
        var key = new byte[Pepper.KEY_BYTES];
        key[31] = 1;
        var digest = ZEROS.digest("token", new Secret("secret"));

        assertThat(ZEROS.digest("link", new Secret("secret"))).isNotEqualTo(digest);
        assertThat(ZEROS.digest("token", new Secret("secreu"))).isNotEqualTo(digest);
        assertThat(new Pepper(key).digest("token", new Secret("secret"))).isNotEqualTo(digest);
        assertThat(ZEROS.digest("tok", new Secret("ensecret"))).isNotEqualTo(digest);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33})
    void a_key_of_another_length_is_refused(int length) {
        assertThatThrownBy(() -> new Pepper(new byte[length])).hasMessage("a pepper has 32 bytes, not " + length);
    }

    @Test
    void changing_the_array_afterwards_does_not_change_the_key() {
        var key = new byte[Pepper.KEY_BYTES];
        var pepper = new Pepper(key);
        Arrays.fill(key, (byte) 7);

        assertThat(pepper.digest("token", new Secret("secret"))).isEqualTo(ZEROS.digest("token", new Secret("secret")));
    }

    @Test
    void threads_do_not_disturb_each_other() throws Exception {
        var expected = ZEROS.digest("token", new Secret("secret"));
        try (var threads = Executors.newFixedThreadPool(8)) {
            var done = threads.invokeAll(IntStream.range(0, 8)
                    .<Callable<Boolean>>mapToObj(_ -> () -> IntStream.range(0, 2_000)
                            .allMatch(_ -> Pepper.equal(expected, ZEROS.digest("token", new Secret("secret")))))
                    .toList());

            for (var result : done) {
                assertThat(result.get()).isTrue();
            }
        }
    }

    @Test
    void digests_are_equal_only_byte_by_byte() {
        var digest = ZEROS.digest("token", new Secret("secret"));

        assertThat(Pepper.equal(digest, digest.clone())).isTrue();
        assertThat(Pepper.equal(digest, Arrays.copyOf(digest, 31))).isFalse();
        for (var i = 0; i < digest.length; i++) {
            var changed = digest.clone();
            changed[i] ^= 1;
            assertThat(Pepper.equal(digest, changed)).isFalse();
        }
    }

    @Test
    void a_pepper_prints_as_nothing() {
        assertThat(ZEROS.toString()).isEqualTo("Pepper(hidden)");
    }
}
