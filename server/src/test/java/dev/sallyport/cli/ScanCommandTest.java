package dev.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.sallyport.secret.KeyText;
import dev.sallyport.secret.TokenText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanCommandTest {

    private static final SecureRandom SECURE = new SecureRandom();
    private static final UUID ID = UUID.fromString("da1bd5f8-847b-4aec-a33d-11b04ebde244");
    private static final String TOKEN = TokenText.mint("ddpat", ID, SECURE).reveal();
    private static final String SHOWN = "personal_access_token ddpat_6dZ2zcpumTdlnHIgx2SlHA_…";
    private static final String API_KEY = "0123456789abcdef0123456789abcdef";
    private static final String LOOKUP = "/sallyport/v1/leaks/lookup";

    private final TestServer server = new TestServer();
    private final TestShell shell = TestShell.at(server).with("SALLYPORT_TOKEN", "");

    @TempDir
    Path folder = Path.of("");

    @AfterEach
    void stop() {
        server.close();
    }

    private Path file(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.toAbsolutePath().getParent());
        return Files.writeString(file, text);
    }

    private TestShell.Run scan(String... options) {
        var arguments = new ArrayList<>(List.of("scan", folder.toString()));
        arguments.addAll(List.of(options));
        return shell.run(arguments.toArray(String[]::new));
    }

    @Test
    void clean_files_exit_with_zero() throws IOException {
        file("a.txt", "nothing to see\n");

        var run = scan();

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo("Credentials found: 0, in 1 files.\n");
    }

    @Test
    void what_is_found_exits_with_eleven_and_is_never_shown_whole() throws IOException {
        var key = KeyText.mint("ddapp", SECURE).reveal();
        var config = file("deep/er/config.env", "# mine\nTOKEN=" + TOKEN + "\nAPP=" + key + "\nDD_API_KEY=" + API_KEY);

        var run = scan();

        assertThat(run.exitCode()).isEqualTo(11);
        assertThat(run.out())
                .isEqualTo(config + ":2: " + SHOWN + "\n" + config + ":3: application_key ddapp_…" + key.substring(36)
                        + "\n" + config + ":4: api_key …cdef\n");
        assertThat(run.out() + run.err())
                .doesNotContain(TOKEN.substring(29))
                .doesNotContain(key.substring(6, 36))
                .doesNotContain(API_KEY.substring(0, 28));
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void a_binary_file_across_the_borders_of_what_is_read_at_once_is_found() throws IOException {
        for (var before : List.of((64 << 10) - 30, (64 << 10) - 1, 3 * (64 << 10) - 64)) {
            var bytes = new byte[before + 100_000];
            SECURE.nextBytes(bytes);
            var token = TOKEN.getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(token, 0, bytes, before, token.length);
            Files.write(folder.resolve("core." + before), bytes);
        }

        var run = scan();

        assertThat(run.out().lines()).hasSize(3).allMatch(line -> line.endsWith(SHOWN));
    }

    @Test
    void links_and_dot_git_are_left_out_but_a_link_that_is_named_is_followed() throws IOException {
        var outside = Files.writeString(Files.createTempFile("outside", ".txt"), TOKEN);
        Files.createSymbolicLink(folder.resolve("link"), outside);
        file(".git/config", TOKEN);

        assertThat(scan().exitCode()).isZero();
        assertThat(shell.run("scan", folder.resolve("link").toString()).exitCode())
                .isEqualTo(11);
        assertThat(shell.run("scan", folder.resolve(".git").toString()).exitCode())
                .isEqualTo(11);
        Files.delete(outside);
    }

    @Test
    void what_cannot_be_read_is_said_and_exits_with_one() throws IOException {
        file("a.txt", "clean");

        var run = shell.run("scan", folder.toString(), folder.resolve("missing").toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("sallyport: " + folder.resolve("missing") + " cannot be read.\n");
    }

    @Test
    void what_was_found_outranks_what_cannot_be_read() throws IOException {
        file("a.txt", TOKEN);

        var run = shell.run("scan", folder.resolve("missing").toString(), folder.toString());

        assertThat(run.exitCode()).isEqualTo(11);
        assertThat(run.err()).contains("cannot be read");
    }

    @Test
    void a_wrong_checksum_is_listed_with_json_only() throws IOException {
        var typo = TOKEN.substring(0, 64) + (TOKEN.charAt(64) == '0' ? '1' : '0');
        var file = file("a.txt", typo);

        var plain = scan();
        var json = scan("--json");

        assertThat(plain.exitCode()).isZero();
        assertThat(plain.out()).isEmpty();
        assertThat(json.exitCode()).isZero();
        assertThat(json.out().replaceAll("\\s+", ""))
                .isEqualTo("[{\"path\":\"" + file + "\",\"line\":1,\"kind\":\"personal_access_token\",\"shown\":"
                        + "\"ddpat_6dZ2zcpumTdlnHIgx2SlHA_…\",\"well_formed\":false}]");
    }

    @Test
    void the_server_is_asked_once_for_each_credential_and_without_a_token() throws IOException {
        server.answers(LOOKUP, 200, "[{\"lives\":true},{\"lives\":false}]");
        file("a.txt", TOKEN + "\n" + TOKEN + "\napi_key=" + API_KEY);

        var run = scan("--ask");

        assertThat(run.exitCode()).isEqualTo(11);
        assertThat(run.out().lines().toList())
                .satisfiesExactly(
                        line -> assertThat(line).endsWith(SHOWN + ", lives"),
                        line -> assertThat(line).endsWith(SHOWN + ", lives"),
                        line -> assertThat(line).endsWith("…cdef, does not live"));
        assertThat(server.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.authorization()).isEqualTo("null");
            assertThat(asked.body()).isEqualTo("{\"credentials\":[\"" + TOKEN + "\",\"" + API_KEY + "\"]}");
        });
    }

    @Test
    void nothing_is_asked_where_nothing_was_found() throws IOException {
        file("a.txt", "clean");

        assertThat(scan("--ask").exitCode()).isZero();
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void more_than_a_hundred_are_asked_for_in_turns() throws IOException {
        var text = new StringBuilder();
        for (var i = 0; i < 101; i++) {
            text.append(TokenText.mint("ddpat", UUID.randomUUID(), SECURE).reveal())
                    .append('\n');
        }
        file("a.txt", text.toString());
        server.answers(LOOKUP, 200, "[" + "{\"lives\":false},".repeat(99) + "{\"lives\":false}]")
                .answers(LOOKUP, 200, "[{\"lives\":true}]");

        var run = scan("--ask");

        assertThat(run.out().lines().filter(line -> line.endsWith(", does not live")))
                .hasSize(100);
        assertThat(run.out().lines().filter(line -> line.endsWith(", lives"))).hasSize(1);
    }

    @Test
    void what_was_found_is_told_though_the_server_is_silent() throws IOException {
        server.answers(LOOKUP, 503, "{\"detail\":\"later\"}");
        file("a.txt", TOKEN);

        var run = scan("--ask");

        assertThat(run.exitCode()).isEqualTo(11);
        assertThat(run.out()).endsWith(SHOWN + "\n");
        assertThat(run.err()).contains("later (503)");
    }

    @Test
    void another_brand_is_searched_for_by_its_name() throws IOException {
        file("a.txt", TokenText.mint("acmesat", ID, SECURE).reveal());

        assertThat(scan().exitCode()).isZero();
        assertThat(scan("--brand", "acme").out()).contains("service_access_token acmesat_6dZ2");
        assertThat(scan("--brand", "A.*").exitCode()).isEqualTo(2);
    }

    @Test
    void the_name_of_a_file_cannot_move_the_cursor() throws IOException {
        file("a\u001b[2Jb\u202e.txt", TOKEN);

        assertThat(scan().out()).contains("a[2Jb.txt:1: ").doesNotContain("\u001b", "\u202e");
    }

    @Test
    void history_is_read_from_the_first_commit_on_each_version_once() throws Exception {
        git("init", "-q");
        file("config/app env", "x\nT=" + TOKEN + "\n");
        git("add", ".");
        git("commit", "-qm", "first");
        var first = git("rev-parse", "HEAD");
        Files.move(folder.resolve("config/app env"), folder.resolve("moved"));
        git("add", "-A");
        git("commit", "-qm", "moved");
        Files.delete(folder.resolve("moved"));
        file("other", "clean");
        git("add", "-A");
        git("commit", "-qm", "gone");

        var now = scan();
        var ever = scan("--history");

        assertThat(now.exitCode()).isZero();
        assertThat(ever.exitCode()).isEqualTo(11);
        assertThat(ever.out()).isEqualTo("config/app env:2: " + SHOWN + ", since commit " + first + "\n");
    }

    @Test
    void other_branches_merges_and_messages_are_history_too() throws Exception {
        var merged = TokenText.mint("ddsat", ID, SECURE).reveal();
        var said = KeyText.mint("ddapp", SECURE).reveal();
        git("init", "-q");
        file("a", "one\n");
        git("add", ".");
        git("commit", "-qm", "first");
        git("checkout", "-qb", "side");
        file("b", TOKEN);
        git("add", ".");
        git("commit", "-qm", "side");
        git("checkout", "-q", "-");
        file("c", "clean");
        git("add", ".");
        git("commit", "-qm", "about " + said);
        git("merge", "-q", "--no-ff", "--no-commit", "side");
        file("a", "one\n" + merged + "\n");
        git("add", ".");
        git("commit", "-qm", "merge");
        git("checkout", "-q", "HEAD~1");

        var run = scan("--history", "--json");

        assertThat(run.out())
                .contains(
                        "ddsat_6dZ2zcpumTdlnHIgx2SlHA_…",
                        "ddpat_6dZ2zcpumTdlnHIgx2SlHA_…",
                        "ddapp_…" + said.substring(36));
        assertThat(Json.items(
                        Json.parse(run.out().getBytes(StandardCharsets.UTF_8)).orElseThrow()))
                .hasSize(3)
                .allSatisfy(finding -> assertThat(Json.text(finding, "commit")).matches("[0-9a-f]{40}"));
    }

    @Test
    void nothing_that_a_repository_configures_is_run() throws Exception {
        var proof = folder.resolve("ran");
        var program = "touch " + proof + ";";
        git("init", "-q");
        file("a", "clean");
        git("add", ".");
        git("commit", "-qm", "first");
        var blob = git("rev-parse", "HEAD:a");
        Files.delete(folder.resolve(".git/objects/" + blob.substring(0, 2) + "/" + blob.substring(2)));
        git("config", "core.repositoryformatversion", "1");
        git("config", "extensions.partialClone", "evil");
        git("config", "remote.evil.promisor", "true");
        git("config", "remote.evil.url", folder.toString());
        git("config", "remote.evil.uploadpack", program);
        git("config", "protocol.file.allow", "always");
        git("config", "log.showSignature", "true");
        git("config", "gpg.program", program);
        git("config", "core.pager", program);
        git("config", "core.fsmonitor", program);

        var run = scan("--history");

        assertThat(run.err()).contains("An object of commit ", " is missing in this clone: a");
        assertThat(proof).doesNotExist();
    }

    @Test
    void a_folder_without_a_repository_is_told_with_history() throws IOException {
        file("a.txt", "clean");

        var run = scan("--history");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains(folder + " is in no git repository");
    }

    @Test
    void an_empty_repository_has_no_history() throws Exception {
        git("init", "-q");

        assertThat(scan("--history").exitCode()).isZero();
    }

    @Test
    void a_missing_git_is_told() {
        var run = new StringWriter();
        var report = new ScanReport(
                new Shell(
                        Map.of(),
                        folder,
                        new BufferedReader(new StringReader("")),
                        new PrintWriter(run),
                        new PrintWriter(run),
                        false,
                        () -> TestShell.NOW,
                        _ -> false),
                "dd");

        new HistoryScan(report, folder.resolve("no-such-git").toString()).scan(folder);

        assertThat(run.toString()).contains("git is not installed, or not on the PATH");
        assertThat(report.isComplete()).isFalse();
    }

    @Test
    void an_unreadable_folder_is_told() throws IOException {
        var closed = Files.createDirectory(
                folder.resolve("closed"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("---------")));
        // Root reads everything.
        assumeFalse(Files.isReadable(closed));

        assertThat(scan().exitCode()).isEqualTo(1);
    }

    private String git(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                "git",
                "-c",
                "user.name=Test",
                "-c",
                "user.email=test@example.com",
                "-c",
                "commit.gpgsign=false",
                "-C",
                folder.toString()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
