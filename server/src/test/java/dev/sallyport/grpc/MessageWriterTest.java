package dev.sallyport.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MessageWriterTest {

    private static final int ROUNDS = 2_000;
    private static final String ALPHABET = "abc xyz-_09 é漢😀";

    /** Lengths around those at which a length takes another byte. */
    private static String anyText(Random random) {
        var lengths = new int[] {0, 1, 20, 126, 127, 128, 129, 300, 5_000, 17_000};
        var length = lengths[random.nextInt(lengths.length)];
        var text = new StringBuilder();
        var letters = ALPHABET.codePoints().toArray();
        while (text.length() < length) {
            text.appendCodePoint(letters[random.nextInt(length > 1_000 ? 3 : letters.length)]);
        }
        return text.toString();
    }

    @Test
    void the_library_reads_what_it_would_have_written_itself() throws Exception {
        var seed = System.nanoTime();
        var random = new Random(seed);
        for (var round = 0; round < ROUNDS; round++) {
            var texts = new ArrayList<String>();
            for (var i = random.nextInt(5); i > 0; i--) {
                texts.add(anyText(random));
            }
            var list = ListValue.newBuilder();
            texts.forEach(text -> list.addValues(Value.newBuilder().setStringValue(text)));
            var name = anyText(random);
            var struct = Struct.newBuilder()
                    .putFields(name, Value.newBuilder().setListValue(list).build())
                    .build();

            var writer = new MessageWriter(random.nextInt(64));
            for (var text : texts.reversed()) {
                var end = writer.place();
                writer.text(Value.STRING_VALUE_FIELD_NUMBER, text);
                writer.begin(ListValue.VALUES_FIELD_NUMBER, end);
            }
            writer.begin(Value.LIST_VALUE_FIELD_NUMBER, 0);
            writer.begin(2, 0);
            writer.text(1, name);
            writer.begin(Struct.FIELDS_FIELD_NUMBER, 0);

            assertThat(Struct.parseFrom(writer.toBytes()))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(struct);
            assertThat(writer.toBytes()).as("seed %d, round %d", seed, round).isEqualTo(struct.toByteArray());
        }
    }
}
