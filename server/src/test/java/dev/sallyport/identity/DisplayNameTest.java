package dev.sallyport.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DisplayNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"laptop", "Zoë’s token", "日本語", "a b", "👩‍💻 deploys"})
    void an_ordinary_name_is_accepted(String name) {
        assertThat(DisplayName.problemWith(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u00A0", "\u3000\t", "\u200B\uFEFF"})
    void a_name_that_shows_nothing_is_blank(String name) {
        assertThat(DisplayName.problemWith(name)).contains("The name must not be blank.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u0000",
                "a\nb",
                "a\u007F",
                "a\u0085",
                "a\u2028b",
                "a\u202Eb",
                "a\u202A",
                "a\u2066",
                "a\u2069",
                "a\u200E",
                "a\u200F",
                "a\u061C"
            })
    void a_control_character_is_refused_wherever_it_stands(String name) {
        assertThat(DisplayName.problemWith(name))
                .contains("The name must not hold control or bidirectional characters.");
    }

    @Test
    void half_a_surrogate_pair_is_no_text() {
        assertThat(DisplayName.problemWith("a\uD83D")).isPresent();
        assertThat(DisplayName.problemWith("\uDC00a")).isPresent();
    }

    @Test
    void length_is_counted_in_code_points() {
        assertThat(DisplayName.problemWith("👍".repeat(255))).isEmpty();
        assertThat(DisplayName.problemWith("a".repeat(255))).isEmpty();
        assertThat(DisplayName.problemWith("👍".repeat(256))).contains("The name must have at most 255 characters.");
        assertThat(DisplayName.problemWith("a".repeat(256))).contains("The name must have at most 255 characters.");
    }

    @Test
    void folding_joins_what_reads_alike() {
        assertThat(DisplayName.folded("ＬＡＰＴＯＰ")).isEqualTo("laptop");
        assertThat(DisplayName.folded("\u212Aelvin")).isEqualTo("kelvin");
        assertThat(DisplayName.folded("TITLE")).isEqualTo("title");
    }
}
