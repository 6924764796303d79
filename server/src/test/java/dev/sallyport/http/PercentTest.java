package dev.sallyport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PercentTest {

    @Test
    void escapes_become_characters() {
        assertThat(Percent.decode("a%20b%C3%a9c")).contains("a b\u00e9c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%",
                "%4",
                "%4g",
                "%G4",
                "a%",
                "%c3",
                "%c0%af",
                "%ed%a0%80",
                "%ff",
                "a%00",
                "caf\u00e9",
                "a b",
                "%\uff11\uff11"
            })
    void what_is_not_strict_percent_encoded_utf8_is_refused(String text) {
        assertThat(Percent.decode(text)).isEmpty();
    }

    @Test
    void a_plus_sign_is_a_blank_in_a_query_and_itself_in_a_path() {
        assertThat(Percent.decodeForm("a+b%2B")).contains("a b+");
        assertThat(Percent.decode("a+b")).contains("a+b");
    }

    @Test
    void a_query_keeps_order_and_repeated_values() {
        var query = Query.parse("page%5Bsize%5D=10&filter=a+b&filter=c%26d&empty=&bare&&x=1=2");

        assertThat(query.parameters().keySet()).containsExactly("page[size]", "filter", "empty", "bare", "x");
        assertThat(query.all("filter")).isEqualTo(List.of("a b", "c&d"));
        assertThat(query.one("empty")).contains("");
        assertThat(query.one("bare")).contains("");
        assertThat(query.one("x")).contains("1=2");
    }

    @Test
    void a_hundred_parameters_are_read_and_one_more_is_refused() {
        var hundred = IntStream.range(0, 100).mapToObj(i -> "p" + i + "=v").collect(Collectors.joining("&"));

        assertThat(Query.parse(hundred).parameters()).hasSize(100);
        assertThatThrownBy(() -> Query.parse(hundred + "&more=v"))
                .isInstanceOfSatisfying(
                        BadInput.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo("too_many_parameters"));
    }

    @Test
    void a_broken_escape_in_a_query_is_bad_input() {
        assertThatThrownBy(() -> Query.parse("a=%zz"))
                .isInstanceOfSatisfying(
                        BadInput.class,
                        refused -> assertThat(refused.problem().status()).isEqualTo(400));
    }
}
