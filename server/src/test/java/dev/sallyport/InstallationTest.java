package dev.sallyport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sallyport.sql.DatabaseUrl;
import dev.sallyport.sql.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstallationTest {

    private static Config sqlite() {
        return TestAuthority.config(TestDatabase.SQLITE.url(), Optional.empty());
    }

    private static String refusal(Config config) {
        var message = new StringBuilder();
        assertThatExceptionOfType(StartFailure.class)
                .isThrownBy(() -> Installation.open(config).close())
                .satisfies(failure -> message.append(failure.getMessage()));
        return message.toString();
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_new_installation_makes_key_files_that_only_its_owner_reads(TestDatabase kind) throws Exception {
        var config = TestAuthority.config(kind.url(), Optional.empty());

        Installation.open(config).close();
        Installation.open(config).close();

        for (var name : new String[] {"pepper", "encryption-key"}) {
            var file = config.data().resolve("keys").resolve(name);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("r--------");
            assertThat(file).hasSize(32);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pepper", "encryption-key"})
    void a_key_file_that_is_missing_is_not_made_anew(String name) throws Exception {
        var config = sqlite();
        Installation.open(config).close();
        var file = config.data().resolve("keys").resolve(name);
        Files.delete(file);

        assertThat(refusal(config)).contains("is missing", "backup", name);
        assertThat(file).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pepper", "encryption-key"})
    void a_node_with_keys_of_another_installation_does_not_start(String name) throws Exception {
        var config = sqlite();
        var other = sqlite();
        Installation.open(config).close();
        Installation.open(other).close();
        replace(config, name, Files.readAllBytes(other.data().resolve("keys").resolve(name)));

        assertThat(refusal(config)).contains("is not the one that this database was made with", name);
    }

    @Test
    void a_key_file_of_another_length_is_refused() throws Exception {
        var config = sqlite();
        Installation.open(config).close();
        replace(config, "pepper", new byte[31]);

        assertThat(refusal(config)).contains("cannot be used", "31 bytes");
    }

    private static void replace(Config config, String name, byte[] bytes) throws IOException {
        var file = config.data().resolve("keys").resolve(name);
        Files.delete(file);
        Files.write(file, bytes);
    }

    @Test
    void a_second_node_on_another_machine_needs_the_keys_of_the_first() throws Exception {
        var database = TestDatabase.POSTGRESQL.url();
        var first = TestAuthority.config(database, Optional.empty());
        var second = TestAuthority.config(database, Optional.empty());
        try (var running = Installation.open(first)) {
            assertThat(refusal(second)).contains("is missing");
            Files.createDirectories(second.data().resolve("keys"));
            for (var name : new String[] {"pepper", "encryption-key"}) {
                Files.copy(
                        first.data().resolve("keys").resolve(name),
                        second.data().resolve("keys").resolve(name));
            }

            try (var other = Installation.open(second)) {
                assertThat(other.keys.pepper().digest("x", new byte[0]))
                        .isEqualTo(running.keys.pepper().digest("x", new byte[0]));
            }
        }
    }

    @Test
    void a_data_folder_has_one_process_at_a_time() throws Exception {
        var config = sqlite();
        try (var _ = Installation.open(config)) {
            assertThat(refusal(config)).contains("Another Sallyport", "--data");
        }
        Installation.open(config).close();
    }

    @Test
    void a_data_folder_that_cannot_be_made_is_named() throws Exception {
        var file = Files.createTempFile("sallyport", "file");
        var config = in(file.resolve("data"), sqlite().database());

        assertThat(refusal(config)).contains(file.toString(), "--data");
    }

    @Test
    void a_database_that_is_not_there_is_said_without_its_password() throws Exception {
        var url =
                DatabaseUrl.parse("postgresql://root:hunter2@127.0.0.1:1/none").orElseThrow();

        assertThat(refusal(in(sqlite().data(), url))).contains("--database").doesNotContain("hunter2");
    }

    @Test
    void a_port_that_is_in_use_is_named() throws Exception {
        var config = sqlite();
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var installation = Installation.open(config)) {
            var taken = new Config(
                    config.data(),
                    config.database(),
                    config.listen(),
                    socket.getLocalPort(),
                    config.publicUrl(),
                    config.gatewayListen(),
                    config.gatewayPort(),
                    config.gatewayUrl(),
                    config.gatewayGrpcPort(),
                    config.gatewayCredential(),
                    config.clientHop(),
                    config.gatewayClientHop(),
                    config.maxStale(),
                    config.durability(),
                    config.outboundAllowed(),
                    config.leaks(),
                    config.brand(),
                    config.legacyKeys());

            assertThatExceptionOfType(StartFailure.class)
                    .isThrownBy(() -> Server.start(taken, installation))
                    .withMessageContaining("Port " + socket.getLocalPort())
                    .withMessageContaining("in use");
        }
    }

    private static Config in(Path data, DatabaseUrl database) {
        var config = sqlite();
        return new Config(
                data,
                database,
                config.listen(),
                config.port(),
                config.publicUrl(),
                config.gatewayListen(),
                config.gatewayPort(),
                config.gatewayUrl(),
                config.gatewayGrpcPort(),
                config.gatewayCredential(),
                config.clientHop(),
                config.gatewayClientHop(),
                config.maxStale(),
                config.durability(),
                config.outboundAllowed(),
                config.leaks(),
                config.brand(),
                config.legacyKeys());
    }
}
