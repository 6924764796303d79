package dev.sallyport.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.http.FakeRequest;
import dev.sallyport.http.Method;
import dev.sallyport.http.Problem;
import dev.sallyport.identity.Principal;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.permission.ManagedRole;
import dev.sallyport.sql.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class UsersTest {

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_created_user_is_pending_and_has_the_roles(TestDatabase kind) {
        try (var users = TestUsers.open(kind)) {
            var role = users.test.roleNamed(users.ann, ManagedRole.STANDARD);

            var json = users.json("CreateUser", users.ann, TestUsers.creation("bob@acme.example", role));

            assertThat(json.at("/data/attributes/status").asString()).isEqualTo("Pending");
            assertThat(json.at("/data/attributes/verified").asBoolean()).isFalse();
            assertThat(json.at("/data/attributes/name").asString()).isEqualTo("Bob");
            assertThat(json.at("/data/attributes/title").asString()).isEqualTo("Builder");
            assertThat(json.at("/data/relationships/roles/data/0/id").asString())
                    .isEqualTo(role);
            assertThat(users.fact(json.at("/data/id").asString()).principal().isActive())
                    .isFalse();
            assertThat(users.trail()).endsWith("USER_ADDED");
            assertThat(users.test.applied.getLast().kind()).isEqualTo(Directory.PRINCIPAL);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void an_address_is_taken_in_any_spelling_until_its_user_is_removed(TestDatabase kind) {
        try (var users = TestUsers.open(kind)) {
            var bob = users.created("bob@acme.example");

            var whileDisabled = disabledThen(users, bob, "BOB@Acme.example");
            users.status("RemoveUser", users.ann, TestUsers.of(Method.DELETE, id(bob)));
            var afterwards = users.created("BOB@Acme.example");

            assertThat(whileDisabled).isEqualTo(409);
            assertThat(afterwards.principal().id()).isNotEqualTo(id(bob));
        }
    }

    private static int disabledThen(TestUsers users, PrincipalFact user, String email) {
        users.status("DisableUser", users.ann, TestUsers.of(Method.DELETE, id(user)));
        return users.status("CreateUser", users.ann, TestUsers.creation(email));
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void what_makes_no_user_is_refused(TestDatabase kind) {
        try (var users = TestUsers.open(kind)) {
            var other = users.test.founded("Other", "eve@other.example");
            var eve = users.test.signedIn(other.organization(), other.admin());
            var foreign = users.test.roleNamed(eve, ManagedRole.READ_ONLY);
            var before = users.trail();

            assertThat(users.status("CreateUser", users.ann, TestUsers.creation("no address")))
                    .isEqualTo(400);
            assertThat(users.status("CreateUser", users.ann, TestUsers.creation("bob@acme.example", foreign)))
                    .isEqualTo(400);
            assertThat(users.status("CreateUser", users.ann, FakeRequest.post("/api/v2/users", "{}")))
                    .isEqualTo(400);
            assertThat(users.trail()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void the_list_is_paged_ordered_and_filtered(TestDatabase kind) {
        try (var users = TestUsers.open(kind)) {
            users.test.pass(Duration.ofMinutes(1));
            var bob = users.created("bob@acme.example");
            var cat = users.joins("cat@acme.example", ManagedRole.READ_ONLY).principal();
            users.status("DisableUser", users.ann, TestUsers.of(Method.DELETE, cat.id()));
            users.serviceAccount("deployer", ManagedRole.READ_ONLY);
            var gone = users.created("gone@acme.example");
            users.status("RemoveUser", users.ann, TestUsers.of(Method.DELETE, id(gone)));

            var all = list(users, Map.of("sort", "name", "sort_dir", "asc"));
            assertThat(names(all)).containsExactly("ann@acme.example", "Bob", "cat@acme.example", "deployer");
            assertThat(all.at("/meta/page/total_count").asInt()).isEqualTo(4);
            assertThat(names(list(users, Map.of())))
                    .containsExactly("deployer", "cat@acme.example", "Bob", "ann@acme.example");
            assertThat(names(list(users, Map.of("sort_dir", "asc", "page[size]", "2", "page[number]", "1"))))
                    .containsExactly("cat@acme.example", "deployer");
            assertThat(names(list(users, Map.of("sort", "modified_at", "sort_dir", "desc"))))
                    .startsWith("Bob", "cat@acme.example");
            var pending = list(users, Map.of("filter[status]", "Pending,Disabled", "sort_dir", "asc"));
            assertThat(names(pending)).containsExactly("Bob", "cat@acme.example");
            assertThat(pending.at("/meta/page/total_filtered_count").asInt()).isEqualTo(2);
            assertThat(pending.at("/meta/page/total_count").asInt()).isEqualTo(4);
            assertThat(names(list(users, Map.of("filter", "BOB@")))).containsExactly("Bob");
            assertThat(names(list(users, Map.of("filter[service_account]", "true"))))
                    .containsExactly("deployer");
            assertThat(names(list(users, Map.of("filter[service_account]", "false"))))
                    .hasSize(3);
            assertThat(bob.principal().state()).isEqualTo(Principal.State.PENDING);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_list_that_means_nothing_is_refused(TestDatabase kind) {
        try (var users = TestUsers.open(kind)) {
            for (var wrong : List.of(
                    Map.of("sort", "shoe_size"),
                    Map.of("sort_dir", "up"),
                    Map.of("filter[status]", "Asleep"),
                    Map.of("filter[service_account]", "maybe"),
                    Map.of("page[size]", "0"),
                    Map.of("filter[stat]", "Active"))) {
                assertThat(users.status("ListUsers", users.ann, query(wrong)))
                        .as("%s", wrong)
                        .isEqualTo(400);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whoever_is_of_another_organization_or_removed_is_not_found(TestDatabase kind) {
        try (var users = TestUsers.open(kind)) {
            var gone = users.created("gone@acme.example").principal().id();
            users.status("RemoveUser", users.ann, TestUsers.of(Method.DELETE, gone));
            var foreign =
                    users.test.founded("Other", "eve@other.example").admin().id();

            for (var id : List.of(gone, foreign, PrincipalId.random())) {
                for (var operation : List.of(
                        "GetUser",
                        "ListUserOrganizations",
                        "ListUserPermissions",
                        "DisableUser",
                        "RemoveUser",
                        "DeleteUserInvitations")) {
                    assertThat(users.status(operation, users.ann, TestUsers.of(Method.GET, id)))
                            .as(operation)
                            .isEqualTo(404);
                }
                assertThat(users.status("UpdateUser", users.ann, TestUsers.edit(id, Map.of("name", "Eve"))))
                        .isEqualTo(404);
                assertThat(users.status("SendInvitations", users.ann, TestUsers.invitation(id)))
                        .isEqualTo(404);
            }
            var noId = FakeRequest.get("/api/v2/users/me").withPathParameter("user_id", "me");
            assertThat(users.status("GetUser", users.ann, noId)).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void one_is_told_of_no_organization_but_the_own(TestDatabase kind) {
        try (var users = TestUsers.open(kind)) {
            users.test.founded("Other", "ann@acme.example");
            var bob = users.joins("bob@acme.example", ManagedRole.READ_ONLY, "monitors_read");

            var json = users.json(
                    "ListUserOrganizations",
                    users.ann,
                    TestUsers.of(Method.GET, users.ann.principal().id()));
            var own = users.status(
                    "ListUserOrganizations",
                    bob,
                    TestUsers.of(Method.GET, bob.principal().id()));
            var others = users.status(
                    "ListUserOrganizations",
                    bob,
                    TestUsers.of(Method.GET, users.ann.principal().id()));

            assertThat(json.at("/included")
                            .valueStream()
                            .map(item -> item.at("/id").asString()))
                    .containsExactly(users.acme.id().toString());
            assertThat(own).isEqualTo(200);
            assertThat(others).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void the_permissions_of_a_user_are_those_of_its_roles(TestDatabase kind) {
        try (var users = TestUsers.open(kind)) {
            var role = users.test.role(users.ann, "Reader", "monitors_write");
            var bob = users.created("bob@acme.example", role);

            var json = users.json("ListUserPermissions", users.ann, TestUsers.of(Method.GET, id(bob)));

            assertThat(json.at("/data")
                            .valueStream()
                            .map(item -> item.at("/attributes/name").asString()))
                    .contains("monitors_write")
                    .doesNotContain("user_access_manage");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void an_edit_changes_what_it_says_and_leaves_the_rest(TestDatabase kind) {
        try (var users = TestUsers.open(kind)) {
            var bob = users.created("bob@acme.example");
            users.test.pass(Duration.ofMinutes(1));

            var json = users.json("UpdateUser", users.ann, TestUsers.edit(id(bob), Map.of("name", "Robert")));
            users.json("UpdateUser", users.ann, TestUsers.edit(id(bob), Map.of("title", " ")));
            var unchanged = users.trail().size();
            users.json("UpdateUser", users.ann, TestUsers.edit(id(bob), Map.of("name", "Robert")));

            var after = users.fact(bob).principal();
            assertThat(json.at("/data/attributes/name").asString()).isEqualTo("Robert");
            assertThat(after.name()).isEqualTo("Robert");
            assertThat(after.title()).isNull();
            assertThat(after.email()).isEqualTo("bob@acme.example");
            assertThat(after.modifiedAt()).isEqualTo(TestDirectory.NOON.plusSeconds(60));
            assertThat(users.trail()).endsWith("USER_EDITED", "USER_EDITED").hasSize(unchanged);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void an_edit_that_cannot_be_is_refused_whole(TestDatabase kind) {
        try (var users = TestUsers.open(kind)) {
            var bob = users.created("bob@acme.example");
            var attributes = Map.of("email", "ANN@acme.example", "name", "Robert", "disabled", true);
            var mismatch = TestUsers.edit(PrincipalId.random(), Map.of("name", "Robert"))
                    .withPathParameter("user_id", id(bob).toString());

            assertThat(users.status("UpdateUser", users.ann, TestUsers.edit(id(bob), attributes)))
                    .isEqualTo(409);
            assertThat(users.status("UpdateUser", users.ann, TestUsers.edit(id(bob), Map.of("email", "x"))))
                    .isEqualTo(400);
            assertThat(users.problem("UpdateUser", users.ann, mismatch))
                    .extracting(Problem::status, Problem::detail)
                    .containsExactly(422, "UUID's in the URL and request body do not match");
            assertThat(users.fact(bob)).isEqualTo(bob);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void what_was_disabled_and_enabled_has_lost_everything(TestDatabase kind) {
        try (var users = TestUsers.open(kind)) {
            var bob = users.joins("bob@acme.example", ManagedRole.STANDARD);
            var id = bob.principal().id();
            var self = TestUsers.edit(id, Map.of("name", "Robert"));

            var disabled = users.status("DisableUser", users.ann, TestUsers.of(Method.DELETE, id));
            var again = users.problem("DisableUser", users.ann, TestUsers.of(Method.DELETE, id));
            var byTheDisabled = users.status("UpdateCurrentUser", bob, self);
            var enabled = users.json("UpdateUser", users.ann, TestUsers.edit(id, Map.of("disabled", false)));

            assertThat(disabled).isEqualTo(204);
            assertThat(again.detail()).isEqualTo("User is already disabled");
            assertThat(byTheDisabled).isEqualTo(403);
            assertThat(enabled.at("/data/attributes/status").asString()).isEqualTo("Active");
            assertThat(users.test.fact(bob.principal()).principal().epoch())
                    .isEqualTo(bob.principal().epoch() + 2);
            assertThat(users.status("UpdateCurrentUser", bob, self)).isEqualTo(403);
            assertThat(users.trail()).endsWith("USER_DISABLED", "USER_ENABLED");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void the_last_administrator_stays_whoever_asks(TestDatabase kind) {
        try (var users = TestUsers.open(kind)) {
            var id = users.ann.principal().id();
            users.serviceAccount("robot", ManagedRole.ADMIN);
            users.created("pending@acme.example", users.test.roleNamed(users.ann, ManagedRole.ADMIN));

            assertThat(users.status("DisableUser", users.ann, TestUsers.of(Method.DELETE, id)))
                    .isEqualTo(403);
            assertThat(users.status("RemoveUser", users.ann, TestUsers.of(Method.DELETE, id)))
                    .isEqualTo(403);
            assertThat(users.status(
                            "UpdateUser", users.ann, TestUsers.edit(id, Map.of("disabled", true, "name", "Anna"))))
                    .isEqualTo(403);
            assertThat(users.test.fact(users.ann.principal()).principal()).isEqualTo(users.ann.principal());
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void one_edits_the_own_profile_but_not_the_own_address(TestDatabase kind) {
        try (var users = TestUsers.open(kind)) {
            var bob = users.joins("bob@acme.example", ManagedRole.STANDARD);
            var id = bob.principal().id();

            var named = users.status("UpdateCurrentUser", bob, TestUsers.edit(id, Map.of("name", "Robert")));
            var moved = users.status("UpdateCurrentUser", bob, TestUsers.edit(id, Map.of("email", "r@acme.example")));
            var sameAddress =
                    users.status("UpdateCurrentUser", bob, TestUsers.edit(id, Map.of("email", "bob@acme.example")));
            var another = users.status(
                    "UpdateCurrentUser",
                    bob,
                    TestUsers.edit(users.ann.principal().id(), Map.of("name", "Anna")));
            var byAnAdministrator = users.status(
                    "UpdateCurrentUser",
                    users.ann,
                    TestUsers.edit(users.ann.principal().id(), Map.of("email", "anna@acme.example")));

            assertThat(List.of(named, moved, sameAddress, another, byAnAdministrator))
                    .containsExactly(200, 403, 200, 422, 200);
            assertThat(users.test.fact(bob.principal()).principal().name()).isEqualTo("Robert");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void who_leaves_one_organization_goes_on_in_another(TestDatabase kind) {
        try (var users = TestUsers.open(kind)) {
            var other = users.test.founded("Other", "eve@other.example").organization();
            var here = users.joins("bob@example.com", ManagedRole.STANDARD);
            var there = users.test.signedIn(other, users.test.added(other, "bob@example.com", ManagedRole.STANDARD));

            users.status(
                    "RemoveUser",
                    users.ann,
                    TestUsers.of(Method.DELETE, here.principal().id()));

            assertThat(users.status(
                            "UpdateCurrentUser",
                            here,
                            TestUsers.edit(here.principal().id(), Map.of("name", "B"))))
                    .isEqualTo(403);
            assertThat(users.status(
                            "UpdateCurrentUser",
                            there,
                            TestUsers.edit(there.principal().id(), Map.of("name", "B"))))
                    .isEqualTo(200);
        }
    }

    private static PrincipalId id(PrincipalFact fact) {
        return fact.principal().id();
    }

    private static FakeRequest query(Map<String, String> parameters) {
        var request = FakeRequest.get("/api/v2/users");
        for (var parameter : parameters.entrySet()) {
            request = request.withQuery(parameter.getKey(), parameter.getValue());
        }
        return request;
    }

    private static JsonNode list(TestUsers users, Map<String, String> parameters) {
        return users.json("ListUsers", users.ann, query(parameters));
    }

    private static List<String> names(JsonNode page) {
        return page.at("/data")
                .valueStream()
                .map(user -> user.at("/attributes/name").asString())
                .toList();
    }
}
