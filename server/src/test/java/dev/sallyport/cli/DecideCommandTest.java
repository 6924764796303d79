package dev.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DecideCommandTest {

    private static final String DECIDE = "/sallyport/v1/decide";
    private static final String DENIED = """
            {"decision":"deny","reason":"permission_missing","explanation":"A permission is missing.","operation":"CreateMonitor",
             "template":"/api/v1/monitor","requirement":"permissions",
             "required":[["monitors_write","x"],["admin"]],"held":["a","b","c","d","e","f","g","h","i","j","k"],
             "missing":["monitors_write"],"credential":{"kind":"personal_access_token","id":"t1","name":"laptop"},"revision":7}
            """;

    private final TestServer server = new TestServer();
    private final TestShell shell = TestShell.at(server);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void a_permitted_call_exits_with_zero() {
        server.answers(DECIDE, 200, "{\"decision\":\"permit\",\"reason\":\"allowed\"}");

        var run = shell.run("decide", "GET", "/api/v1/monitor");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("permit: allowed\n");
        assertThat(server.asked().getFirst().body())
                .contains("\"api\":\"datadog\"", "\"method\":\"GET\"", "\"path\":\"/api/v1/monitor\"");
    }

    @Test
    void a_denied_call_exits_with_ten_and_says_why() {
        server.answers(DECIDE, 200, DENIED);

        var run = shell.run("decide", "POST", "/api/v1/monitor", "--api", "mine");

        assertThat(run.exitCode()).isEqualTo(10);
        assertThat(run.out()).isEqualTo("""
                deny: permission_missing
                A permission is missing.
                operation   CreateMonitor /api/v1/monitor
                required    monitors_write and x, or admin
                held        a, b, c, d, e, f, g, h, i, j and 1 more
                missing     monitors_write
                credential  personal_access_token t1 laptop
                revision    7
                """);
    }

    @Test
    void what_needs_no_permission_says_what_it_needs() {
        server.answers(DECIDE, 200, "{\"decision\":\"permit\",\"requirement\":\"any credential\",\"required\":[]}");

        assertThat(shell.run("decide", "GET", "/").out()).contains("required    any credential\n");
    }

    @Test
    void an_answer_without_a_decision_is_no_permission() {
        server.answers(DECIDE, 200, "{}");

        assertThat(shell.run("decide", "GET", "/").exitCode()).isEqualTo(10);
    }

    @Test
    void colours_are_for_terminals_that_want_them() {
        server.answers(DECIDE, 200, DENIED);
        var red = "\u001b[31m";

        assertThat(TestShell.at(server).run("decide", "GET", "/").out()).doesNotContain(red);
        assertThat(TestShell.at(server).onATerminal().run("decide", "GET", "/").out())
                .contains(red);
        assertThat(TestShell.at(server)
                        .onATerminal()
                        .with("NO_COLOR", "1")
                        .run("decide", "GET", "/")
                        .out())
                .doesNotContain(red);
    }

    @Test
    void a_refused_credential_is_no_decision() {
        server.answers(DECIDE, 401, "{\"title\":\"Unauthorized\",\"detail\":\"Not signed in.\"}");

        var run = shell.run("decide", "GET", "/");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).startsWith("sallyport: Not signed in. (401)");
    }
}
