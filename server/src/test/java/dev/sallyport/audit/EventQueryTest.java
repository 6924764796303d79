package dev.sallyport.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.audit.EventQuery.Term.Match;
import dev.sallyport.audit.EventQuery.Term.Word;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventQueryTest {

    @Test
    void terms_are_read_in_order() throws Exception {
        var query = EventQuery.parse(
                "* AND  laptop -@action:deleted @asset.name:\"my \\\"own\\\" key\" @http.url_details.path:/api/* -\"a b\"");

        assertThat(query.terms())
                .containsExactly(
                        new Word("laptop", false),
                        new Match(SearchField.ACTION, "deleted", false, true),
                        new Match(SearchField.ASSET_NAME, "my \"own\" key", false, false),
                        new Match(SearchField.PATH, "/api/", true, false),
                        new Word("a b", true));
    }

    @Test
    void a_quoted_star_is_a_star() throws Exception {
        assertThat(EventQuery.parse("\"*\" @asset.name:\"x*\"").terms())
                .containsExactly(new Word("*", false), new Match(SearchField.ASSET_NAME, "x*", false, false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "@colour:red | There is no field '@colour'. There are: @evt.name, @action,",
                "@action | has no value",
                "@action: | has no value",
                "@action: deleted | has no value",
                "\"open | quote is not closed",
                "@asset.name:\"open | quote is not closed",
                "a OR b | OR is not supported",
                "-* | would find nothing"
            })
    void what_cannot_be_read_is_told(String text, String complaint) {
        assertThatThrownBy(() -> EventQuery.parse(text))
                .isInstanceOf(EventQuery.Unreadable.class)
                .hasMessageContaining(complaint);
    }

    @ParameterizedTest
    @ValueSource(ints = {21, 600})
    void a_query_has_bounds(int terms) {
        assertThatThrownBy(() -> EventQuery.parse("a ".repeat(terms))).hasMessageContaining("must have at most");
    }
}
