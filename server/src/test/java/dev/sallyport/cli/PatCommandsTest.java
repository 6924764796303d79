package dev.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class PatCommandsTest {

    private static final String TOKENS = "/api/v2/personal_access_tokens";
    private static final String CREATED = """
            {"data":{"id":"t1","attributes":{"key":"ddpat_new","expires_at":"2026-03-31T12:00:00Z","name":"laptop"}}}
            """;

    private final TestServer server = new TestServer();
    private final TestShell shell = TestShell.at(server);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void a_new_token_is_all_that_standard_output_holds() {
        server.answers(TOKENS, 201, CREATED);

        var run = shell.run("pat", "create", "--name", "laptop", "--scopes", "monitors_read,metrics_read");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("ddpat_new\n");
        assertThat(run.err()).contains("t1", "once").doesNotContain("ddpat_new");
        assertThat(server.asked().getFirst().body())
                .contains("\"scopes\":[\"monitors_read\",\"metrics_read\"]")
                .contains("\"name\":\"laptop\"")
                .contains("\"expires_at\":\"2026-03-31T12:00:00Z\"");
    }

    @Test
    void with_json_the_whole_token_is_printed() {
        server.answers(TOKENS, 201, CREATED);

        var run = shell.run("pat", "create", "--name", "laptop", "--scopes", "monitors_read", "--json");

        assertThat(JsonMapper.shared().readTree(run.out()).path("id").stringValue())
                .isEqualTo("t1");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void a_token_of_one_day_still_has_a_day_when_the_server_reads_it() {
        server.answers(TOKENS, 201, CREATED);

        shell.run("pat", "create", "--name", "a", "--scopes", "b", "--days", "1");

        assertThat(server.asked().getFirst().body()).contains("\"expires_at\":\"2026-03-02T12:01:00Z\"");
    }

    @Test
    void an_end_can_be_given_as_a_time() {
        server.answers(TOKENS, 201, CREATED);

        shell.run("pat", "create", "--name", "a", "--scopes", "b", "--expires-at", "2026-04-01T02:00:00+02:00");

        assertThat(server.asked().getFirst().body()).contains("\"expires_at\":\"2026-04-01T00:00:00Z\"");
    }

    @Test
    void nonsense_is_wrong_usage_and_asks_nobody() {
        var create = new String[] {"pat", "create", "--name", "a", "--scopes", "b"};

        assertThat(shell.run("pat", "create", "--name", "a").exitCode()).isEqualTo(2);
        assertThat(shell.run("pat").exitCode()).isEqualTo(2);
        assertThat(shell.run(with(create, "--days", "0")).exitCode()).isEqualTo(2);
        assertThat(shell.run(with(create, "--days", "366")).exitCode()).isEqualTo(2);
        assertThat(shell.run(with(create, "--expires-at", "tomorrow")).exitCode())
                .isEqualTo(2);
        assertThat(shell.run(with(create, "--days", "2", "--expires-at", "2026-04-01T00:00:00Z"))
                        .exitCode())
                .isEqualTo(2);
        assertThat(shell.run("pat", "revoke", " ").exitCode()).isEqualTo(2);
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void every_page_is_listed_in_aligned_columns() {
        server.answers(TOKENS, 200, page(token("t1", "a", "x")));
        server.answers(TOKENS, 200, page(token("t2", "longer name", "x\",\"y\",\"z\",\"u\",\"v")));

        var run = shell.run("pat", "list", "--page-size", "1", "--filter", "a b&c");

        assertThat(run.out()).isEqualTo("""
                ID  NAME         SCOPES              EXPIRES                      LAST USED
                t1  a            x                   2026-03-31T12:00:00.000000Z  -
                t2  longer name  x, y, z and 2 more  2026-03-31T12:00:00.000000Z  -
                """);
        assertThat(server.asked())
                .extracting(TestServer.Asked::target)
                .containsExactly(
                        TOKENS + "?page%5Bsize%5D=1&page%5Bnumber%5D=0&sort=name&filter=a%20b%26c",
                        TOKENS + "?page%5Bsize%5D=1&page%5Bnumber%5D=1&sort=name&filter=a%20b%26c");
    }

    @Test
    void a_name_cannot_draw_on_the_terminal() {
        server.answers(TOKENS, 200, page(token("t1", "\\u001b[31mred\\u202e", "x")));

        var run = shell.onATerminal().with("NO_COLOR", "1").run("pat", "list");

        assertThat(run.out()).contains("[31mred").doesNotContain("\u001b", "\u202e");
    }

    @Test
    void an_id_stays_one_segment_of_the_path() {
        server.answers(TOKENS + "/a%2F..%2Fb", 204, "");

        var run = shell.run("pat", "revoke", "a/../b");

        assertThat(run.exitCode()).isZero();
        assertThat(server.asked().getFirst().method()).isEqualTo("DELETE");
        assertThat(server.asked().getFirst().target()).isEqualTo(TOKENS + "/a%2F..%2Fb");
    }

    @Test
    void a_token_that_is_not_there_cannot_be_revoked() {
        var run = shell.run("pat", "revoke", "t9");

        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("sallyport: Not found (404)");
    }

    private static String[] with(String[] arguments, String... more) {
        return Stream.of(arguments, more).flatMap(Stream::of).toArray(String[]::new);
    }

    private static String token(String id, String name, String scopes) {
        return "{\"id\":\"" + id + "\",\"attributes\":{\"name\":\"" + name + "\",\"scopes\":[\"" + scopes
                + "\"],\"expires_at\":\"2026-03-31T12:00:00.000000Z\",\"last_used_at\":null}}";
    }

    private static String page(String token) {
        return "{\"data\":[" + token + "],\"meta\":{\"page\":{\"total_filtered_count\":2}}}";
    }
}
