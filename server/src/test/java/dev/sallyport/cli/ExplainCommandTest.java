package dev.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExplainCommandTest {

    private static final String ID = "dec_562f05c400000001000000000000000a";
    private static final String PATH = "/sallyport/v1/decisions/" + ID;
    private static final String DENIED = """
            {"id":"dec_562f05c400000001000000000000000a","at":"2026-11-23T12:00:00Z","decision":"deny","reason":"scope_missing",
             "explanation":"A scope is missing.","api":"billing","operation":"CreateInvoice","template":"/invoices",
             "method":"POST","path":"/invoices","requirement":"permissions","required":[["w"]],"held":["w"],"missing":["w"],
             "credential":{"kind":"personal_access_token","id":"t1","name":"laptop","owner":"alice@example.com"},
             "revision":7,"address":"192.0.2.7","edits":[{"steps":[{"says":"Add to the scopes: w.",
             "by":{"who":"its owner","permission":null,"roles":[]},
             "request":{"method":"PATCH","path":"/api/v2/personal_access_tokens/t1","body":{"data":1}}},
             {"says":"Wait.","by":{"who":"whoever holds x","permission":"x","roles":["Admin"]},"request":null}]}]}
            """;

    private final TestServer server = new TestServer();
    private final TestShell shell = TestShell.at(server);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void a_refusal_is_explained_with_what_would_have_it_allowed() {
        server.answers(PATH, 200, DENIED);

        var run = shell.run("explain", ID);

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("""
                deny: scope_missing
                A scope is missing.
                at          2026-11-23T12:00:00Z
                call        billing POST /invoices
                operation   CreateInvoice /invoices
                required    w
                held        w
                missing     w
                credential  personal_access_token t1 laptop
                owner       alice@example.com
                from        192.0.2.7
                revision    7

                What would have it allowed:
                  - Add to the scopes: w. (its owner)
                    PATCH /api/v2/personal_access_tokens/t1 {"data":1}
                    then: Wait. (whoever holds x: Admin)
                """);
    }

    @Test
    void what_is_no_id_is_wrong_usage_and_what_is_not_seen_is_said() {
        server.answers(PATH, 404, "{\"detail\":\"You may see no decision of that id.\"}");

        assertThat(shell.run("explain", "latest").exitCode()).isEqualTo(ExitCode.USAGE.code());
        var run = shell.run("explain", ID);
        assertThat(run.exitCode()).isNotZero();
        assertThat(run.err()).contains("no decision of that id");
    }
}
