package dev.sallyport.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.audit.Actor;
import dev.sallyport.http.FakeRequest;
import dev.sallyport.http.Problem;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.Organization;
import dev.sallyport.permission.ManagedRole;
import dev.sallyport.sql.TestDatabase;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class RolesTest {

    private static final FakeRequest ROLES = FakeRequest.get("/api/v2/roles");

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void roles_are_listed_as_the_contract_has_them(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var caller = adminOf(test, "Acme");
            adminOf(test, "Other");

            var json = test.json("ListRoles", caller, ROLES);

            assertThat(json.at("/meta/page")).hasToString("{\"total_count\":3,\"total_filtered_count\":3}");
            assertThat(names(json))
                    .containsExactly("Datadog Admin Role", "Datadog Read Only Role", "Datadog Standard Role");
            var role = json.at("/data/0");
            assertThat(role.get("type").asString()).isEqualTo("roles");
            assertThat(role.get("attributes"))
                    .hasToString("{\"name\":\"Datadog Admin Role\",\"managed\":true,"
                            + "\"created_at\":\"2026-11-23T12:00:00.000001+00:00\","
                            + "\"modified_at\":\"2026-11-23T12:00:00.000001+00:00\",\"user_count\":1}");
            assertThat(role.at("/relationships/permissions/data/0/type").asString())
                    .isEqualTo("permissions");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "name, Datadog Admin Role, Datadog Standard Role",
        "-name, Datadog Standard Role, Datadog Admin Role",
        "modified_at, Datadog Admin Role, Datadog Standard Role",
        "-modified_at, Datadog Admin Role, Datadog Standard Role",
        "user_count, Datadog Read Only Role, Datadog Standard Role",
        "-user_count, Datadog Standard Role, Datadog Read Only Role"
    })
    void roles_are_sorted_by_what_was_asked_for(String sort, String first, String last) {
        try (var test = TestDirectory.open(TestDatabase.SQLITE)) {
            var caller = adminOf(test, "Acme");
            test.added(caller.organization(), "bob@acme.example", ManagedRole.STANDARD);
            test.added(caller.organization(), "cat@acme.example", ManagedRole.STANDARD);

            var names = names(test.json("ListRoles", caller, ROLES.withQuery("sort", sort)));

            assertThat(names.getFirst()).isEqualTo(first);
            assertThat(names.getLast()).isEqualTo(last);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void roles_are_paged_and_filtered(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var caller = adminOf(test, "Acme");
            var id = test.json("ListRoles", caller, ROLES).at("/data/1/id").asString();

            var second = test.json(
                    "ListRoles", caller, ROLES.withQuery("page[size]", "2").withQuery("page[number]", "1"));
            var beyond = test.json("ListRoles", caller, ROLES.withQuery("page[number]", "7"));
            var filtered = test.json("ListRoles", caller, ROLES.withQuery("filter", "READ only"));
            var byId = test.json("ListRoles", caller, ROLES.withQuery("filter[id]", id + "," + UUID.randomUUID()));

            assertThat(names(second)).containsExactly("Datadog Standard Role");
            assertThat(names(beyond)).isEmpty();
            assertThat(names(filtered)).containsExactly("Datadog Read Only Role");
            assertThat(filtered.at("/meta/page")).hasToString("{\"total_count\":3,\"total_filtered_count\":1}");
            assertThat(names(byId)).containsExactly("Datadog Read Only Role");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "page[size], 0", "page[size], 1001", "page[size], -1", "page[size], ten", "page[size], ١٠", "page[size], ''",
        "page[number], -1", "page[number], 1e3", "page[number], 99999999999", "sort, title", "sort, --name", "sort, ''",
        "filter[id], 7", "filter[id], ''", "page[limit], 5", "Filter, a"
    })
    void nonsense_in_the_query_is_refused(String name, String value) {
        try (var test = TestDirectory.open(TestDatabase.SQLITE)) {
            var caller = adminOf(test, "Acme");

            assertThat(test.status("ListRoles", caller, ROLES.withQuery(name, value)))
                    .isEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"page[size]", "sort", "filter"})
    void a_repeated_or_oversized_parameter_is_refused(String name) {
        try (var test = TestDirectory.open(TestDatabase.SQLITE)) {
            var caller = adminOf(test, "Acme");
            var repeated = ROLES.withQuery(name, "1").withQuery(name, "1");
            var oversized = ROLES.withQuery(name, "9".repeat(256));
            var manyIds = ROLES.withQuery("filter[id]", (UUID.randomUUID() + ",").repeat(101));

            assertThat(test.status("ListRoles", caller, repeated)).isEqualTo(400);
            assertThat(test.status("ListRoles", caller, oversized)).isEqualTo(400);
            assertThat(test.status("ListRoles", caller, manyIds)).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void one_role_is_read_with_its_permissions(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var caller = adminOf(test, "Acme");
            var id = roleId(test, caller, "Datadog Read Only Role");
            var request = FakeRequest.get("/api/v2/roles/" + id).withPathParameter("role_id", id);

            var role = test.json("GetRole", caller, request);
            var permissions = test.json("ListRolePermissions", caller, request);

            assertThat(role.at("/data/id").asString()).isEqualTo(id);
            var expected = test.permissions.all().stream()
                    .filter(permission -> permission.isAssignable() && ManagedRole.READ_ONLY.holds(permission))
                    .map(permission -> permission.id().toString())
                    .toList();
            assertThat(ids(role.at("/data/relationships/permissions"))).isEqualTo(expected);
            assertThat(ids(permissions)).isEqualTo(expected).hasSizeGreaterThan(10);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_role_of_another_organization_is_not_found(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var caller = adminOf(test, "Acme");
            var foreign = roleId(test, adminOf(test, "Other"), "Datadog Admin Role");

            for (var id : List.of(foreign, UUID.randomUUID().toString(), "7", "1-1-1-1-1", "")) {
                var request = FakeRequest.get("/api/v2/roles/x").withPathParameter("role_id", id);
                for (var operation : List.of("GetRole", "ListRolePermissions", "ListRoleUsers")) {
                    assertThat(test.call(operation, caller, request))
                            .as("%s %s", operation, id)
                            .isEqualTo(new Problem(404, "not_found", "Role not found"));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void the_users_of_a_role_are_paged_sorted_and_filtered(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var caller = adminOf(test, "Acme");
            var acme = caller.organization();
            add(test, acme, "zoe@acme.example", "alpha");
            add(test, acme, "Yan@acme.example", "Beta_1");
            add(test, acme, "xia@acme.example", "gamma");
            var gone = test.added(acme, "gone@acme.example", ManagedRole.STANDARD);
            test.directory.change(Actor.operator(acme.id()), gone.id(), ChangeStanding.To.REMOVED);
            var id = roleId(test, caller, "Datadog Standard Role");
            var request = FakeRequest.get("/api/v2/roles/" + id + "/users").withPathParameter("role_id", id);

            var byName = test.json("ListRoleUsers", caller, request);
            var byEmail = test.json(
                    "ListRoleUsers", caller, request.withQuery("sort", "-email").withQuery("page[size]", "2"));
            var next = test.json(
                    "ListRoleUsers",
                    caller,
                    request.withQuery("page[size]", "2").withQuery("page[number]", "1"));
            var filtered = test.json("ListRoleUsers", caller, request.withQuery("filter", "A_"));
            var literal = test.json("ListRoleUsers", caller, request.withQuery("filter", "%"));

            assertThat(names(byName)).containsExactly("alpha", "Beta_1", "gamma");
            assertThat(ids(byName.at("/data/0/relationships/roles"))).containsExactly(id);
            assertThat(names(byEmail)).containsExactly("alpha", "Beta_1");
            assertThat(names(next)).containsExactly("gamma");
            assertThat(names(filtered)).containsExactly("Beta_1");
            assertThat(filtered.at("/meta/page")).hasToString("{\"total_count\":3,\"total_filtered_count\":1}");
            assertThat(names(literal)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void the_users_of_a_role_are_sorted_by_status(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var caller = adminOf(test, "Acme");
            var acme = caller.organization();
            test.added(acme, "ann@acme.example", ManagedRole.STANDARD);
            var bob = test.added(acme, "bob@acme.example", ManagedRole.STANDARD);
            test.directory.change(Actor.operator(acme.id()), bob.id(), ChangeStanding.To.DISABLED);
            var id = roleId(test, caller, "Datadog Standard Role");
            var request = FakeRequest.get("/api/v2/roles/" + id + "/users").withPathParameter("role_id", id);

            var up = test.json("ListRoleUsers", caller, request.withQuery("sort", "status"));
            var down = test.json("ListRoleUsers", caller, request.withQuery("sort", "-status"));

            assertThat(names(up)).containsExactly("ann@acme.example", "bob@acme.example");
            assertThat(names(down)).containsExactly("bob@acme.example", "ann@acme.example");
        }
    }

    @ParameterizedTest
    @CsvSource({"sort, user_count", "filter[id], 7", "page[size], 0"})
    void nonsense_about_the_users_of_a_role_is_refused(String name, String value) {
        try (var test = TestDirectory.open(TestDatabase.SQLITE)) {
            var caller = adminOf(test, "Acme");
            var id = roleId(test, caller, "Datadog Admin Role");
            var request = FakeRequest.get("/api/v2/roles/" + id + "/users").withPathParameter("role_id", id);

            assertThat(test.status("ListRoleUsers", caller, request.withQuery(name, value)))
                    .isEqualTo(400);
        }
    }

    private static Caller adminOf(TestDirectory test, String organization) {
        var founded = test.founded(organization, "admin@acme.example");
        return TestDirectory.caller(founded.organization(), founded.admin());
    }

    private static void add(TestDirectory test, Organization organization, String email, String name) {
        var result = test.directory.addUser(
                Actor.operator(organization.id()), new AddUser.Request(email, name, ManagedRole.STANDARD));
        assertThat(result).isInstanceOf(AddUser.Result.Added.class);
    }

    private static String roleId(TestDirectory test, Caller caller, String name) {
        var json = test.json("ListRoles", caller, ROLES.withQuery("filter", name));
        return json.at("/data/0/id").asString();
    }

    private static List<String> names(JsonNode json) {
        return json.get("data")
                .valueStream()
                .map(node -> node.at("/attributes/name").asString())
                .toList();
    }

    private static List<String> ids(JsonNode json) {
        return json.get("data")
                .valueStream()
                .map(node -> node.get("id").asString())
                .toList();
    }
}
