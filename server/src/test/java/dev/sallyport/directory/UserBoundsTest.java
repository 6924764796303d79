package dev.sallyport.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.http.Method;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.permission.ManagedRole;
import dev.sallyport.sql.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nobody reaches further by way of another user. */
class UserBoundsTest {

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void nobody_gives_a_new_user_what_they_do_not_hold(TestDatabase kind) {
        try (var users = TestUsers.open(kind)) {
            var admin = users.test.roleNamed(users.ann, ManagedRole.ADMIN);
            var readOnly = users.test.roleNamed(users.ann, ManagedRole.READ_ONLY);
            var standard = users.joins("bob@acme.example", ManagedRole.STANDARD);
            var narrow = users.test.signedIn(users.acme, users.ann.principal(), "user_access_invite");

            var beyond = users.problem("CreateUser", standard, TestUsers.creation("eve@acme.example", admin));
            var within = users.status("CreateUser", standard, TestUsers.creation("cat@acme.example", readOnly));
            var narrowed = users.status("CreateUser", narrow, TestUsers.creation("dan@acme.example", readOnly));
            var none = users.status("CreateUser", narrow, TestUsers.creation("fay@acme.example"));

            assertThat(beyond.status()).isEqualTo(403);
            assertThat(beyond.code()).isEqualTo("permissions_not_held");
            assertThat(List.of(within, narrowed, none)).containsExactly(201, 403, 201);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void nobody_acts_on_whom_they_do_not_outrank(TestDatabase kind) {
        try (var users = TestUsers.open(kind)) {
            var role = users.test.role(users.ann, "User manager", "user_access_manage", "user_access_invite");
            var manager = users.joins("bob@acme.example", ManagedRole.READ_ONLY);
            users.test.database.inTransaction(transaction -> new RoleStore()
                    .addMember(
                            transaction,
                            users.acme.id(),
                            RoleId.parse(role).orElseThrow(),
                            manager.principal().id()));
            var bob = users.test.again(manager);
            var above = users.joins("cat@acme.example", ManagedRole.ADMIN)
                    .principal()
                    .id();
            var below = users.joins("dan@acme.example", ManagedRole.READ_ONLY)
                    .principal()
                    .id();
            var narrow = users.test.signedIn(users.acme, users.ann.principal(), "user_access_manage");

            assertThat(acts(users, bob, above)).containsOnly(403);
            assertThat(acts(users, narrow, above)).containsOnly(403);
            assertThat(acts(users, narrow, users.ann.principal().id())).containsOnly(403);
            assertThat(acts(users, bob, below)).containsExactly(200, 200, 200, 204, 200, 204);
        }
    }

    /** Service accounts are users on the wire, and whoever manages them alone must not reach people. */
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whoever_manages_service_accounts_reaches_no_user(TestDatabase kind) {
        try (var users = TestUsers.open(kind)) {
            var narrow =
                    users.test.signedIn(users.acme, users.ann.principal(), "service_account_write", "monitors_read");
            var person = users.created("bob@acme.example").principal().id();
            var account = users.serviceAccount("reader", ManagedRole.READ_ONLY)
                    .principal()
                    .id();
            var powerful =
                    users.serviceAccount("robot", ManagedRole.ADMIN).principal().id();

            assertThat(users.problem("UpdateUser", narrow, TestUsers.edit(person, Map.of("name", "Eve")))
                            .code())
                    .isEqualTo("service_accounts_only");
            assertThat(users.status("DisableUser", narrow, TestUsers.of(Method.DELETE, person)))
                    .isEqualTo(403);
            assertThat(users.status("UpdateUser", narrow, TestUsers.edit(powerful, Map.of("name", "Eve"))))
                    .isEqualTo(403);
            assertThat(users.status("DisableUser", users.ann, TestUsers.of(Method.DELETE, powerful)))
                    .isEqualTo(204);
            assertThat(users.status("UpdateUser", users.ann, TestUsers.edit(account, Map.of("name", "Eve"))))
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_caller_who_has_ended_meanwhile_does_nothing(TestDatabase kind) {
        try (var users = TestUsers.open(kind)) {
            var bob = users.created("bob@acme.example").principal().id();
            var revoked = users.test.signedIn(users.acme, users.ann.principal());
            users.test.revoke(revoked);
            var before = users.trail();

            assertThat(acts(users, revoked, bob)).containsOnly(403);
            assertThat(users.status("CreateUser", revoked, TestUsers.creation("cat@acme.example")))
                    .isEqualTo(403);
            assertThat(users.status("SendInvitations", revoked, TestUsers.invitation(bob)))
                    .isEqualTo(403);
            assertThat(users.status("DeleteUserInvitations", revoked, TestUsers.of(Method.DELETE, bob)))
                    .isEqualTo(403);
            assertThat(users.trail()).isEqualTo(before);
        }
    }

    /** The statuses of what can be done to a user. */
    private static List<Integer> acts(TestUsers users, Caller caller, PrincipalId id) {
        return List.of(
                users.status("UpdateUser", caller, TestUsers.edit(id, Map.of("name", "Somebody"))),
                users.status("UpdateUser", caller, TestUsers.edit(id, Map.of("email", "somebody@acme.example"))),
                users.status("UpdateUser", caller, TestUsers.edit(id, Map.of("disabled", true))),
                disabled(users, caller, id),
                users.status("UpdateUser", caller, TestUsers.edit(id, Map.of("disabled", false))),
                users.status("RemoveUser", caller, TestUsers.of(Method.DELETE, id)));
    }

    private static int disabled(TestUsers users, Caller caller, PrincipalId id) {
        users.status("UpdateUser", caller, TestUsers.edit(id, Map.of("disabled", false)));
        return users.status("DisableUser", caller, TestUsers.of(Method.DELETE, id));
    }
}
