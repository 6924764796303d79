package dev.sallyport.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The process: how it begins, how it ends, and what it says when it cannot begin. */
class ServeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    @Test
    void a_first_run_says_what_a_newcomer_needs_and_its_curl_works_once_as_printed() {
        try (var server = RunningServer.start(folder.resolve("data"))) {
            var out = server.out();
            var curl = theLine(out, "curl ").strip();

            var first = Program.of("bash", "-c", curl).in(folder).run().succeeded();
            var second = Program.of("bash", "-c", curl).in(folder).run().succeeded();

            assertThat(out.getLast())
                    .isEqualTo(
                            "sallyport ready " + server.url() + " doors " + server.doors() + " grpc " + server.grpc());
            assertThat(server.url()).startsWith("http://localhost:");
            assertThat(server.doors()).startsWith("http://127.0.0.1:");
            assertThat(theLine(out, "URL")).contains(server.url());
            var token = JsonMapper.shared()
                    .readTree(first.out())
                    .path("personal_access_token")
                    .asString();
            assertThat(token).startsWith("ddpat_");
            assertThat(second.out()).contains("setup_link_refused").doesNotContain("ddpat_");
            try (var admin = new Http(server, token)) {
                assertThat(admin.get("/api/v2/current_user").status()).isEqualTo(200);
            }
            server.stop();
            assertThat(server.out()).isEqualTo(out);
            assertThat(server.log()).doesNotContain(token).doesNotContain(codeOf(curl));
        }
    }

    @Test
    void the_setup_link_opens_a_page_that_shows_the_token_once() throws Exception {
        try (var server = RunningServer.start(folder.resolve("data"));
                var browser = HttpClient.newHttpClient()) {
            var link = theLine(server.out(), "setup link").replaceFirst(".*(?=http)", "");
            var page = browser.send(asBrowser(link).GET().build(), BodyHandlers.ofString());
            var form = HttpRequest.BodyPublishers.ofString("code=" + codeOf(link));
            var posting = asBrowser(server.url() + "/setup")
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(form)
                    .build();

            var shown = browser.send(posting, BodyHandlers.ofString());
            var again = browser.send(posting, BodyHandlers.ofString());

            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
            assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
            // Looking at the page, as a mail scanner would, does not use the link up.
            assertThat(page.body()).contains("<form").doesNotContain("ddpat_");
            assertThat(shown.statusCode()).isEqualTo(200);
            assertThat(shown.body()).contains("ddpat_");
            assertThat(shown.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(again.statusCode()).isEqualTo(404);
            assertThat(again.body()).doesNotContain("ddpat_");
            server.stop();
        }
    }

    @Test
    void a_store_that_was_claimed_says_nothing_but_that_it_is_ready() {
        var store = Store.prepared(folder, StoreKind.SQLITE);

        try (var server = store.serve()) {
            assertThat(server.out())
                    .containsExactly(
                            "sallyport ready " + server.url() + " doors " + server.doors() + " grpc " + server.grpc());
            server.stop();
        }
    }

    @Test
    void a_second_server_on_the_same_data_is_refused_and_so_is_a_second_init() {
        var store = Store.prepared(folder, StoreKind.SQLITE);
        var init = List.of("init", "--organization", "B", "--admin-email", "b@b.example", "--json");
        assertRefused(store.data(), init, "already has an organization");

        try (var server = store.serve()) {
            assertRefused(store.data(), List.of("serve", "--port", "0", "--gateway-listen", "127.0.0.1:0"), "Another");
            assertRefused(store.data(), init, "Another");
            server.stop();
        }
    }

    @Test
    void a_port_in_use_is_named() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var port = String.valueOf(taken.getLocalPort());

            assertServeRefused(port, "--port", port, "--gateway-listen", "127.0.0.1:0");
            assertServeRefused(port, "--port", "0", "--gateway-listen", "127.0.0.1:" + port);
        }
    }

    @Test
    void a_data_folder_that_cannot_be_written_is_named() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "not a folder");

        for (var data : List.of(file, file.resolve("data"), Path.of("/proc/sallyport"))) {
            assertRefused(data, List.of("serve", "--port", "0", "--gateway-listen", "127.0.0.1:0"), data.toString());
        }
    }

    @Test
    void configuration_that_is_wrong_is_reported_all_at_once() throws IOException {
        var file = Files.writeString(folder.resolve("sallyport.yaml"), "prot: 8080\nmax-stale: 1\n");

        var refused = serve("--config", file.toString(), "--database", "mysql://root:s3cret@localhost/x");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err())
                .contains("unknown key 'prot'")
                .contains("max-stale: must be")
                .contains("database: must be")
                .doesNotContain("s3cret")
                .doesNotContain("\tat ");
    }

    @Test
    void a_database_that_does_not_answer_is_reported_without_its_password() {
        var refused = serve("--database", "postgresql://sallyport:s3cret@127.0.0.1:1/sallyport");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.errLines()).as(refused.err()).hasSize(1);
        assertThat(refused.err())
                .startsWith("sallyport: ")
                .contains("--database")
                .doesNotContain("s3cret");
    }

    @Test
    void foreign_and_missing_key_files_are_refused() throws IOException {
        var store = Store.prepared(folder, StoreKind.SQLITE);
        var pepper = store.data().resolve("keys/pepper");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(pepper)))
                .isEqualTo("r--------");
        var serve = List.of("serve", "--port", "0", "--gateway-listen", "127.0.0.1:0");

        Files.copy(
                Store.prepared(folder.resolve("other"), StoreKind.SQLITE).data().resolve("keys/pepper"),
                folder.resolve("foreign"));
        Files.delete(pepper);
        assertRefused(store.data(), serve, "missing");
        assertThat(pepper).doesNotExist();
        Files.copy(folder.resolve("foreign"), pepper);
        assertRefused(store.data(), serve, "not the one");
    }

    @Test
    void what_is_under_way_when_it_is_asked_to_stop_is_answered() throws Exception {
        var store = Store.prepared(folder, StoreKind.SQLITE);
        try (var server = store.serve();
                var underWay = new Socket(
                        InetAddress.getLoopbackAddress(),
                        URI.create(server.url()).getPort())) {
            var body = """
                    {"data":{"type":"personal_access_tokens","attributes":{"name":"late","scopes":["user_access_read"],\
                    "expires_at":"%s"}}}""".formatted(Instant.now().plus(Duration.ofDays(2)));
            write(underWay, """
                    POST %s HTTP/1.1\r
                    Host: localhost\r
                    Authorization: Bearer %s\r
                    Content-Type: application/json\r
                    Content-Length: %d\r
                    Expect: 100-continue\r
                    \r
                    """.formatted(Http.TOKENS, store.token(), body.length()));
            var in = underWay.getInputStream();
            // The server has decided to read the rest: the request is under way.
            assertThat(new String(in.readNBytes(25), StandardCharsets.UTF_8))
                    .isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");

            server.terminate();
            Eventually.holds(
                    "new connections are refused",
                    PATIENCE,
                    () -> !Gateway.isListening(URI.create(server.url()).getPort()));
            write(underWay, body);

            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 201 ")
                    .contains("ddpat_");
            assertThat(server.awaitEnd()).as(server.log()).isEqualTo(0);
        }
        try (var server = store.serve();
                var admin = new Http(server, store.token())) {
            assertThat(admin.get(Http.TOKENS + "?filter=late").body().path("data"))
                    .hasSize(1);
            server.stop();
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static HttpRequest.Builder asBrowser(String url) {
        return HttpRequest.newBuilder(URI.create(url)).header("Accept", "text/html,*/*;q=0.8");
    }

    private Program.Finished serve(String... more) {
        var arguments = new ArrayList<>(
                List.of("serve", "--data", folder.resolve("data").toString()));
        arguments.addAll(Arrays.asList(more));
        return Program.sallyport(arguments.toArray(String[]::new)).run();
    }

    private void assertServeRefused(String said, String... more) {
        assertRefusal(serve(more), said);
    }

    private static void assertRefused(Path data, List<String> command, String said) {
        var arguments = new ArrayList<>(command);
        arguments.addAll(List.of("--data", data.toString()));
        assertRefusal(Program.sallyport(arguments.toArray(String[]::new)).run(), said);
    }

    /** One clear line, and nothing where programs read. */
    private static void assertRefusal(Program.Finished refused, String said) {
        assertThat(refused.exitCode()).as(refused.err()).isEqualTo(1);
        assertThat(refused.out()).isEmpty();
        var told = refused.errLines().stream()
                .filter(line -> line.startsWith("sallyport: "))
                .toList();
        assertThat(told).as(refused.err()).hasSize(1);
        assertThat(told.getFirst()).contains(said);
        assertThat(refused.err()).doesNotContain("\tat ");
    }

    private static String theLine(List<String> lines, String containing) {
        var found = lines.stream().filter(line -> line.contains(containing)).toList();
        assertThat(found).as(String.join("\n", lines)).hasSize(1);
        return found.getFirst();
    }

    private static String codeOf(String text) {
        return text.substring(text.indexOf("code=") + "code=".length());
    }
}
