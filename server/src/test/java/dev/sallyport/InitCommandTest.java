package dev.sallyport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code init} leaves in an empty store. */
class InitCommandTest {

    private static JsonNode init(Path folder, String... more) {
        var printed = new ByteArrayOutputStream();
        var out = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            var arguments = new ArrayList<>(List.of(
                    "init",
                    "--data",
                    folder.toString(),
                    "--organization",
                    "Acme",
                    "--admin-email",
                    "ada@acme.example",
                    "--json"));
            arguments.addAll(List.of(more));
            assertThat(Main.run(arguments.toArray(String[]::new))).isZero();
        } finally {
            System.setOut(out);
        }
        return JsonMapper.shared().readTree(printed.toString(StandardCharsets.UTF_8));
    }

    @Test
    void no_keys_are_made_unless_they_are_asked_for(@TempDir Path folder) {
        var first = init(folder);

        assertThat(first.get("personal_access_token").stringValue()).startsWith("ddpat_");
        assertThat(first.propertyNames()).containsExactly("organization", "admin", "personal_access_token");
    }

    @Test
    void a_first_pair_works_and_creates_more(@TempDir Path folder) throws Exception {
        var first = init(folder, "--with-legacy-keys");
        var apiKey = first.get("api_key").stringValue();
        var applicationKey = first.get("application_key").stringValue();
        var config = ConfigReader.read(
                Map.of(
                        Setting.DATA, folder.toString(),
                        Setting.PORT, "0",
                        Setting.GATEWAY_LISTEN, "127.0.0.1:0"),
                null,
                Map.of());

        try (var server = Server.start(config, Installation.open(config))) {
            var call = TestCall.of("POST", server.url() + TestKeys.OWN)
                    .with("DD-API-KEY", apiKey)
                    .with("DD-APPLICATION-KEY", applicationKey)
                    .withJson(TestKeys.document("application_keys", null, "deploys"));

            var answer = call.send();

            assertThat(answer.status()).isEqualTo(201);
            assertThat(answer.header("deprecation")).startsWith("@");
        }
    }
}
