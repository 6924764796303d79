package dev.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UserCommandsTest {

    private static final String USERS = "/api/v2/users";
    private static final String ADA = """
            {"type":"users","id":"u1","attributes":{"email":"Ada@acme.example","name":"Ada","title":"Countess",
            "status":"Active","service_account":false}}
            """;
    private static final String NOBODY = "{\"data\":[],\"meta\":{\"page\":{\"total_filtered_count\":0}}}";
    private static final String INVITED = """
            {"data":[{"id":"i1","attributes":{"link":"https://s.example/console/invitation?code=ddinvite_x",
            "expires_at":"2026-03-08T12:00:00.000000+00:00"}}]}
            """;

    private final TestServer server = new TestServer();
    private final TestShell shell = TestShell.at(server);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void users_are_listed_with_what_tells_them_apart() {
        server.answers(USERS, 200, page(ADA));

        var run = shell.run("user", "list", "--status", "Active,Pending", "--filter", "acme");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines().toList().getLast()).contains("u1", "Ada@acme.example", "Active", "user");
        assertThat(server.asked().getFirst().target())
                .contains("filter=acme", "filter%5Bstatus%5D=Active%2CPending", "sort_dir=asc");
    }

    @Test
    void an_address_names_a_user_as_an_id_does() {
        server.answers(USERS, 200, page(ADA)).answers(USERS + "/u1", 200, "{\"data\":" + ADA + "}");

        var byAddress = shell.run("user", "show", "ADA@acme.example");
        var byId = shell.run("user", "show", "u1");

        assertThat(byAddress.exitCode()).isZero();
        assertThat(byAddress.out()).isEqualTo(byId.out()).contains("Countess");
    }

    @Test
    void an_address_that_nobody_has_is_not_found() {
        server.answers(USERS, 200, NOBODY);

        var run = shell.run("user", "disable", "eve@acme.example");

        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void an_invitation_adds_the_user_and_prints_the_link_alone() {
        server.answers(USERS, 200, NOBODY)
                .answers(USERS, 201, "{\"data\":" + ADA + "}")
                .answers("/api/v2/roles", 200, "{\"data\":[{\"id\":\"r1\",\"attributes\":{\"name\":\"Reader\"}}]}")
                .answers("/api/v2/user_invitations", 201, INVITED);

        var run = shell.run("user", "invite", "ada@acme.example", "--name", "Ada", "--role", "reader");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("https://s.example/console/invitation?code=ddinvite_x\n");
        assertThat(run.err()).contains("u1", "once").doesNotContain("ddinvite_x");
        assertThat(server.asked().stream().map(TestServer.Asked::body))
                .anySatisfy(body -> assertThat(body).contains("\"id\":\"r1\"", "\"name\":\"Ada\""))
                .last()
                .asString()
                .contains("\"id\":\"u1\"", "user_invitations");
    }

    @Test
    void a_known_user_is_invited_again_as_it_is() {
        server.answers(USERS, 200, page(ADA)).answers("/api/v2/user_invitations", 201, INVITED);

        var again = shell.run("user", "invite", "ada@acme.example", "--json");
        var renamed = shell.run("user", "invite", "ada@acme.example", "--name", "Countess");

        assertThat(again.exitCode()).isZero();
        assertThat(again.out()).contains("\"i1\"");
        assertThat(renamed.exitCode()).isEqualTo(2);
        assertThat(server.asked()).extracting(TestServer.Asked::method).containsExactly("GET", "POST", "GET");
    }

    @Test
    void an_edit_sends_what_was_given() {
        server.answers(USERS + "/u1", 200, "{\"data\":" + ADA + "}");

        var run = shell.run("user", "edit", "u1", "--title", "");
        var nothing = shell.run("user", "edit", "u1");

        assertThat(run.exitCode()).isZero();
        assertThat(nothing.exitCode()).isEqualTo(2);
        assertThat(server.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.method()).isEqualTo("PATCH");
            assertThat(asked.body()).contains("\"attributes\":{\"title\":\"\"}", "\"id\":\"u1\"");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "disable, DELETE, /api/v2/users/u1, Disabled u1.",
        "enable, PATCH, /api/v2/users/u1, Enabled u1.",
        "remove, DELETE, /sallyport/v1/users/u1, Removed u1."
    })
    void what_becomes_of_a_user_is_one_call(String command, String method, String path, String said) {
        server.answers(path, 200, "{\"data\":" + ADA + "}");

        var run = shell.run("user", command, "u1");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo(said + "\n");
        assertThat(server.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.method()).isEqualTo(method);
            assertThat(asked.target()).isEqualTo(path);
        });
    }

    private static String page(String... users) {
        return "{\"data\":[" + String.join(",", users) + "],\"meta\":{\"page\":{\"total_filtered_count\":"
                + users.length + "}}}";
    }
}
