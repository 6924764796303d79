package dev.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SatCommandsTest {

    private static final String ID = "0abefcae-90ed-4670-94ab-7cea6ca9fb6f";
    private static final String TOKENS = "/api/v2/service_accounts/" + ID + "/access_tokens";
    private static final String CREATED = """
            {"data":{"id":"t1","attributes":{"key":"ddsat_new","expires_at":null,"name":"ci"}}}
            """;

    private final TestServer server = new TestServer();
    private final TestShell shell = TestShell.at(server);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void a_new_token_is_all_that_standard_output_holds() {
        server.answers(TOKENS, 201, CREATED);

        var run = shell.run("sat", "create", ID, "--name", "ci", "--scopes", "monitors_read,metrics_read");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("ddsat_new\n");
        assertThat(run.err()).contains("t1", "once", "until it is revoked").doesNotContain("ddsat_new");
        assertThat(server.asked().getFirst().body())
                .contains("\"type\":\"service_access_tokens\"")
                .contains("\"scopes\":[\"monitors_read\",\"metrics_read\"]")
                .contains("\"expires_at\":\"2026-03-31T12:00:00Z\"");
    }

    @Test
    void only_who_asks_for_it_gets_a_token_without_an_end() {
        server.answers(TOKENS, 201, CREATED);

        shell.run("sat", "create", ID, "--name", "ci", "--scopes", "a", "--never-expires");

        assertThat(server.asked().getFirst().body()).doesNotContain("expires_at");
    }

    @Test
    void an_account_is_found_by_its_name() {
        server.answers(
                "/api/v2/users", 200, users(account("Deploy Bot", ID, true), account("Deploy Bot 2", "x", true)));
        server.answers(TOKENS, 200, """
                {"data":[{"id":"t1","attributes":{"name":"ci","scopes":["a"],"expires_at":null}}],
                 "meta":{"page":{"total_filtered_count":1}}}
                """);

        var run = shell.run("sat", "list", "deploy bot");

        assertThat(run.out()).isEqualTo("""
                ID  NAME  SCOPES  EXPIRES  LAST USED
                t1  ci    a       never    -
                """);
        assertThat(server.asked())
                .extracting(TestServer.Asked::target)
                .containsExactly(
                        "/api/v2/users?page%5Bsize%5D=100&filter=deploy%20bot",
                        TOKENS + "?page%5Bsize%5D=100&page%5Bnumber%5D=0&sort=name");
    }

    @Test
    void a_name_of_nobody_or_of_several_is_no_account() {
        server.answers("/api/v2/users", 200, users(account("Alice", "u1", false)));
        server.answers("/api/v2/users", 200, users(account("bot", "s1", true), account("bot", "s2", true)));

        var nobody = shell.run("sat", "list", "alice");
        var several = shell.run("sat", "revoke", "bot", "t1");

        assertThat(nobody.exitCode()).isEqualTo(5);
        assertThat(several.exitCode()).isEqualTo(2);
        assertThat(several.err()).contains("s1, s2");
    }

    @Test
    void a_token_is_revoked_under_its_account() {
        server.answers(TOKENS + "/a%2F..%2Fb", 204, "");

        var run = shell.run("sat", "revoke", ID, "a/../b");

        assertThat(run.exitCode()).isZero();
        assertThat(server.asked().getFirst().method()).isEqualTo("DELETE");
        assertThat(server.asked().getFirst().target()).isEqualTo(TOKENS + "/a%2F..%2Fb");
    }

    @Test
    void nonsense_is_wrong_usage_and_asks_nobody() {
        assertThat(shell.run("sat").exitCode()).isEqualTo(2);
        assertThat(shell.run("sat", "list", " ").exitCode()).isEqualTo(2);
        assertThat(shell.run("sat", "revoke", ID, " ").exitCode()).isEqualTo(2);
        assertThat(shell.run("sat", "create", ID, "--name", "a", "--scopes", "b", "--days", "366")
                        .exitCode())
                .isEqualTo(2);
        assertThat(shell.run("sat", "create", ID, "--name", "a", "--scopes", "b", "--days", "2", "--never-expires")
                        .exitCode())
                .isEqualTo(2);
        assertThat(server.asked()).isEmpty();
    }

    private static String account(String name, String id, boolean isServiceAccount) {
        return "{\"id\":\"" + id + "\",\"attributes\":{\"name\":\"" + name
                + "\",\"email\":\"ops@example.com\",\"service_account\":" + isServiceAccount + "}}";
    }

    private static String users(String... users) {
        return "{\"data\":[" + String.join(",", users) + "]}";
    }
}
