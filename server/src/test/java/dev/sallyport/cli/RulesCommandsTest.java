package dev.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RulesCommandsTest {

    private static final String RULES = "/sallyport/v1/credential_rules";
    private static final String PRESENT = """
            {"revision":3,"rules":{"addresses":["192.0.2.0/24"],
             "api_key":{"creatable":true,"unused_days":90,"creators":[]}},"ended":2}
            """;

    private final TestServer server = new TestServer();
    private final TestShell shell = TestShell.at(server);

    @AfterEach
    void close() {
        server.close();
    }

    private JsonNode sent() {
        return JsonMapper.shared().readTree(server.asked().getLast().body());
    }

    @Test
    void the_rules_are_shown_by_kind() {
        server.answers(RULES, 200, PRESENT);

        var run = shell.run("rules", "show");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("192.0.2.0/24", "api_key", "90", "personal_access_token");
    }

    @Test
    void one_change_keeps_the_other_rules_and_names_the_revision_that_was_read() {
        server.answers(RULES, 200, PRESENT);

        var run = shell.run(
                "rules",
                "set",
                "--set",
                "api_key.unused_days=none",
                "--set",
                "application_key.forbidden_scopes=a, b",
                "--set",
                "service_access_token.longest_life_days=30");

        assertThat(run.exitCode()).isZero();
        assertThat(server.asked().getLast().method()).isEqualTo("PUT");
        assertThat(sent().path("revision").intValue()).isEqualTo(3);
        var rules = sent().path("rules");
        assertThat(rules.path("addresses").toString()).isEqualTo("[\"192.0.2.0/24\"]");
        assertThat(rules.path("api_key").toString())
                .isEqualTo("{\"creatable\":true,\"unused_days\":null,\"creators\":[]}");
        assertThat(rules.path("application_key").toString()).isEqualTo("{\"forbidden_scopes\":[\"a\",\"b\"]}");
        assertThat(rules.path("service_access_token").toString()).isEqualTo("{\"longest_life_days\":30}");
    }

    @Test
    void rules_of_a_file_are_applied_to_what_is_there_by_name_and_number(@TempDir Path folder) throws IOException {
        server.answers(RULES, 200, PRESENT);
        var file = Files.writeString(folder.resolve("rules.json"), "{\"revision\":7,\"rules\":{}}");

        var run = shell.run("rules", "set", file.toString(), "--apply", "api_key.unused_days", "--expect", "2");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).contains("2 credentials ended");
        assertThat(sent().toString())
                .isEqualTo(
                        "{\"rules\":{},\"revision\":7,\"apply_to_existing\":[\"api_key.unused_days\"],\"expect\":2}");
    }

    @Test
    void a_preview_counts_and_changes_nothing() {
        server.answers(RULES, 200, PRESENT);
        server.answers(RULES + "/preview", 200, """
                {"would_end":4,"broken":[{"rule":"api_key.unused_days","count":4,"sample":[{"name":"old"}]}]}
                """);

        var run = shell.run("rules", "preview", "--set", "api_key.unused_days=3");

        assertThat(run.out()).contains("api_key.unused_days", "4", "old");
        assertThat(run.err()).contains("4 credentials would end");
        assertThat(server.asked()).noneMatch(asked -> asked.method().equals("PUT"));
    }

    @Test
    void nonsense_is_wrong_usage() {
        server.answers(RULES, 200, PRESENT);

        assertThat(shell.run("rules", "set").exitCode()).isEqualTo(2);
        assertThat(shell.run("rules", "set", "--set", "unused").exitCode()).isEqualTo(2);
        assertThat(shell.run("rules", "set", "--set", "api_key.unused_days=soon")
                        .exitCode())
                .isEqualTo(2);
        assertThat(shell.run("rules", "set", "no-such-file.json").exitCode()).isEqualTo(6);
    }
}
