package dev.sallyport.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.jose.KeyEncryption.Place;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyEncryptionTest {

    private static final Place PLACE = new Place("signing_key", "sealed", "identity/a");
    private static final byte[] CLEAR = "a private key".getBytes(StandardCharsets.US_ASCII);

    private final SecureRandom random = new SecureRandom();
    private final KeyEncryption encryption = new KeyEncryption(new byte[KeyEncryption.KEY_BYTES], random);

    @Test
    void what_is_sealed_opens_at_its_place() {
        var sealed = encryption.seal(PLACE, CLEAR);

        assertThat(encryption.open(PLACE, sealed)).isEqualTo(CLEAR);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("private");
    }

    @Test
    void the_same_text_is_never_sealed_alike() {
        assertThat(encryption.seal(PLACE, CLEAR)).isNotEqualTo(encryption.seal(PLACE, CLEAR));
    }

    @Test
    void sealed_bytes_do_not_open_at_another_place() {
        var sealed = encryption.seal(PLACE, CLEAR);

        var elsewhere = List.of(
                new Place("other", "sealed", "identity/a"),
                new Place("signing_key", "other", "identity/a"),
                new Place("signing_key", "sealed", "identity/b"),
                // The same letters, cut at another point.
                new Place("signing_ke", "ysealed", "identity/a"),
                new Place("signing_key", "seale", "didentity/a"));
        for (var place : elsewhere) {
            assertThatThrownBy(() -> encryption.open(place, sealed))
                    .as(place.toString())
                    .isInstanceOf(SealBroken.class);
        }
    }

    @Test
    void no_bit_of_sealed_bytes_can_be_changed() {
        var sealed = encryption.seal(PLACE, CLEAR);

        for (var bit = 0; bit < sealed.length * 8; bit++) {
            var changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> encryption.open(PLACE, changed))
                    .as("bit " + bit)
                    .isInstanceOf(SealBroken.class);
        }
    }

    @Test
    void sealed_bytes_that_are_cut_short_do_not_open() {
        var sealed = encryption.seal(PLACE, CLEAR);

        for (var length = 0; length < sealed.length; length++) {
            var cut = java.util.Arrays.copyOf(sealed, length);
            assertThatThrownBy(() -> encryption.open(PLACE, cut))
                    .as(length + " bytes")
                    .isInstanceOf(SealBroken.class);
        }
    }

    @Test
    void another_key_does_not_open_it() {
        var sealed = encryption.seal(PLACE, CLEAR);
        var otherKey = new byte[KeyEncryption.KEY_BYTES];
        otherKey[0] = 1;

        assertThatThrownBy(() -> new KeyEncryption(otherKey, random).open(PLACE, sealed))
                .isInstanceOf(SealBroken.class)
                .hasMessageContaining("key-encryption key");
    }

    @Test
    void a_key_of_another_length_is_refused() {
        assertThatThrownBy(() -> new KeyEncryption(new byte[16], random)).hasMessageContaining("32 bytes, not 16");
    }
}
