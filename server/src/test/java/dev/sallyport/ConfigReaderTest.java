package dev.sallyport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sallyport.sql.DatabaseUrl;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ConfigReaderTest {

    private static final Map<Setting, String> NO_OPTIONS = Map.of();
    private static final Map<String, String> NO_ENVIRONMENT = Map.of();

    @Test
    void without_a_word_from_anybody_the_server_stays_on_this_machine() throws ConfigProblem {
        var config = ConfigReader.read(NO_OPTIONS, null, NO_ENVIRONMENT);

        assertThat(config.data()).isEqualTo(Path.of("data").toAbsolutePath());
        assertThat(config.database())
                .isEqualTo(new DatabaseUrl.Sqlite(config.data().resolve("sallyport.db")));
        assertThat(config.listen()).isEqualTo("127.0.0.1");
        assertThat(config.port()).isEqualTo(8080);
        assertThat(config.publicUrl()).isEmpty();
        assertThat(config.gatewayListen()).isEqualTo("127.0.0.1");
        assertThat(config.gatewayPort()).isEqualTo(8081);
        assertThat(config.gatewayCredential()).isEmpty();
        assertThat(config.clientHop().hops()).isZero();
        assertThat(config.gatewayClientHop().hops()).isEqualTo(1);
        assertThat(config.maxStale()).isEqualTo(Duration.ofSeconds(60));
        assertThat(config.brand()).isEqualTo("dd");
    }

    @Test
    void an_option_outranks_the_environment_which_outranks_the_file(@TempDir Path folder) throws Exception {
        var file = write(folder, "port: 1\nbrand: file\nmax-stale: 30\n");
        var environment = Map.of("SALLYPORT_PORT", "2", "SALLYPORT_BRAND", "env");

        var config = ConfigReader.read(Map.of(Setting.PORT, "3"), file, environment);

        assertThat(config.port()).isEqualTo(3);
        assertThat(config.brand()).isEqualTo("env");
        assertThat(config.maxStale()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void all_problems_are_reported_together(@TempDir Path folder) throws IOException {
        var file = write(folder, "port: many\nlisten-on: 0.0.0.0\nmax-stale: 1\n");
        var environment = Map.of("SALLYPORT_BRAND", "Über", "SALLYPORT_PROT", "1", "SALLYPORT_TOKEN", "x", "PATH", "/");

        assertThat(problems(NO_OPTIONS, file, environment))
                .hasSize(5)
                .anySatisfy(problem -> assertThat(problem).contains("unknown key 'listen-on'", "gateway-listen"))
                .contains(
                        "environment: unknown variable SALLYPORT_PROT",
                        "port: must be a whole number from 0 to 65535",
                        "max-stale: must be a whole number from 2 to 600",
                        "brand: must be 1 to 8 letters of a-z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "PORT | 65535 | 65536",
                "PORT | 0 | -1",
                "PORT | 0 | ``",
                "PORT | 1 | ١",
                "PORT | 1 | 000001",
                "CLIENT_HOP | 10 | 11",
                "GATEWAY_CLIENT_HOP | 0 | 1.0",
                "MAX_STALE | 2 | 1",
                "MAX_STALE | 600 | 601",
                "MAX_STALE | 60 | 60s",
                "BRAND | abcdefgh | abcdefghi",
                "BRAND | a | ``",
                "BRAND | dd | Dd",
                "BRAND | dd | d_d",
                "LEGACY_KEYS_DEPRECATED | 2026-01-31 | 2026-02-30",
                "LEGACY_KEYS_DEPRECATED | never | 31.1.2026",
                "LEGACY_KEYS_SUNSET | 2027-01-31 | soon",
                "LEGACY_KEYS_SUNSET | 2026-06-30 | 2026-06-29",
                "LISTEN | ::1 | not an address",
                "LISTEN | 0.0.0.0 | ``",
                "GATEWAY_LISTEN | 127.0.0.1:0 | 127.0.0.1",
                "GATEWAY_LISTEN | [::1]:65535 | [::1]:65536",
                "GATEWAY_LISTEN | localhost:1 | :1",
                "GATEWAY_GRPC_PORT | 0 | -1",
                "GATEWAY_GRPC_PORT | 65535 | 65536",
                "GATEWAY_GRPC_PORT | off | on",
                "OUTBOUND_ALLOW | localhost:80 hooks.internal:8443 | hooks.internal",
                "OUTBOUND_ALLOW | [fd00::1]:443 | https://hooks.internal:8443",
                "PUBLIC_URL | https://a.example | a.example",
                "PUBLIC_URL | http://a.example:81 | https://a.example/x",
                "PUBLIC_URL | https://a.example | https://a.example?x",
                "PUBLIC_URL | https://a.example | https://u@a.example",
                "PUBLIC_URL | https://a.example | ftp://a.example",
                "PUBLIC_URL | https://a.example | https:a.example",
                "DATABASE | sqlite:x.db | sqlite:",
                "DATABASE | postgresql://u@h/d | mysql://u@h/d",
                "DATABASE | postgres://h/d | postgresql://u@h",
                "DATA | some/where | ``",
                "DATA | some/where | `a\0b`",
                "DATABASE | sqlite:x.db | `sqlite:a\0b`"
            })
    void each_setting_has_bounds_and_says_them(Setting setting, String good, String bad) throws ConfigProblem {
        assertThat(ConfigReader.read(Map.of(setting, good), null, NO_ENVIRONMENT))
                .isNotNull();
        assertThat(problems(Map.of(setting, bad), null, NO_ENVIRONMENT))
                .hasSize(1)
                .allSatisfy(problem -> assertThat(problem).startsWith(setting.key() + ":"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`[1, 2]` | must be a list of KEY: VALUE",
                "`port: 1\nport: 2` | cannot be read as YAML",
                "`port: [` | cannot be read as YAML",
                "`data: [a]` | 'data' must be one value",
                "`data:` | 'data' must be one value",
                "`brand: {a: b}` | 'brand' must be one value"
            })
    void a_file_of_another_shape_is_refused(String text, String problem, @TempDir Path folder) throws IOException {
        assertThat(problems(NO_OPTIONS, write(folder, text), NO_ENVIRONMENT))
                .hasSize(1)
                .allSatisfy(reported -> assertThat(reported).contains(problem));
    }

    @Test
    void a_file_that_is_missing_or_too_large_is_refused(@TempDir Path folder) throws IOException {
        var large = write(folder, "# " + "x".repeat(64 << 10));

        assertThat(problems(NO_OPTIONS, folder.resolve("none.yaml"), NO_ENVIRONMENT))
                .hasSize(1)
                .allSatisfy(problem -> assertThat(problem).contains("check that it exists"));
        assertThat(problems(NO_OPTIONS, large, NO_ENVIRONMENT))
                .hasSize(1)
                .allSatisfy(problem -> assertThat(problem).contains("larger than 65536 bytes"));
    }

    @Test
    void an_empty_file_says_nothing(@TempDir Path folder) throws Exception {
        assertThat(ConfigReader.read(NO_OPTIONS, write(folder, "# nothing\n"), NO_ENVIRONMENT)
                        .port())
                .isEqualTo(8080);
    }

    @Test
    void a_wrong_database_url_is_not_repeated_because_it_may_hold_a_password() {
        var url = "mysql://root:hunter2@db/x";

        assertThat(problems(Map.of(Setting.DATABASE, url), null, NO_ENVIRONMENT))
                .noneMatch(problem -> problem.contains("hunter2"));
    }

    @Test
    void doors_beyond_this_machine_need_a_gateway_credential(@TempDir Path folder) throws Exception {
        var outside = Map.of(Setting.GATEWAY_LISTEN, "0.0.0.0:8081");
        var longEnough = write(folder, "a-secret-of-twenty-letters\n");

        assertThat(problems(outside, null, NO_ENVIRONMENT))
                .hasSize(1)
                .allSatisfy(problem -> assertThat(problem).contains("gateway-credential-file"));
        var config =
                ConfigReader.read(outside, null, Map.of("SALLYPORT_GATEWAY_CREDENTIAL_FILE", longEnough.toString()));
        assertThat(config.gatewayCredential().orElseThrow().reveal()).isEqualTo("a-secret-of-twenty-letters");
        assertThat(config.toString()).doesNotContain("a-secret");
    }

    @Test
    void a_gateway_credential_that_is_short_or_missing_is_refused(@TempDir Path folder) throws IOException {
        var shortOne = write(folder, "nineteen-characters");

        for (var file : List.of(shortOne, folder.resolve("none"))) {
            assertThat(problems(Map.of(Setting.GATEWAY_CREDENTIAL_FILE, file.toString()), null, NO_ENVIRONMENT))
                    .hasSize(1)
                    .allSatisfy(problem -> assertThat(problem)
                            .startsWith("gateway-credential-file:")
                            .doesNotContain("nineteen"));
        }
    }

    @Test
    void a_public_url_is_taken_as_it_is() throws ConfigProblem {
        var config =
                ConfigReader.read(Map.of(Setting.PUBLIC_URL, "https://sallyport.example:8443"), null, NO_ENVIRONMENT);

        assertThat(config.publicUrl()).contains(URI.create("https://sallyport.example:8443"));
    }

    @Test
    void the_url_of_the_doors_is_one_without_a_path() throws ConfigProblem {
        var config = ConfigReader.read(Map.of(Setting.GATEWAY_URL, "https://pdp.example"), null, NO_ENVIRONMENT);

        assertThat(config.gatewayUrl()).contains(URI.create("https://pdp.example"));
        assertThatExceptionOfType(ConfigProblem.class)
                .isThrownBy(() -> ConfigReader.read(
                        Map.of(Setting.GATEWAY_URL, "https://pdp.example/path"), null, NO_ENVIRONMENT))
                .satisfies(problem -> assertThat(problem).hasMessageContaining("gateway-url:"));
    }

    @Test
    void the_manual_lists_the_settings_that_there_are() {
        var options = new CommandLine(new ServeCommand()).getCommandSpec().optionsMap();
        var table = new StringBuilder("| key | option | variable | default | meaning |\n|---|---|---|---|---|\n");
        for (var setting : Setting.values()) {
            var option = "--" + setting.key();
            table.append("| `%s` | %s | `%s` | %s | %s |\n"
                    .formatted(
                            setting.key(),
                            options.containsKey(option) ? "`" + option + "`" : "–",
                            setting.variable(),
                            setting.standard(),
                            setting.meaning()));
        }

        Golden.assertHolds("../../../../../../docs/operating.md", "settings", table.toString());
    }

    private static Path write(Path folder, String text) throws IOException {
        return Files.writeString(folder.resolve("sallyport.yaml"), text);
    }

    private static List<String> problems(
            Map<Setting, String> options, @Nullable Path file, Map<String, String> environment) {
        var found = new ArrayList<String>();
        assertThatExceptionOfType(ConfigProblem.class)
                .isThrownBy(() -> ConfigReader.read(options, file, environment))
                .satisfies(problem -> found.addAll(
                        Objects.requireNonNull(problem.getMessage()).lines().toList()));
        return found;
    }
}
