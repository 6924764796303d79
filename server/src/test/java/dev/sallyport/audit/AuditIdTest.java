package dev.sallyport.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditIdTest {

    @Test
    void the_text_of_an_id_gives_the_id() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        for (var i = 0; i < 1_000; i++) {
            var id = new AuditId(
                    random.nextInt(1, Integer.MAX_VALUE),
                    random.nextInt(1, Integer.MAX_VALUE),
                    random.nextLong(1, Long.MAX_VALUE));

            assertThat(AuditId.parse(id.toString())).as("seed %d", seed).contains(id);
        }
    }

    @Test
    void texts_of_one_epoch_sort_as_their_sequences() {
        assertThat(new AuditId(1, 1, 9).toString()).isLessThan(new AuditId(1, 1, 10).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "dec_",
                "dec_00000001000000010000000000000000",
                "dec_0000000100000001000000000000000A",
                "dec_000000010000000100000000000000011",
                "dec_f0000001000000010000000000000001",
                "DEC_00000001000000010000000000000001",
                "dec_0000000100000001000000000000000١"
            })
    void nothing_else_is_an_id(String text) {
        assertThat(AuditId.parse(text)).isEmpty();
    }
}
