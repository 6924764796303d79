package dev.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class CredentialCommandsTest {

    private static final String PATH = "/sallyport/v1/credentials";
    private static final String REVOKE = PATH + "/revoke";
    private static final String TOKEN = """
            {"id":"c1","kind":"personal_access_token","name":"laptop","owner":{"id":"u1","kind":"user","name":"Ada",
            "email":"ada@acme.example"},"scopes":["monitors_read"],"addresses":[],"minted_by":"c0","creator":"u1",
            "created_at":"2026-01-01T00:00:00Z","last_used_at":null,"expires_at":"2026-04-01T00:00:00Z"
            """;
    private static final String BOTS_KEY = """
            {"id":"c2","kind":"application_key","name":"deploys","owner":{"id":"s1","kind":"service_account",
            "name":"CI","email":"ada@acme.example"},"scopes":null,"expires_at":null}
            """;
    private static final String API_KEY = """
            {"id":"c3","kind":"api_key","name":"intake","owner":null,"scopes":null,"expires_at":null}
            """;

    private final TestServer server = new TestServer();
    private final TestShell shell = TestShell.at(server);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void every_page_is_listed_with_what_tells_credentials_apart() {
        server.answers(PATH, 200, page("\"next one\"", TOKEN + "}", BOTS_KEY))
                .answers(PATH, 200, page("null", API_KEY));

        var run = shell.run("credential", "list");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("""
                ID  KIND                   NAME     OWNER             SCOPES         EXPIRES               LAST USED
                c1  personal_access_token  laptop   ada@acme.example  monitors_read  2026-04-01T00:00:00Z  -
                c2  application_key        deploys  CI                everything     never                 -
                c3  api_key                intake   -                 -              never                 -
                """);
        assertThat(server.asked())
                .extracting(TestServer.Asked::target)
                .containsExactly(PATH + "?limit=1000", PATH + "?limit=1000&cursor=next%20one");
    }

    @Test
    void the_json_of_a_list_is_one_array_of_all_pages() {
        server.answers(PATH, 200, page("\"x\"", TOKEN + "}")).answers(PATH, 200, page("null", API_KEY));

        var run = shell.run("credential", "list", "--json");

        assertThat(JsonMapper.shared().readTree(run.out()))
                .extracting(credential -> credential.path("id").stringValue())
                .containsExactly("c1", "c3");
    }

    @Test
    void every_option_of_a_filter_is_asked_for() {
        server.answers(PATH, 200, page("null"));

        shell.run(
                ("credential list --kind api_key,application_key --owner u1 --creator u2 --minted-by c0 --scope a:b --name x"
                                + " --created-after t1 --created-before t2 --last-used-before t3 --never-used --expires-before t4"
                                + " --never-expires")
                        .split(" "));

        assertThat(server.asked())
                .singleElement()
                .extracting(TestServer.Asked::target)
                .isEqualTo(PATH
                        + "?limit=1000&kind=api_key&kind=application_key&owner=u1&creator=u2&minted_by=c0&scope=a%3Ab&name=x"
                        + "&created_after=t1&created_before=t2&last_used_before=t3&never_used=true&expires_before=t4"
                        + "&expires=never");
    }

    @Test
    void an_owner_may_be_named_by_address() {
        server.answers(PATH, 200, page("null")).answers("/api/v2/users", 200, """
                {"data":[{"id":"u1","attributes":{"email":"Ada@acme.example"}}],
                 "meta":{"page":{"total_filtered_count":1}}}
                """);

        shell.run("credential", "list", "--owner", "ada@acme.example");

        assertThat(server.asked().getLast().target()).endsWith("&owner=u1");
    }

    @Test
    void one_is_shown_with_what_minted_it() {
        server.answers(PATH + "/c1", 200, TOKEN + """
                ,"ancestors":[{"id":"c0","kind":"personal_access_token","name":"setup","live":false}],"descendants":4}
                """);

        var run = shell.run("credential", "show", "c1");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("descendants  4", "ada@acme.example")
                .endsWith("c0         personal_access_token  setup  no\n");
    }

    @Test
    void a_revocation_only_shows_what_it_would_revoke() {
        server.answers(REVOKE, 200, found(3, true, TOKEN + "}", API_KEY));

        var run = shell.run("credential", "revoke", "--name", "laptop");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .startsWith("Found 3: 1 api_key, 2 personal_access_token. The first 2:\n")
                .contains("c1", "c3");
        assertThat(run.err()).contains("Nothing is revoked yet", "--yes");
        assertThat(server.asked())
                .singleElement()
                .extracting(TestServer.Asked::body)
                .isEqualTo(
                        "{\"filter\":{\"name\":\"laptop\"},\"with_descendants\":false,\"include_own\":false,\"dry_run\":true}");
    }

    @Test
    void what_is_confirmed_is_revoked_if_it_is_what_was_found() {
        server.answers(REVOKE, 200, found(3, true, TOKEN + "}")).answers(REVOKE, 200, found(3, true));

        var run = shell.run(
                "credential revoke --never-used --with-descendants --include-own --reason spring --yes".split(" "));

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Found 3").endsWith("Revoked 3.\n");
        assertThat(server.asked())
                .extracting(TestServer.Asked::body)
                .last()
                .asString()
                .isEqualTo("{\"filter\":{\"never_used\":true},\"with_descendants\":true,\"include_own\":true,"
                        + "\"reason\":\"spring\",\"dry_run\":false,\"expect\":3}");
    }

    @Test
    void what_changed_in_between_is_refused() {
        server.answers(REVOKE, 200, found(3, true, TOKEN + "}"))
                .answers(REVOKE, 409, "{\"code\":\"not_as_expected\",\"detail\":\"The filter finds 4 now.\"}");

        var run = shell.run("credential", "revoke", "--all", "--yes");

        assertThat(run.exitCode()).isEqualTo(6);
        assertThat(run.err()).contains("finds 4 now");
        assertThat(run.out()).doesNotContain("Revoked");
        assertThat(server.asked().getFirst().body()).contains("\"filter\":{\"all\":true}");
    }

    @Test
    void what_one_call_leaves_is_told() {
        server.answers(REVOKE, 200, found(10_000, false, TOKEN + "}"));

        var run = shell.run("credential", "revoke", "--all", "--yes", "--json");

        assertThat(JsonMapper.shared().readTree(run.out()).path("complete").booleanValue())
                .isFalse();
        assertThat(run.err()).contains("Run the same command again");
    }

    @Test
    void where_nothing_matches_nothing_is_revoked() {
        server.answers(REVOKE, 200, found(0, true));

        var run = shell.run("credential", "revoke", "--name", "nobody's", "--yes");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("Nothing matches");
        assertThat(server.asked()).hasSize(1);
    }

    @Test
    void without_the_permission_it_ends_as_every_command_does() {
        server.answers(REVOKE, 403, "{\"code\":\"permission_missing\",\"detail\":\"org_app_keys_write is missing.\"}");

        var run = shell.run("credential", "revoke", "--all", "--yes");

        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(server.asked()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "credential revoke --yes",
                "credential revoke --yes --all --name x",
                "credential revoke --yes --never-used --owner=",
                "credential revoke --yes --never-used --kind=",
                "credential list --name=",
                "credential show"
            })
    void a_filter_that_may_be_a_mistake_is_wrong_usage_and_asks_nobody(String command) {
        var run = shell.run(command.split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(server.asked()).isEmpty();
    }

    private static String page(String cursor, String... credentials) {
        return "{\"credentials\":[" + String.join(",", credentials) + "],\"next_cursor\":" + cursor + "}";
    }

    private static String found(int count, boolean isComplete, String... sample) {
        return "{\"count\":" + count + ",\"complete\":" + isComplete
                + ",\"kinds\":{\"api_key\":1,\"personal_access_token\":2},\"sample\":[" + String.join(",", sample)
                + "]}";
    }
}
