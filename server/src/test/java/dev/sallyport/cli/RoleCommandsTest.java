package dev.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoleCommandsTest {

    private static final String ROLES = "/api/v2/roles";
    private static final String PERMISSIONS = "/api/v2/permissions";
    private static final String ID = "0abefcae-90ed-4670-94ab-7cea6ca9fb6f";
    private static final String READERS = """
            {"type":"roles","id":"%s","attributes":{"name":"Readers","managed":false,"user_count":3,
            "created_at":"2026-03-01T00:00:00.000000+00:00"},
            "relationships":{"permissions":{"data":[{"type":"permissions","id":"p1"}]}}}
            """.formatted(ID);
    private static final String MORE_READERS =
            "{\"type\":\"roles\",\"id\":\"other\",\"attributes\":{\"name\":\"Readers of all\",\"managed\":true}}";
    private static final String KNOWN = """
            {"data":[{"id":"p2","attributes":{"name":"monitors_write"}},{"id":"p1","attributes":{"name":"monitors_read"}}]}
            """;
    private static final String ADA = """
            {"type":"users","id":"u1","attributes":{"email":"ada@acme.example","name":"Ada","status":"Active"}}
            """;

    private final TestServer server = new TestServer();
    private final TestShell shell = TestShell.at(server);

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void roles_are_listed_with_what_tells_them_apart() {
        server.answers(ROLES, 200, list(READERS, MORE_READERS));

        var run = shell.run("role", "list", "--filter", "read");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines().skip(1))
                .satisfiesExactly(
                        line -> assertThat(line).containsPattern(ID + " +Readers +custom +3 +1$"),
                        line -> assertThat(line).contains("Readers of all", "managed"));
        assertThat(server.asked())
                .singleElement()
                .satisfies(asked -> assertThat(asked.target()).contains("filter=read"));
    }

    @Test
    void a_name_means_the_role_of_that_name_alone() {
        server.answers(ROLES, 200, list(MORE_READERS, READERS))
                .answers(ROLES + "/" + ID, 200, one(READERS))
                .answers(ROLES + "/" + ID + "/permissions", 200, KNOWN);

        var byName = shell.run("role", "show", "readers");
        var byId = shell.run("role", "show", ID);
        var nobody = shell.run("role", "show", "Reader");

        assertThat(byName.exitCode()).isZero();
        assertThat(byName.out()).isEqualTo(byId.out()).endsWith("  monitors_read\n  monitors_write\n");
        assertThat(nobody.exitCode()).isEqualTo(5);
        assertThat(nobody.err()).contains("'Reader'");
    }

    @Test
    void a_role_is_shown_with_those_who_have_it() {
        server.answers(ROLES + "/" + ID, 200, one(READERS)).answers(ROLES + "/" + ID + "/users", 200, list(ADA));

        var run = shell.run("role", "show", ID, "--members");
        var json = shell.run("role", "show", ID, "--members", "--json");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Readers").endsWith("u1  ada@acme.example  Ada   Active  user\n");
        assertThat(Json.text(
                        Json.parse(json.out().getBytes(StandardCharsets.UTF_8))
                                .orElseThrow()
                                .path("members")
                                .path(0),
                        "id"))
                .isEqualTo("u1");
    }

    @Test
    void a_new_role_holds_the_permissions_of_those_names() {
        server.answers(PERMISSIONS, 200, KNOWN).answers(ROLES, 200, one(READERS));

        var run = shell.run("role", "create", "Readers", "--permissions", "monitors_read, monitors_write");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo(ID + "\n");
        assertThat(server.asked().getLast()).satisfies(asked -> {
            assertThat(asked.method()).isEqualTo("POST");
            var data = Json.parse(asked.body().getBytes(StandardCharsets.UTF_8))
                    .orElseThrow()
                    .path("data");
            assertThat(Json.text(data, "attributes", "name")).isEqualTo("Readers");
            assertThat(Json.items(Json.at(data, "relationships", "permissions", "data")))
                    .extracting(reference -> Json.text(reference, "type") + " " + Json.text(reference, "id"))
                    .containsExactly("permissions p1", "permissions p2");
        });
    }

    @Test
    void a_copy_is_made_by_the_server() {
        server.answers(ROLES, 200, list(READERS)).answers(ROLES + "/" + ID + "/clone", 200, one(MORE_READERS));

        var run = shell.run("role", "create", "Readers of all", "--copy-of", "Readers");
        var both = shell.run("role", "create", "x", "--copy-of", "Readers", "--permissions", "monitors_read");

        assertThat(run.out()).isEqualTo("other\n");
        assertThat(server.asked().getLast().body())
                .contains("\"name\":\"Readers of all\"")
                .doesNotContain("relationships");
        assertThat(both.exitCode()).isEqualTo(2);
    }

    @Test
    void a_permission_that_nobody_knows_stops_it_before_anything_is_changed() {
        server.answers(PERMISSIONS, 200, KNOWN);

        var created = shell.run("role", "create", "Readers", "--permissions", "monitors_raed");
        var granted = shell.run("role", "grant", ID, "monitors_read", "monitors_raed");

        assertThat(created.exitCode()).isEqualTo(5);
        assertThat(created.err()).contains("'monitors_raed'");
        assertThat(granted.exitCode()).isEqualTo(5);
        assertThat(server.asked()).extracting(TestServer.Asked::method).containsOnly("GET");
    }

    @ParameterizedTest
    @CsvSource({"grant, POST, Granted, to", "revoke, DELETE, Revoked, from"})
    void permissions_are_granted_and_revoked_by_name(String command, String method, String said, String preposition) {
        server.answers(PERMISSIONS, 200, KNOWN).answers(ROLES + "/" + ID + "/permissions", 200, KNOWN);

        var run = shell.run("role", command, ID, "monitors_write", "monitors_read");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo(said + " monitors_write, monitors_read " + preposition + " " + ID + ".\n");
        assertThat(server.asked().stream().skip(1))
                .satisfiesExactly(asked -> assertCall(asked, method, "p2"), asked -> assertCall(asked, method, "p1"));
    }

    private static void assertCall(TestServer.Asked asked, String method, String id) {
        assertThat(asked.method()).isEqualTo(method);
        assertThat(asked.target()).isEqualTo(ROLES + "/" + ID + "/permissions");
        assertThat(asked.body()).contains("\"type\":\"permissions\"", "\"id\":\"" + id + "\"");
    }

    @Test
    void a_refusal_is_told_with_the_exit_code_of_its_kind() {
        server.answers(PERMISSIONS, 200, KNOWN)
                .answers(ROLES + "/" + ID + "/permissions", 403, "{\"errors\":[\"Managed roles cannot be changed.\"]}");

        var run = shell.run("role", "grant", ID, "monitors_read");

        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("Managed roles cannot be changed.");
    }

    @ParameterizedTest
    @CsvSource({"add-member, POST, Added u1 to, true", "remove-member, DELETE, Removed u1 from, false"})
    void members_come_and_go_by_address(String command, String method, String said, boolean isMember) {
        server.answers("/api/v2/users", 200, list(ADA)).answers(ROLES + "/" + ID + "/users", 200, list(ADA));

        var run = shell.run("role", command, ID, "Ada@acme.example");
        var json = shell.run("role", command, ID, "u1", "--json");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo(said + " " + ID + ".\n");
        assertThat(json.out()).contains("\"member\" : " + isMember);
        assertThat(server.asked().getLast()).satisfies(asked -> {
            assertThat(asked.method()).isEqualTo(method);
            assertThat(asked.target()).isEqualTo(ROLES + "/" + ID + "/users");
            assertThat(asked.body()).contains("\"type\":\"users\"", "\"id\":\"u1\"");
        });
    }

    @Test
    void a_role_is_deleted_by_its_name() {
        server.answers(ROLES, 200, list(READERS)).answers(ROLES + "/" + ID, 204, "");

        var run = shell.run("role", "delete", "Readers");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("Deleted " + ID + ".\n");
        assertThat(server.asked().getLast().method()).isEqualTo("DELETE");
    }

    private static String one(String item) {
        return "{\"data\":" + item + "}";
    }

    private static String list(String... items) {
        return "{\"data\":[" + String.join(",", items) + "],\"meta\":{\"page\":{\"total_filtered_count\":"
                + items.length + "}}}";
    }
}
