package dev.sallyport.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.http.FakeRequest;
import dev.sallyport.http.Problem;
import dev.sallyport.http.Reply;
import dev.sallyport.identity.Caller;
import dev.sallyport.permission.ManagedRole;
import dev.sallyport.sql.TestDatabase;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class CustomRolesTest {

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_custom_role_is_created_with_what_everybody_holds_and_its_own(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var ann = admin(test, "Acme");

            var role = test.json("CreateRole", ann, RoleRequests.create("Pagers", test.ids("monitors_write")));

            var id = role.at("/data/id").asString();
            assertThat(role.at("/data/attributes/name").asString()).isEqualTo("Pagers");
            assertThat(role.at("/data/attributes/managed").asBoolean()).isFalse();
            assertThat(role.at("/data/attributes/user_count").asInt()).isZero();
            assertThat(permissions(role))
                    .containsAll(test.ids("monitors_write", "monitors_read"))
                    .doesNotContainAnyElementsOf(test.ids("dashboards_write"));
            assertThat(test.json("GetRole", ann, RoleRequests.role(id))).isEqualTo(role);
            assertThat(test.trail(ann.organization().id())).endsWith("ROLE_CREATED");
            assertThat(test.applied.getLast())
                    .isEqualTo(CreateRole.change(ann.organization().id()));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void one_name_in_another_spelling_is_taken(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var ann = admin(test, "Acme");
            var pagers = test.role(ann, "Pagers");
            var readers = test.role(ann, "Readers");
            var taken = new Problem(409, "name_taken", "A role with the same name already exists");

            assertThat(test.call("CreateRole", ann, RoleRequests.create("PAGERS", List.of())))
                    .isEqualTo(taken);
            assertThat(test.call("CreateRole", ann, RoleRequests.create("datadog admin role", List.of())))
                    .isEqualTo(taken);
            assertThat(test.call("CloneRole", ann, RoleRequests.copy(pagers, "readers")))
                    .isEqualTo(taken);
            assertThat(test.call("UpdateRole", ann, RoleRequests.rename(pagers, "READERS")))
                    .isEqualTo(taken);
            assertThat(test.status("UpdateRole", ann, RoleRequests.rename(readers, "READERS")))
                    .isEqualTo(200);
            assertThat(test.status("CreateRole", admin(test, "Other"), RoleRequests.create("Pagers", List.of())))
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"data\":{\"attributes\":{\"name\":\"a\"}}}",
                "{\"data\":{\"type\":\"users\",\"attributes\":{\"name\":\"a\"}}}",
                "{\"data\":{\"type\":\"roles\"}}",
                "{\"data\":{\"type\":\"roles\",\"attributes\":{}}}",
                "{\"data\":{\"type\":\"roles\",\"attributes\":{\"name\":\" \"}}}",
                "{\"data\":{\"type\":\"roles\",\"attributes\":{\"name\":\"a\\u202eb\"}}}",
                "{\"data\":{\"type\":\"roles\",\"attributes\":{\"name\":\"a\"},\"relationships\":"
                        + "{\"permissions\":{}}}}",
                "{\"data\":{\"type\":\"roles\",\"attributes\":{\"name\":\"a\"},\"relationships\":"
                        + "{\"permissions\":{\"data\":[null]}}}}",
                "{\"data\":{\"type\":\"roles\",\"attributes\":{\"name\":\"a\"},\"relationships\":"
                        + "{\"permissions\":{\"data\":[{\"type\":\"permissions\",\"id\":\"7\"}]}}}}",
                "{\"data\":{\"type\":\"roles\",\"attributes\":{\"name\":\"a\"},\"relationships\":"
                        + "{\"permissions\":{\"data\":[{\"type\":\"permissions\","
                        + "\"id\":\"00000000-0000-0000-0000-000000000001\"}]}}}}"
            })
    void nonsense_creates_nothing(String body) {
        try (var test = TestDirectory.open(TestDatabase.SQLITE)) {
            var ann = admin(test, "Acme");

            var status = test.status("CreateRole", ann, FakeRequest.post("/api/v2/roles", body));

            assertThat(status).isEqualTo(400);
            assertThat(test.json("ListRoles", ann, FakeRequest.get("/api/v2/roles"))
                            .at("/meta/page/total_count")
                            .asInt())
                    .isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_role_is_renamed_and_its_permissions_replaced(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var ann = admin(test, "Acme");
            var id = test.role(ann, "Pagers", "monitors_write", "dashboards_write");

            var renamed = test.json("UpdateRole", ann, RoleRequests.rename(id, "Watchers"));
            var replaced = test.json(
                    "UpdateRole", ann, RoleRequests.holding(id, test.ids("dashboards_write", "notebooks_write")));

            assertThat(renamed.at("/data/attributes/name").asString()).isEqualTo("Watchers");
            assertThat(permissions(renamed)).containsAll(test.ids("monitors_write", "dashboards_write"));
            assertThat(replaced.at("/data/attributes/name").asString()).isEqualTo("Watchers");
            assertThat(permissions(replaced))
                    .containsAll(test.ids("dashboards_write", "notebooks_write"))
                    .doesNotContainAnyElementsOf(test.ids("monitors_write"));
            assertThat(test.trail(ann.organization().id())).endsWith("ROLE_CREATED", "ROLE_EDITED", "ROLE_EDITED");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void an_edit_that_names_another_role_is_refused(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var ann = admin(test, "Acme");
            var id = test.role(ann, "Pagers");
            var other = test.role(ann, "Readers");

            var answer =
                    test.call("UpdateRole", ann, RoleRequests.rename(other, "X").withPathParameter("role_id", id));

            assertThat(answer)
                    .isEqualTo(new Problem(
                            422,
                            "wrong_id",
                            "The id attribute in the request body does not match the role_id in the URL"));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_deleted_role_is_taken_from_everybody(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var ann = admin(test, "Acme");
            var bob = test.added(ann.organization(), "bob@acme.example", ManagedRole.READ_ONLY);
            var id = test.role(ann, "Pagers", "monitors_write");
            test.json("AddUserToRole", ann, RoleRequests.member(id, bob));

            var answer = test.call("DeleteRole", ann, RoleRequests.role(id));
            var again = test.status("DeleteRole", ann, RoleRequests.role(id));

            assertThat(answer).isEqualTo(Reply.noContent());
            assertThat(again).isEqualTo(404);
            assertThat(test.fact(bob).roles()).hasSize(1);
            assertThat(test.authorityOf(bob).holds(test.permissions.require("monitors_write")))
                    .isFalse();
            assertThat(test.trail(ann.organization().id())).endsWith("ROLE_MEMBER_ADDED", "ROLE_DELETED");
            assertThat(test.applied.getLast())
                    .isEqualTo(CreateRole.change(ann.organization().id()));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_copy_holds_what_its_original_holds_and_has_no_members(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var ann = admin(test, "Acme");
            var original = test.roleNamed(ann, ManagedRole.STANDARD);

            var copy = test.json("CloneRole", ann, RoleRequests.copy(original, "Our standard"));

            assertThat(copy.at("/data/attributes/managed").asBoolean()).isFalse();
            assertThat(copy.at("/data/attributes/user_count").asInt()).isZero();
            assertThat(permissions(copy))
                    .containsExactlyInAnyOrderElementsOf(
                            permissions(test.json("GetRole", ann, RoleRequests.role(original))));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_permission_is_added_and_removed_and_the_whole_list_answered(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var ann = admin(test, "Acme");
            var id = test.role(ann, "Pagers");
            var permission = test.ids("monitors_write").getFirst();

            var added = test.json("AddPermissionToRole", ann, RoleRequests.permission(id, permission));
            var again = test.json("AddPermissionToRole", ann, RoleRequests.permission(id, permission));
            var removed = test.json("RemovePermissionFromRole", ann, RoleRequests.permission(id, permission));
            var gone = test.json("RemovePermissionFromRole", ann, RoleRequests.permission(id, permission));

            assertThat(ids(added.get("data"))).contains(permission).containsAll(test.ids("monitors_read"));
            assertThat(again).isEqualTo(added);
            assertThat(ids(removed.get("data"))).doesNotContain(permission).containsAll(test.ids("monitors_read"));
            assertThat(gone).isEqualTo(removed);
            assertThat(test.trail(ann.organization().id()))
                    .endsWith("ROLE_CREATED", "ROLE_PERMISSION_ADDED", "ROLE_PERMISSION_REMOVED");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void what_everybody_holds_is_neither_added_nor_removed(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var ann = admin(test, "Acme");
            var id = test.role(ann, "Pagers");
            var restricted =
                    RoleRequests.permission(id, test.ids("monitors_read").getFirst());
            var unknown = RoleRequests.permission(id, UUID.randomUUID().toString());

            assertThat(test.status("AddPermissionToRole", ann, restricted)).isEqualTo(400);
            assertThat(test.status("RemovePermissionFromRole", ann, restricted)).isEqualTo(400);
            assertThat(test.status("AddPermissionToRole", ann, unknown)).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_member_is_added_and_removed_and_the_members_answered(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var ann = admin(test, "Acme");
            var bob = test.added(ann.organization(), "bob@acme.example", ManagedRole.READ_ONLY);
            var id = test.role(ann, "Pagers", "monitors_write");

            var added = test.json("AddUserToRole", ann, RoleRequests.member(id, bob));
            var again = test.json("AddUserToRole", ann, RoleRequests.member(id, bob));
            var held = test.authorityOf(bob);
            var removed = test.json("RemoveUserFromRole", ann, RoleRequests.member(id, bob));

            assertThat(ids(added.get("data"))).containsExactly(bob.id().toString());
            assertThat(again).isEqualTo(added);
            assertThat(held.holds(test.permissions.require("monitors_write"))).isTrue();
            assertThat(ids(removed.get("data"))).isEmpty();
            assertThat(test.authorityOf(bob).holds(test.permissions.require("monitors_write")))
                    .isFalse();
            assertThat(test.trail(ann.organization().id()))
                    .endsWith("ROLE_CREATED", "ROLE_MEMBER_ADDED", "ROLE_MEMBER_REMOVED");
            assertThat(test.applied).endsWith(AddUser.change(bob), AddUser.change(bob));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_managed_role_is_given_but_never_changed(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var ann = admin(test, "Acme");
            var bob = test.added(ann.organization(), "bob@acme.example", ManagedRole.READ_ONLY);
            var id = test.roleNamed(ann, ManagedRole.STANDARD);
            var permission = test.ids("org_management").getFirst();

            assertThat(test.status("UpdateRole", ann, RoleRequests.rename(id, "Ours")))
                    .isEqualTo(403);
            assertThat(test.status("UpdateRole", ann, RoleRequests.holding(id, List.of())))
                    .isEqualTo(403);
            assertThat(test.status("DeleteRole", ann, RoleRequests.role(id))).isEqualTo(403);
            assertThat(test.status("AddPermissionToRole", ann, RoleRequests.permission(id, permission)))
                    .isEqualTo(403);
            assertThat(test.status("RemovePermissionFromRole", ann, RoleRequests.permission(id, permission)))
                    .isEqualTo(403);
            assertThat(test.status("AddUserToRole", ann, RoleRequests.member(id, bob)))
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void nothing_of_another_organization_is_found(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var ann = admin(test, "Acme");
            var eve = admin(test, "Other");
            var bob = test.added(ann.organization(), "bob@acme.example", ManagedRole.READ_ONLY);
            var foreign = test.role(ann, "Pagers", "monitors_write");
            var own = test.role(eve, "Pagers");
            var permission = test.ids("monitors_write").getFirst();

            for (var id : List.of(foreign, "7")) {
                assertThat(test.status("UpdateRole", eve, RoleRequests.rename(id, "X")))
                        .isEqualTo(404);
                assertThat(test.status("DeleteRole", eve, RoleRequests.role(id)))
                        .isEqualTo(404);
                assertThat(test.status("CloneRole", eve, RoleRequests.copy(id, "X")))
                        .isEqualTo(404);
                assertThat(test.status("AddPermissionToRole", eve, RoleRequests.permission(id, permission)))
                        .isEqualTo(404);
                assertThat(test.status("RemovePermissionFromRole", eve, RoleRequests.permission(id, permission)))
                        .isEqualTo(404);
                assertThat(test.status("AddUserToRole", eve, RoleRequests.member(id, eve.principal())))
                        .isEqualTo(404);
                assertThat(test.status("RemoveUserFromRole", eve, RoleRequests.member(id, bob)))
                        .isEqualTo(404);
            }
            assertThat(test.status("AddUserToRole", eve, RoleRequests.member(own, bob)))
                    .isEqualTo(404);
            assertThat(test.fact(bob).roles()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void the_last_active_administrator_keeps_the_role(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var ann = admin(test, "Acme");
            var bob = test.added(ann.organization(), "bob@acme.example", ManagedRole.ADMIN);
            var id = test.roleNamed(ann, ManagedRole.ADMIN);

            var first = test.status("RemoveUserFromRole", ann, RoleRequests.member(id, bob));
            var last = test.status("RemoveUserFromRole", ann, RoleRequests.member(id, ann.principal()));

            assertThat(first).isEqualTo(200);
            assertThat(last).isEqualTo(400);
            assertThat(test.fact(ann.principal()).roles()).hasSize(1);
        }
    }

    private static Caller admin(TestDirectory test, String organization) {
        var founded = test.founded(organization, "ann@acme.example");
        return test.signedIn(founded.organization(), founded.admin());
    }

    private static List<String> permissions(JsonNode role) {
        return ids(role.at("/data/relationships/permissions/data"));
    }

    private static List<String> ids(JsonNode data) {
        return data.valueStream().map(node -> node.get("id").asString()).toList();
    }
}
