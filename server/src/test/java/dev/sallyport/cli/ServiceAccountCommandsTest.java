package dev.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServiceAccountCommandsTest {

    private static final String ACCOUNTS = "/sallyport/v1/service_accounts";
    private static final String CREATION = "/api/v2/service_accounts";
    private static final String USERS = "/api/v2/users";
    private static final String ID = "0abefcae-90ed-4670-94ab-7cea6ca9fb6f";
    private static final String ADA = "{\"data\":[{\"id\":\"u1\",\"attributes\":{\"email\":\"ada@acme.example\"}}],"
            + "\"meta\":{\"page\":{\"total_filtered_count\":1}}}";
    private static final String BOT =
            "{\"data\":[{\"id\":\"" + ID + "\",\"attributes\":{\"name\":\"deploy-bot\",\"service_account\":true}}]}";
    private static final String CREATED = "{\"data\":{\"id\":\"" + ID + "\",\"attributes\":{\"name\":\"deploy-bot\"}}}";

    private final TestServer server = new TestServer();
    private final TestShell shell = TestShell.at(server);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void accounts_are_listed_with_whoever_answers_for_them() {
        server.answers(ACCOUNTS, 200, """
                {"service_accounts":[
                {"id":"s1","name":"deploy-bot","state":"active","owner":{"email":"ada@acme.example"},"orphaned":false,
                "roles":[{"name":"Readers"},{"name":"Writers"}]},
                {"id":"s2","name":"lost","state":"active","owner":{"email":"eve@acme.example"},"orphaned":true,"roles":[]},
                {"id":"s3","name":"old","state":"disabled","owner":null,"orphaned":true,"roles":[]}]}
                """);

        var run = shell.run("service-account", "list", "--filter", "o", "--owner", "none");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines().skip(1))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .containsPattern("^s1 +deploy-bot +active +ada@acme.example +Readers, W"),
                        line -> assertThat(line).contains("eve@acme.example (not active)"),
                        line -> assertThat(line).containsPattern("^s3 +old +disabled +- +-$"));
        assertThat(server.asked())
                .singleElement()
                .satisfies(asked -> assertThat(asked.target()).contains("filter=o", "owner=none"));
    }

    @Test
    void an_owner_is_named_by_address() {
        server.answers(USERS, 200, ADA).answers(ACCOUNTS, 200, "{\"service_accounts\":[]}");

        var run = shell.run("service-account", "list", "--owner", "ada@acme.example", "--json");

        assertThat(run.exitCode()).isZero();
        assertThat(server.asked().getLast().target()).contains("owner=u1");
    }

    @Test
    void an_account_is_created_with_its_roles() {
        server.answers("/api/v2/roles", 200, "{\"data\":[{\"id\":\"r1\",\"attributes\":{\"name\":\"Readers\"}}]}")
                .answers(CREATION, 201, CREATED);

        var run = shell.run(
                "service-account", "create", "deploy-bot", "--email", "ops@acme.example", "--role", "Readers");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo(ID + "\n");
        assertThat(server.asked().getLast()).satisfies(asked -> {
            assertThat(asked.target()).isEqualTo(CREATION);
            assertThat(asked.body())
                    .contains("\"service_account\":true", "\"email\":\"ops@acme.example\"", "\"name\":\"deploy-bot\"")
                    .contains("\"id\":\"r1\"")
                    .doesNotContain("title");
        });
    }

    @Test
    void a_role_that_nobody_knows_creates_nothing() {
        server.answers("/api/v2/roles", 200, "{\"data\":[]}").answers(CREATION, 201, CREATED);

        var run = shell.run("service-account", "create", "bot", "--email", "ops@acme.example", "--role", "Raeders");

        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(server.asked()).extracting(TestServer.Asked::method).containsExactly("GET");
    }

    @Test
    void an_account_is_handed_over_by_names() {
        server.answers(USERS, 200, ADA).answers(USERS, 200, BOT).answers(ACCOUNTS + "/" + ID, 204, "");

        var run = shell.run("service-account", "hand-over", "deploy-bot", "ada@acme.example");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("Handed " + ID + " over to u1.\n");
        assertThat(server.asked().getLast()).satisfies(asked -> {
            assertThat(asked.method()).isEqualTo("PATCH");
            assertThat(asked.body()).isEqualTo("{\"owner\":\"u1\"}");
        });
    }
}
