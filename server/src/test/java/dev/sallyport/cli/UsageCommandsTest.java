package dev.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class UsageCommandsTest {

    private static final String USAGE = "/sallyport/v1/credentials/c1/usage";
    private static final String SHRINK = "/sallyport/v1/credentials/c1/shrink";
    private static final String CHECK = "/sallyport/v1/choose/check";
    private static final String WINDOW = """
            "window":{"days":30,"from":"2026-02-01","counted_from":"2026-02-20","is_whole":false}""";
    private static final String OPERATION = """
            {"api":"datadog","operation":"ListMonitors","allowed":4,"refused":1,"days":2,"hours":[9,10],
            "last_used_at":"2026-02-28T10:00:00Z"}""";

    private final TestServer server = new TestServer();
    private final TestShell shell = TestShell.at(server);

    @AfterEach
    void close() {
        server.close();
    }

    private static String plan(String kind, String before, boolean isDone) {
        return """
                {"id":"c1","kind":"%s","name":"laptop",%s,"is_done":%s,"scopes_before":%s,"scopes_after":["a"],"calls":7,
                "would_refuse":2,"refused_operations":[%s]}""".formatted(kind, WINDOW, isDone, before, OPERATION);
    }

    @Test
    void usage_shows_used_against_held_and_each_operation() {
        server.answers(USAGE, 200, """
                {"id":"c1","kind":"personal_access_token","name":"laptop",%s,"allowed":4,"refused":1,"used":["a"],
                "never_used":["b","c"],"smallest_scopes":["a"],"operations":[%s]}""".formatted(WINDOW, OPERATION));

        var run = shell.run("credential", "usage", "c1", "--days", "30");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("""
                id          c1
                kind        personal_access_token
                name        laptop
                days        30, from 2026-02-01
                calls       4 allowed, 1 refused
                used        a
                never used  b, c
                would do    a

                API      OPERATION     ALLOWED  REFUSED  DAYS  HOURS  LAST USED
                datadog  ListMonitors  4        1        2     2      2026-02-28T10:00:00Z
                """);
        assertThat(run.err()).contains("counted since 2026-02-20 only");
        assertThat(server.asked().getFirst().target()).isEqualTo(USAGE + "?days=30");
    }

    @Test
    void a_number_of_days_that_is_not_kept_is_a_wrong_command_line() {
        assertThat(shell.run("credential", "usage", "c1", "--days", "91").exitCode())
                .isEqualTo(2);
        assertThat(shell.run("credential", "shrink", "c1", "--yes", "--dry-run").exitCode())
                .isEqualTo(2);
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void without_yes_a_shrink_only_says_what_it_would_do() {
        server.answers(SHRINK, 200, plan("personal_access_token", "[\"a\",\"b\"]", false));

        var run = shell.run("credential", "shrink", "c1", "--dry-run");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("before        a, b", "after         a", "2 of the recorded calls", "ListMonitors");
        assertThat(run.err()).contains("Nothing is changed yet.");
        assertThat(server.asked())
                .singleElement()
                .satisfies(asked -> assertThat(asked.body())
                        .isEqualTo("{\"days\":30,\"keep\":[],\"accept_refusals\":false,\"dry_run\":true}"));
    }

    @Test
    void with_yes_the_credential_is_narrowed() {
        server.answers(SHRINK, 200, plan("personal_access_token", "[\"a\",\"b\"]", false))
                .answers(SHRINK, 200, plan("personal_access_token", "[\"a\",\"b\"]", true));

        var run = shell.run("credential", "shrink", "c1", "--keep", "a,b", "--accept-refusals", "--yes", "--json");

        assertThat(run.exitCode()).isZero();
        assertThat(JsonMapper.shared().readTree(run.out()).path("is_done").asBoolean())
                .isTrue();
        assertThat(server.asked().getLast().body())
                .isEqualTo("{\"days\":30,\"keep\":[\"a\",\"b\"],\"accept_refusals\":true,\"dry_run\":false}");
    }

    @Test
    void an_application_key_is_narrowed_with_keys_and_planned_with_the_token() {
        server.answers(SHRINK, 200, plan("application_key", "null", false))
                .answers(SHRINK, 200, plan("application_key", "null", true));

        var run = shell.with("DD_API_KEY", "k1").with("DD_APP_KEY", "k2").run("credential", "shrink", "c1", "--yes");

        assertThat(run.out()).contains("before        everything", "Narrowed to a.");
        assertThat(server.asked()).extracting(TestServer.Asked::keys).containsExactly("null null", "k1 k2");
    }

    @Test
    void where_there_is_nothing_to_take_away_nothing_is_asked_for() {
        server.answers(SHRINK, 200, plan("personal_access_token", "[\"a\"]", false));

        var run = shell.run("credential", "shrink", "c1", "--yes");

        assertThat(run.err()).contains("nothing to take away");
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void a_check_goes_over_every_page_and_its_exit_code_says_whether_something_was_found() {
        var finding = """
                {"finding":"round_the_clock","explanation":"By a machine.","credential":"c1",
                "kind":"personal_access_token","name":"laptop","evidence":{"calls":96,"days_of_20_hours":3},
                "advice":{"best":"service_access_token","use":"service_access_token","reason":"Nobody."},
                "with_platform_identity":{"best":"federation","use":"service_access_token"},
                "command":"sallyport sat create X"}""";
        server.answers(CHECK, 200, check("\"c1\"", "")).answers(CHECK, 200, check("null", finding));

        var run = shell.run("choose", "--check", "--days", "14");

        assertThat(run.exitCode()).isEqualTo(11);
        assertThat(run.out())
                .contains("round_the_clock  c1  laptop", "calls 96, days of 20 hours 3", "sallyport sat create X")
                .contains("federation; until then service_access_token")
                .contains("Checked 2000 credentials over 30 days: 1 do not fit.");
        assertThat(server.asked())
                .extracting(TestServer.Asked::target)
                .containsExactly(CHECK + "?days=14&limit=200", CHECK + "?days=14&limit=200&cursor=c1");
    }

    @Test
    void a_check_that_finds_nothing_is_done() {
        server.answers(CHECK, 200, check("null", ""));

        var run = shell.run("choose", "--check", "--json");
        var mixed = shell.run("choose", "--check", "--what", "api");

        assertThat(run.exitCode()).isZero();
        var json = JsonMapper.shared().readTree(run.out());
        assertThat(json.path("is_complete").asBoolean()).isTrue();
        assertThat(json.path("findings")).isEmpty();
        assertThat(mixed.exitCode()).isEqualTo(2);
    }

    private static String check(String cursor, String finding) {
        return """
                {%s,"checked":1000,"next_cursor":%s,"findings":[%s]}""".formatted(WINDOW, cursor, finding);
    }

    @Test
    void a_server_that_never_ends_is_left_and_that_is_said() {
        server.answers(CHECK, 200, check("\"c1\"", ""));

        var run = shell.run("choose", "--check", "--json");

        assertThat(JsonMapper.shared().readTree(run.out()).path("is_complete").asBoolean(true))
                .isFalse();
        assertThat(server.asked()).hasSize(1_000);
    }
}
