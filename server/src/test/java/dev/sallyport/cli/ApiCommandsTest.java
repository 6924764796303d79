package dev.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiCommandsTest {

    private static final String APIS = "/sallyport/v1/apis";
    private static final String ORDERS = """
            {"id":"orders","title":"Orders","host":"orders.example.com","shipped":false,"operation_count":2,
             "permissions":["orders_read"],
             "operations":[{"id":"list","method":"GET","path":"/orders","asks":"permissions","any_of":[["orders_read"]]},
                           {"id":"ping","method":"GET","path":"/ping","asks":"open"}]}
            """;

    private final TestServer server = new TestServer();
    private final TestShell shell = TestShell.at(server);

    @TempDir
    Path directory = Path.of("");

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void a_document_is_sent_as_it_stands() throws IOException {
        server.answers(APIS, 201, ORDERS);
        var file = Files.writeString(directory.resolve("orders.yaml"), "openapi: 3.0.0\ninfo: \"ü\"\n");

        var run = shell.run("api", "import", file.toString(), "--id", "orders", "--host", "orders.example.com");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("orders_read");
        assertThat(server.asked().getFirst().body())
                .contains("\"document\":\"openapi: 3.0.0\\ninfo: \\\"ü\\\"\\n\"", "\"id\":\"orders\"");
    }

    @Test
    void operations_without_a_permission_are_pointed_out() throws IOException {
        server.answers(APIS, 201, """
                {"id":"orders","undeclared_operations":[{"id":"drop","method":"DELETE","path":"/orders","asks":"nothing"}]}
                """);
        var file = Files.writeString(directory.resolve("orders.yaml"), "openapi: 3.0.0");

        var run = shell.run("api", "import", file.toString(), "--id", "orders", "--host", "h");

        assertThat(run.err()).contains("declare no permission", "DELETE  /orders  drop");
    }

    @Test
    void a_document_that_cannot_be_read_is_bad_input() throws IOException {
        var binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff});
        var large = Files.write(directory.resolve("large"), new byte[(1 << 20) + 1]);
        var missing = directory.resolve("missing");

        for (var file : new Path[] {binary, large, missing}) {
            var run = shell.run("api", "import", file.toString(), "--id", "a", "--host", "b");
            assertThat(run.exitCode()).as(file.toString()).isEqualTo(6);
        }
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void apis_are_listed() {
        server.answers(APIS, 200, "{\"apis\":[" + ORDERS + "]}");

        assertThat(shell.run("api", "list").out()).isEqualTo("""
                ID      TITLE   HOST                OPERATIONS  ORIGIN
                orders  Orders  orders.example.com  2           imported
                """);
    }

    @Test
    void an_api_is_shown_with_what_its_operations_ask_for() {
        server.answers(APIS + "/orders", 200, ORDERS);

        assertThat(shell.run("api", "show", "orders").out()).contains("""
                METHOD  PATH     OPERATION  REQUIRED
                GET     /orders  list       orders_read
                GET     /ping    ping       nothing: open to anybody
                """);
    }
}
