package dev.sallyport.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.permission.Accepts;
import dev.sallyport.permission.Requirement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationTableTest {

    private static final OperationTable TABLE = table(
            "GET /",
            "GET /monitor",
            "POST /monitor",
            "GET /monitor/search",
            "GET /monitor/{id}",
            "GET /monitor/{id}/downtime_matches",
            "GET /monitor/template/{template_id}",
            "GET /monitor/template/{template_id}/history",
            "GET /{a}/b/{c}",
            "GET /a/{b}/{c}",
            "GET /a/b/{c}",
            "GET /things/{id}",
            "GET /things/list:all",
            "GET /things/Generate",
            "GET /slashed/",
            "GET /slashed/{id}/",
            "HEAD /monitor");

    @ParameterizedTest
    @CsvSource({
        "GET, /, /",
        "GET, /monitor, /monitor",
        "GET, /monitor?x=/y, /monitor",
        "POST, /monitor, /monitor",
        "HEAD, /monitor, /monitor",
        "GET, /monitor/17, /monitor/{id}",
        "GET, /monitor/search, /monitor/search",
        "GET, /monitor/searching, /monitor/{id}",
        "GET, /monitor/17/downtime_matches, /monitor/{id}/downtime_matches",
        "GET, /monitor/template/17, /monitor/template/{template_id}",
        "GET, /monitor/template/17/history, /monitor/template/{template_id}/history",
        "GET, /monitor/template, /monitor/{id}",
        "GET, /x/b/y, /{a}/b/{c}",
        "GET, /a/x/y, /a/{b}/{c}",
        "GET, /a/b/y, /a/b/{c}",
        "GET, /things/a%3Ab, /things/{id}",
        "GET, /things/list:all, /things/list:all",
        "GET, /slashed/, /slashed/",
        "GET, /slashed/7/, /slashed/{id}/"
    })
    void the_template_that_is_literal_wherever_another_is_wins(String method, String path, String template) {
        assertThat(match(TABLE, method, path)).isInstanceOfSatisfying(OperationTable.Match.Matched.class, matched -> {
            assertThat(matched.operation().method()).isEqualTo(method);
            assertThat(matched.operation().template()).isEqualTo(template);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /monitors",
        "GET, /monitor/",
        "GET, /monitor/17/",
        "GET, /monitor/17/downtime_matches/",
        "GET, /slashed",
        "GET, /slashed/7",
        "GET, /monitor/17/other",
        "GET, /monitor/17/downtime_matches/1",
        "GET, /a/b",
        "PUT, /monitor",
        "get, /monitor",
        "Get, /monitor",
        "OPTIONS, /monitor",
        "HEAD, /monitor/search",
        "'', /monitor",
        "'GET ', /monitor"
    })
    void what_is_not_in_the_table_is_unknown(String method, String path) {
        assertThat(match(TABLE, method, path)).isInstanceOf(OperationTable.Match.Unknown.class);
    }

    @ParameterizedTest
    @CsvSource({
        // Two templates, neither literal wherever the other is.
        "/monitor/template/downtime_matches",
        // Another spelling of a literal, where a less exact router would serve the literal.
        "/things/list%3Aall",
        "/things/LIST:all",
        "/things/generate",
        "/MONITOR",
        "/Monitor/17",
        "/monitor/Search",
        "/monitor/17/Downtime_matches",
        "/monitor/Template/17"
    })
    void a_path_of_which_two_routers_could_make_two_operations_is_ambiguous(String path) {
        assertThat(match(TABLE, "GET", path)).isInstanceOf(OperationTable.Match.Ambiguous.class);
    }

    @Test
    void three_templates_are_told_apart_where_one_of_them_covers_the_others() {
        var undecided = table("GET /{x}/b/{z}", "GET /a/{y}/{z}");
        var decided = table("GET /{x}/b/{z}", "GET /a/{y}/{z}", "GET /a/b/{z}");

        assertThat(match(undecided, "GET", "/a/b/c")).isInstanceOf(OperationTable.Match.Ambiguous.class);
        assertThat(match(decided, "GET", "/a/b/c")).isInstanceOf(OperationTable.Match.Matched.class);
    }

    @Test
    void parameters_are_decoded_and_in_the_order_of_the_path() {
        var table = table("GET /orgs/{org}/teams/{team}");

        var match = (OperationTable.Match.Matched) match(table, "GET", "/orgs/caf%C3%A9/teams/a%20b");

        assertThat(match.parameters()).containsExactly(Map.entry("org", "café"), Map.entry("team", "a b"));
    }

    @Test
    void two_templates_that_differ_in_names_only_are_refused() {
        assertThatThrownBy(() -> table("GET /a/{b}", "GET /a/{c}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("GET /a/{c} and /a/{b} are one");
    }

    @ParameterizedTest
    @CsvSource({
        "a/{b}",
        "/a/{b}.json",
        "/a/x{b}",
        "/a/{}",
        "/a/{b}{c}",
        "/a/{b",
        "/a//b",
        "/a/../b",
        "/a/{b}/{b}",
        "/a b",
        "/a?b",
        "/a/list%3Aall",
        "/a/{1}",
        "''"
    })
    void a_malformed_template_is_refused(String template) {
        assertThat(PathTemplate.parse(template)).isInstanceOf(PathTemplate.Parsed.Malformed.class);
    }

    private static OperationTable table(String... operations) {
        return OperationTable.of(Stream.of(operations)
                .map(text -> text.split(" "))
                .map(part -> new Operation(
                        part[0] + part[1], part[0], part[1], Requirement.SIGNED_IN, Accepts.TOKENS_AND_KEYS))
                .toList());
    }

    private static OperationTable.Match match(OperationTable table, String method, String path) {
        return table.match(method, ((CanonicalPath.Parsed.Canonical) CanonicalPath.parse(path)).path());
    }

    @Test
    void operations_are_listed_in_the_order_they_were_given() {
        assertThat(table("GET /b", "GET /a").operations())
                .extracting(Operation::template)
                .isEqualTo(List.of("/b", "/a"));
    }
}
