package dev.sallyport.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.audit.Actor;
import dev.sallyport.http.FakeRequest;
import dev.sallyport.http.Problem;
import dev.sallyport.identity.Caller;
import dev.sallyport.permission.ManagedRole;
import dev.sallyport.sql.TestDatabase;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nobody grants what they do not hold. */
class RoleBoundsTest {

    private static final String NEEDED = "monitors_write";
    private static final String BEYOND = "dashboards_write";

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whoever_manages_users_grants_only_what_they_hold(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var ann = admin(test);
            var bob = manager(test, ann);
            var wide = test.role(ann, "Wide", NEEDED, BEYOND);
            var within = test.role(ann, "Within", NEEDED);

            refuses(test, "CreateRole", bob, RoleRequests.create("Mine", test.ids(NEEDED, BEYOND)));
            refuses(test, "CloneRole", bob, RoleRequests.copy(wide, "Mine"));
            refuses(test, "CloneRole", bob, RoleRequests.copy(test.roleNamed(ann, ManagedRole.ADMIN), "Mine"));
            refuses(test, "AddPermissionToRole", bob, RoleRequests.permission(within, id(test, BEYOND)));
            refuses(test, "UpdateRole", bob, RoleRequests.holding(within, test.ids(NEEDED, BEYOND)));
            refuses(test, "AddUserToRole", bob, RoleRequests.member(wide, bob.principal()));
            refuses(
                    test,
                    "AddUserToRole",
                    bob,
                    RoleRequests.member(test.roleNamed(ann, ManagedRole.ADMIN), bob.principal()));
            assertThat(test.status("CreateRole", bob, RoleRequests.create("Mine", test.ids(NEEDED))))
                    .isEqualTo(200);
            assertThat(test.status("CloneRole", bob, RoleRequests.copy(within, "Copy")))
                    .isEqualTo(200);
            assertThat(test.status("AddUserToRole", bob, RoleRequests.member(within, bob.principal())))
                    .isEqualTo(200);
            assertThat(test.authorityOf(bob.principal()).holds(test.permissions.require(BEYOND)))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void the_refusal_names_what_is_missing(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var bob = manager(test, admin(test));

            var answer = test.call("CreateRole", bob, RoleRequests.create("Mine", test.ids(NEEDED, BEYOND)));

            assertThat(answer)
                    .isEqualTo(new Problem(
                            403, "permissions_not_held", "Your own credential does not reach this: " + BEYOND));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_role_beyond_the_caller_is_not_changed_nor_taken_from_anybody(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var ann = admin(test);
            var bob = manager(test, ann);
            var member = test.added(ann.organization(), "cat@acme.example", ManagedRole.READ_ONLY);
            var wide = test.role(ann, "Wide", BEYOND, "notebooks_write");
            test.json("AddUserToRole", ann, RoleRequests.member(wide, member));

            refuses(test, "UpdateRole", bob, RoleRequests.rename(wide, "Harmless"));
            refuses(test, "AddPermissionToRole", bob, RoleRequests.permission(wide, id(test, NEEDED)));
            refuses(test, "RemovePermissionFromRole", bob, RoleRequests.permission(wide, id(test, BEYOND)));
            refuses(test, "UpdateRole", bob, RoleRequests.holding(wide, test.ids("notebooks_write")));
            refuses(test, "RemoveUserFromRole", bob, RoleRequests.member(wide, member));
            refuses(test, "DeleteRole", bob, RoleRequests.role(wide));
            assertThat(test.authorityOf(member).holds(test.permissions.require(BEYOND)))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whoever_has_not_an_administrators_reach_takes_no_administrator_the_role(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var ann = admin(test);
            var other = test.added(ann.organization(), "dan@acme.example", ManagedRole.ADMIN);
            var narrow = test.signedIn(ann.organization(), ann.principal(), "user_access_manage");
            var role = test.roleNamed(ann, ManagedRole.ADMIN);

            refuses(test, "RemoveUserFromRole", narrow, RoleRequests.member(role, other));
            assertThat(test.status("RemoveUserFromRole", ann, RoleRequests.member(role, other)))
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_narrow_token_of_an_administrator_grants_only_its_scopes(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var ann = admin(test);
            var narrow = test.signedIn(ann.organization(), ann.principal(), "user_access_manage", NEEDED);

            refuses(test, "CreateRole", narrow, RoleRequests.create("Mine", test.ids(NEEDED, BEYOND)));
            assertThat(test.status("CreateRole", narrow, RoleRequests.create("Mine", test.ids(NEEDED))))
                    .isEqualTo(200);
            // No token can carry this one, and this token does not speak for the whole of its owner.
            refuses(test, "CreateRole", narrow, RoleRequests.create("Theirs", test.ids("live_debugger_write")));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_whole_token_of_an_administrator_appoints_another(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var ann = admin(test);
            var bob = test.added(ann.organization(), "bob@acme.example", ManagedRole.READ_ONLY);

            var status =
                    test.status("AddUserToRole", ann, RoleRequests.member(test.roleNamed(ann, ManagedRole.ADMIN), bob));

            assertThat(status).isEqualTo(200);
            assertThat(test.authorityOf(bob)).isEqualTo(test.authorityOf(ann.principal()));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_permission_of_an_api_that_the_organization_does_not_see_is_unknown(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var ann = admin(test);
            var foreign = test.permissions.inNamespace("billing", "invoices_read");

            var hidden = test.status(
                    "CreateRole",
                    ann,
                    RoleRequests.create("Billing", List.of(foreign.id().toString())));
            test.visible.add(ann.organization().id() + "/billing");
            var shown = test.status(
                    "CreateRole",
                    test.signedIn(ann.organization(), ann.principal()),
                    RoleRequests.create("Billing", List.of(foreign.id().toString())));

            assertThat(hidden).isEqualTo(400);
            assertThat(shown).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whoever_was_let_in_and_has_ended_since_changes_nothing(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var ann = admin(test);
            var acme = ann.organization();
            var role = test.role(ann, "Pagers", NEEDED);
            var revoked = test.signedIn(acme, ann.principal());
            var disabled = test.signedIn(acme, test.added(acme, "bob@acme.example", ManagedRole.ADMIN));
            var demoted = test.signedIn(acme, test.added(acme, "cat@acme.example", ManagedRole.ADMIN));

            test.revoke(revoked);
            test.directory.change(
                    Actor.operator(acme.id()), disabled.principal().id(), ChangeStanding.To.DISABLED);
            test.json(
                    "RemoveUserFromRole",
                    ann,
                    RoleRequests.member(test.roleNamed(ann, ManagedRole.ADMIN), demoted.principal()));

            for (var caller : List.of(revoked, disabled, demoted)) {
                assertThat(test.call("AddUserToRole", caller, RoleRequests.member(role, ann.principal())))
                        .isEqualTo(DirectoryProblems.of(new Denial.NoLongerAllowed()));
                assertThat(test.status("CreateRole", caller, RoleRequests.create("New", List.of())))
                        .isEqualTo(403);
                assertThat(test.status("UpdateRole", caller, RoleRequests.rename(role, "New")))
                        .isEqualTo(403);
                assertThat(test.status("DeleteRole", caller, RoleRequests.role(role)))
                        .isEqualTo(403);
                assertThat(test.status(
                                "RemovePermissionFromRole", caller, RoleRequests.permission(role, id(test, NEEDED))))
                        .isEqualTo(403);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whoever_was_narrowed_since_grants_what_is_left(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var ann = admin(test);
            var bob = manager(test, ann);
            var manager = test.json(
                            "ListRoles", ann, FakeRequest.get("/api/v2/roles").withQuery("filter", "manager"))
                    .at("/data/0/id")
                    .asString();

            test.json("RemovePermissionFromRole", ann, RoleRequests.permission(manager, id(test, NEEDED)));

            refuses(test, "CreateRole", bob, RoleRequests.create("Mine", test.ids(NEEDED)));
        }
    }

    private static void refuses(TestDirectory test, String operation, Caller caller, FakeRequest request) {
        assertThat(test.call(operation, caller, request)).isInstanceOfSatisfying(Problem.class, problem -> {
            assertThat(problem.code()).isEqualTo("permissions_not_held");
            assertThat(problem.status()).isEqualTo(403);
        });
    }

    private static Caller admin(TestDirectory test) {
        var founded = test.founded("Acme", "ann@acme.example");
        return test.signedIn(founded.organization(), founded.admin());
    }

    /** Somebody who may manage users and roles, and little else. */
    private static Caller manager(TestDirectory test, Caller admin) {
        var role = test.role(admin, "Manager", "user_access_manage", NEEDED);
        var bob = test.added(admin.organization(), "manager@acme.example", ManagedRole.READ_ONLY);
        test.json("AddUserToRole", admin, RoleRequests.member(role, bob));
        return test.signedIn(admin.organization(), bob);
    }

    private static String id(TestDirectory test, String permission) {
        return test.ids(permission).getFirst();
    }
}
