package dev.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class KeyCommandsTest {

    private static final String OWN = "/api/v2/current_user/application_keys";
    private static final String API_KEYS = "/api/v2/api_keys";
    private static final String PAIR = "0".repeat(32) + " ddapp_1";
    private static final String CREATED = """
            {"data":{"id":"k1","attributes":{"key":"the-new-key","last4":"-key","name":"deploys"}}}
            """;
    private static final String PAGE = """
            {"data":[{"id":"k1","attributes":{"name":"deploys","last4":"abcd","scopes":null,"last_used_at":null,
              "category":"default","created_at":"2026-01-01T00:00:00.000000+00:00","date_last_used":null},
              "relationships":{"owned_by":{"data":{"id":"u1","type":"users"}}}}],
             "meta":{"page":{"total_filtered_count":1}}}
            """;

    private final TestServer server = new TestServer();
    private final TestShell shell = TestShell.at(server);

    @AfterEach
    void close() {
        server.close();
    }

    private TestShell withKeys() {
        return shell.with("DD_API_KEY", "0".repeat(32)).with("DD_APP_KEY", "ddapp_1");
    }

    @Test
    void a_new_application_key_is_all_that_standard_output_holds_and_a_pair_asks_for_it() {
        server.answers(OWN, 201, CREATED);

        var run =
                withKeys().run("app-key", "create", "--name", "deploys", "--scopes", "monitors_read, dashboards_read");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("the-new-key\n");
        assertThat(run.err()).contains("k1", "once").doesNotContain("the-new-key");
        var asked = server.asked().getFirst();
        assertThat(asked.body()).contains("\"scopes\":[\"monitors_read\",\"dashboards_read\"]");
        assertThat(asked.keys()).isEqualTo(PAIR);
        assertThat(asked.authorization()).isEqualTo("null");
    }

    @Test
    void without_scopes_none_are_named() {
        server.answers("/api/v2/service_accounts/a%2Fb/application_keys", 201, CREATED);

        var run = withKeys().run("app-key", "create", "--name", "x", "--service-account", "a/b", "--json");

        assertThat(JsonMapper.shared().readTree(run.out()).path("id").stringValue())
                .isEqualTo("k1");
        assertThat(server.asked().getFirst().body()).doesNotContain("scopes");
    }

    @Test
    void a_token_goes_before_a_pair_where_both_would_do() {
        server.answers(OWN, 200, PAGE);

        withKeys().run("app-key", "list");

        assertThat(server.asked().getFirst().authorization()).isEqualTo("Bearer " + TestShell.TOKEN);
    }

    @Test
    void a_pair_will_do_where_there_is_no_token() {
        server.answers(API_KEYS, 200, PAGE);

        var run = withKeys().with("SALLYPORT_TOKEN", "").run("api-key", "list");

        assertThat(run.exitCode()).isZero();
        assertThat(server.asked().getFirst().keys()).isEqualTo(PAIR);
    }

    @Test
    void half_a_pair_is_no_credential() {
        var run =
                shell.with("SALLYPORT_TOKEN", "").with("DD_APP_KEY", "ddapp_1").run("app-key", "list");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(server.asked()).isEmpty();
    }

    @Test
    void keys_are_listed_in_columns() {
        server.answers("/api/v2/application_keys", 200, PAGE);
        server.answers(API_KEYS, 200, PAGE);

        assertThat(shell.run("app-key", "list", "--all").out()).isEqualTo("""
                ID  NAME     LAST 4  SCOPES      OWNER  LAST USED
                k1  deploys  abcd    everything  u1     -
                """);
        assertThat(shell.run("api-key", "list").out()).isEqualTo("""
                ID  NAME     LAST 4  CATEGORY  CREATED                           LAST USED
                k1  deploys  abcd    default   2026-01-01T00:00:00.000000+00:00  -
                """);
    }

    @Test
    void keys_are_revoked_where_they_are_said_to_be() {
        server.answers(OWN + "/k1", 204, "");
        server.answers("/api/v2/application_keys/k2", 204, "");
        server.answers(API_KEYS + "/k3", 204, "");

        assertThat(shell.run("app-key", "revoke", "k1").out()).isEqualTo("Revoked k1.\n");
        assertThat(shell.run("app-key", "revoke", "--all", "k2").exitCode()).isZero();
        assertThat(shell.run("api-key", "revoke", "k3").exitCode()).isZero();
        assertThat(server.asked())
                .allSatisfy(asked -> assertThat(asked.method()).isEqualTo("DELETE"));
    }

    @Test
    void nonsense_is_wrong_usage_and_asks_nobody() {
        assertThat(shell.run("app-key", "create").exitCode()).isEqualTo(2);
        assertThat(shell.run("app-key", "revoke", " ").exitCode()).isEqualTo(2);
        assertThat(shell.run("app-key", "list", "--all", "--service-account", "x")
                        .exitCode())
                .isEqualTo(2);
        assertThat(shell.run("api-key", "revoke", " ").exitCode()).isEqualTo(2);
        assertThat(server.asked()).isEmpty();
    }
}
