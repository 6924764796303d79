package dev.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionTest {

    private static final String ME = """
            {"data":{"id":"u1","attributes":{"name":"Alice","email":"alice@example.com"}},
             "included":[{"type":"orgs","attributes":{"name":"Acme"}},{"type":"roles","attributes":{"name":"Admin"}}]}
            """;

    private final TestServer server = new TestServer().answers("/api/v2/current_user", 200, ME);

    @TempDir
    Path directory = Path.of("");

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void the_option_outranks_the_environment() {
        var run = new TestShell().with("SALLYPORT_URL", "http://127.0.0.1:1").run("whoami", "--url", server.url());

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Alice", "Acme", "Admin", server.url());
    }

    @Test
    void a_running_server_is_found_by_its_data_directory() throws IOException {
        Files.writeString(directory.resolve("server.json"), "{\"url\":\"" + server.url() + "\"}");

        var run = new TestShell().run("whoami", "--data", directory.toString());

        assertThat(run.exitCode()).isZero();
    }

    @Test
    void a_folder_that_happens_to_be_here_does_not_send_the_token_to_another_machine() throws IOException {
        var data = Files.createDirectory(directory.resolve("data"));
        Files.writeString(data.resolve("server.json"), "{\"url\":\"http://evil.example\"}");

        var run = new TestShell().in(directory).run("whoami");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("another machine", "http://evil.example", "--url");
    }

    @Test
    void a_server_of_this_folder_is_found() throws IOException {
        var data = Files.createDirectory(directory.resolve("data"));
        Files.writeString(data.resolve("server.json"), "{\"url\":\"" + server.url() + "\"}");

        var run = new TestShell().in(directory).run("whoami");

        assertThat(run.exitCode()).isZero();
    }

    @Test
    void the_token_goes_out_as_a_bearer() {
        TestShell.at(server).run("whoami");

        assertThat(server.asked().getFirst().authorization()).isEqualTo("Bearer " + TestShell.TOKEN);
    }

    @Test
    void without_a_token_nothing_is_sent() {
        var run = TestShell.at(server).with("SALLYPORT_TOKEN", "").run("whoami");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("SALLYPORT_TOKEN", "--token-file");
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void a_token_comes_from_a_file() throws IOException {
        var file = Files.writeString(directory.resolve("token"), "ddpat_file\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        var run = TestShell.at(server).run("whoami", "--token-file", file.toString());

        assertThat(server.asked().getFirst().authorization()).isEqualTo("Bearer ddpat_file");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void a_token_file_that_everybody_can_read_is_warned_of() throws IOException {
        var file = Files.writeString(directory.resolve("token"), "ddpat_file");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        var run = TestShell.at(server).run("whoami", "--token-file", file.toString());

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).contains("chmod 600");
    }

    @Test
    void what_cannot_be_a_token_is_not_sent_and_not_shown() {
        var run = TestShell.at(server).with("SALLYPORT_TOKEN", "two words").run("whoami");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).doesNotContain("two words");
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void an_address_that_is_none_is_wrong_usage() {
        for (var url :
                new String[] {"localhost:8080", "ftp://a", "http://user@a", "http://a@b@c", "http://a?b", "http://"}) {
            var run = new TestShell().run("whoami", "--url", url);

            assertThat(run.exitCode()).as(url).isEqualTo(2);
            assertThat(run.err()).as(url).contains("--url");
        }
    }

    @Test
    void nobody_there_is_told_with_what_to_do() {
        var url = server.url();
        server.close();

        var run = new TestShell().run("whoami", "--url", url);

        assertThat(run.exitCode()).isEqualTo(7);
        assertThat(run.err()).contains("Nothing answers at " + url, "sallyport serve");
    }

    @Test
    void only_addresses_of_this_machine_are_its_own() {
        assertThat(Connection.isOnThisMachine("localhost")).isTrue();
        assertThat(Connection.isOnThisMachine("127.0.0.1")).isTrue();
        assertThat(Connection.isOnThisMachine("[::1]")).isTrue();
        assertThat(Connection.isOnThisMachine("203.0.113.7")).isFalse();
        assertThat(Connection.isOnThisMachine("localhost.evil.example")).isFalse();
    }
}
