package dev.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class AuditCommandsTest {

    private static final String SEARCH = "/api/v2/audit/events/search";

    private final TestServer server = new TestServer();
    private final TestShell shell = TestShell.at(server);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void a_search_follows_the_cursor_until_the_limit() {
        server.answers(SEARCH, 200, page("c1", event("e1", "12:00:02"), event("e2", "12:00:01")));
        server.answers(SEARCH, 200, page("c2", event("e3", "12:00:00")));

        var run = shell.run("audit", "search", "@usr.email:alice", "--limit", "3", "--json");

        assertThat(JsonMapper.shared().readTree(run.out()).findValuesAsString("id"))
                .containsExactly("e1", "e2", "e3");
        assertThat(server.asked()).hasSize(2);
        assertThat(server.asked().getFirst().body())
                .contains("\"query\":\"@usr.email:alice\"", "\"from\":\"now-15m\"", "\"limit\":3", "\"-timestamp\"");
        assertThat(server.asked().getLast().body()).contains("\"cursor\":\"c1\"", "\"limit\":1");
    }

    @Test
    void a_search_ends_where_the_events_end() {
        server.answers(SEARCH, 200, page("c1", event("e1", "12:00:00")));
        server.answers(SEARCH, 200, "{\"data\":[]}");

        var run = shell.run("audit", "search");

        assertThat(run.out()).isEqualTo("""
                TIME                  WHO                FROM       EVENT                   WHAT          OUTCOME
                2026-03-01T12:00:00Z  alice@example.com  127.0.0.1  Authentication created  token laptop  ok
                """);
        assertThat(server.asked()).hasSize(2);
    }

    @Test
    void the_tail_is_printed_oldest_first() {
        server.answers(SEARCH, 200, page("", event("e2", "12:00:02"), event("e1", "12:00:01")));

        var run = shell.run("audit", "tail", "--json");

        assertThat(run.out()
                        .lines()
                        .map(line ->
                                JsonMapper.shared().readTree(line).path("id").stringValue()))
                .containsExactly("e1", "e2");
    }

    @Test
    void following_prints_each_new_event_once() {
        server.answers(SEARCH, 200, page("", event("e1", "12:00:01")));
        server.answers(SEARCH, 200, page("", event("e1", "12:00:01"), event("e2", "12:00:02")));
        server.answers(SEARCH, 200, page("", event("e2", "12:00:02"), event("e3", "12:00:03")));

        var run = shell.pausing(2).run("audit", "tail", "--follow", "--json");

        assertThat(run.out()
                        .lines()
                        .map(line ->
                                JsonMapper.shared().readTree(line).path("id").stringValue()))
                .containsExactly("e1", "e2", "e3");
    }

    @Test
    void what_was_there_before_the_first_look_is_not_new() {
        server.answers(SEARCH, 200, page("", event("e9", "12:00:09")));
        server.answers(SEARCH, 200, page("", event("e9", "12:00:09")));

        shell.pausing(1).run("audit", "tail", "--follow", "--limit", "1");

        assertThat(server.asked().getLast().body()).contains("\"from\":\"2026-03-01T12:00:09Z\"");
    }

    private static String event(String id, String time) {
        return "{\"id\":\"" + id + "\",\"type\":\"audit\",\"attributes\":{\"timestamp\":\"2026-03-01T" + time
                + "Z\",\"attributes\":{\"evt\":{\"name\":\"Authentication\"},\"action\":\"created\",\"usr\":{\"email\":"
                + "\"alice@example.com\"},\"network\":{\"client\":{\"ip\":\"127.0.0.1\"}},\"status\":\"ok\",\"asset\":"
                + "{\"type\":\"token\",\"name\":\"laptop\"}}}}";
    }

    private static String page(String after, String... events) {
        return "{\"data\":[" + String.join(",", events) + "]"
                + (after.isEmpty() ? "}" : ",\"meta\":{\"page\":{\"after\":\"" + after + "\"}}}");
    }
}
