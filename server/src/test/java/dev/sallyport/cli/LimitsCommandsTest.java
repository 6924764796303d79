package dev.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class LimitsCommandsTest {

    private static final String LIMITS = "/sallyport/v1/call_limits";
    private static final String ID = "5f0c6c1e-6f1c-4d0e-9a49-2f1f7d1e8a11";
    private static final String PRESENT = """
            {"revision":3,"limits":{"organization":{"per_second":500,"per_day":null},"credential":{"per_day":7},
             "credentials":{"5f0c6c1e-6f1c-4d0e-9a49-2f1f7d1e8a11":{"per_second":9}}}}
            """;

    private final TestServer server = new TestServer();
    private final TestShell shell = TestShell.at(server);

    @AfterEach
    void close() {
        server.close();
    }

    private String sent() {
        return JsonMapper.shared().readTree(server.asked().getLast().body()).toString();
    }

    @Test
    void limits_are_shown_with_those_of_single_credentials() {
        server.answers(LIMITS, 200, PRESENT);

        var run = shell.run("limits", "show");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("500", "any", "7", ID, "9");
    }

    @Test
    void what_is_not_named_stays_and_the_revision_that_was_read_goes_along() {
        server.answers(LIMITS, 200, PRESENT);

        var run = shell.run("limits", "set", "--organization-per-second", "none", "--credential-per-second", "50");

        assertThat(run.exitCode()).isZero();
        assertThat(server.asked().getLast().method()).isEqualTo("PUT");
        assertThat(sent())
                .isEqualTo("{\"revision\":3,\"limits\":{\"organization\":{\"per_second\":null,\"per_day\":null},"
                        + "\"credential\":{\"per_day\":7,\"per_second\":50},"
                        + "\"credentials\":{\"" + ID + "\":{\"per_second\":9}}}}");
    }

    @Test
    void one_credential_can_be_named() {
        server.answers(LIMITS, 200, PRESENT);

        var run = shell.run("limits", "set", "--of", "a1", "--credential-per-day", "12");

        assertThat(run.exitCode()).isZero();
        assertThat(sent()).contains("\"a1\":{\"per_day\":12}");
    }

    @Test
    void nothing_named_and_what_is_no_number_are_wrong_usage() {
        server.answers(LIMITS, 200, PRESENT);

        assertThat(shell.run("limits", "set").exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(shell.run("limits", "set", "--credential-per-day", "many").exitCode())
                .isEqualTo(ExitCode.USAGE.code());
        assertThat(server.asked()).noneMatch(request -> request.method().equals("PUT"));
    }
}
