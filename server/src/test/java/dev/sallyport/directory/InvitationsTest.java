package dev.sallyport.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.feed.Change;
import dev.sallyport.http.FakeRequest;
import dev.sallyport.http.Method;
import dev.sallyport.identity.Principal;
import dev.sallyport.permission.ManagedRole;
import dev.sallyport.sql.TestDatabase;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InvitationsTest {

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whoever_invites_is_shown_the_link_once(TestDatabase kind) {
        try (var users = TestUsers.open(kind)) {
            var bob = users.created("bob@acme.example").principal();

            var invited = users.json("SendInvitations", users.ann, TestUsers.invitation(bob.id()));
            var id = invited.at("/data/0/id").asString();
            var read = users.json(
                    "GetInvitation",
                    users.ann,
                    FakeRequest.get("/api/v2/user_invitations/" + id).withPathParameter("user_invitation_uuid", id));

            assertThat(invited.at("/data/0/attributes/link").asString())
                    .startsWith("https://sallyport.example/console/invitation?code=ddinvite_");
            assertThat(invited.at("/data/0/attributes/expires_at").asString())
                    .isEqualTo("2026-11-30T12:00:00.000001+00:00");
            assertThat(invited.at("/data/0/relationships/user/data/id").asString())
                    .isEqualTo(bob.id().toString());
            assertThat(read.at("/data/id").asString()).isEqualTo(id);
            assertThat(read.at("/data/attributes").has("link")).isFalse();
            assertThat(users.trail()).endsWith("USER_INVITED");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whoever_accepts_is_active_and_has_a_first_credential(TestDatabase kind) {
        try (var users = TestUsers.open(kind)) {
            var bob = users.created("bob@acme.example", users.test.roleNamed(users.ann, ManagedRole.STANDARD));

            var first = users.accepts(users.invited(bob)).orElseThrow();

            var after = users.fact(bob).principal();
            assertThat(after.state()).isEqualTo(Principal.State.ACTIVE);
            assertThat(after.epoch()).isEqualTo(bob.principal().epoch() + 1);
            assertThat(first.user()).isEqualTo(after);
            assertThat(users.test.permissions.namesOf(first.scopes()))
                    .contains("monitors_write", "user_self_profile_write")
                    .doesNotContain("user_access_manage");
            assertThat(users.trail()).endsWith("USER_INVITED", "INVITATION_ACCEPTED");
            assertThat(users.test.applied)
                    .endsWith(
                            AddUser.change(after),
                            new Change(
                                    TestUsers.CREDENTIAL,
                                    users.acme.id().value(),
                                    after.id().toString()));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whatever_is_wrong_with_an_invitation_it_reads_the_same(TestDatabase kind) {
        var ends = new LinkedHashMap<String, Consumer<Ending>>();
        ends.put("used", ending -> ending.users().accepts(ending.code()));
        ends.put("withdrawn", ending -> ending.call("DeleteUserInvitations", Method.DELETE));
        ends.put("replaced", ending -> ending.users().invited(ending.bob()));
        ends.put("disabled", ending -> ending.call("DisableUser", Method.DELETE));
        ends.put("removed", ending -> ending.call("RemoveUser", Method.DELETE));
        ends.put("address changed", ending -> ending.edit(Map.of("email", "else@acme.example")));
        ends.put("expired", ending -> ending.users().test.pass(InviteUsers.LIFE));
        ends.put("disabled and enabled", ending -> {
            ending.edit(Map.of("disabled", true));
            ending.edit(Map.of("disabled", false));
        });
        for (var end : ends.entrySet()) {
            try (var users = TestUsers.open(kind)) {
                var bob = users.created("bob@acme.example");
                var code = users.invited(bob);
                end.getValue().accept(new Ending(users, bob, code));
                var before = users.fact(bob);

                var accepted = users.accepts(code);

                assertThat(accepted).as(end.getKey()).isEqualTo(Optional.empty());
                assertThat(users.fact(bob)).as(end.getKey()).isEqualTo(before);
            }
        }
    }

    private record Ending(TestUsers users, PrincipalFact bob, String code) {
        void call(String operation, Method method) {
            var status = users.status(
                    operation, users.ann, TestUsers.of(method, bob.principal().id()));
            assertThat(status).isBetween(200, 204);
        }

        void edit(Map<String, ?> attributes) {
            var status = users.status(
                    "UpdateUser", users.ann, TestUsers.edit(bob.principal().id(), attributes));
            assertThat(status).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_code_that_is_none_of_ours_is_refused(TestDatabase kind) {
        try (var users = TestUsers.open(kind)) {
            var bob = users.created("bob@acme.example");
            var code = users.invited(bob);
            var last = code.charAt(code.length() - 1) == 'A' ? 'B' : 'A';

            assertThat(users.accepts(code.substring(0, code.length() - 1) + last))
                    .isEmpty();
            assertThat(users.accepts(code.replace("ddinvite_", "ddsetup_"))).isEmpty();
            assertThat(users.accepts("")).isEmpty();
            assertThat(users.accepts(code)).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void of_many_who_accept_at_once_one_comes_in(TestDatabase kind) throws Exception {
        try (var users = TestUsers.open(kind)) {
            for (var round = 0; round < 10; round++) {
                var bob = users.created("bob" + round + "@acme.example");
                var code = users.invited(bob);

                var accepted = DirectoryRaceTest.atOnce(IntStream.range(0, 4)
                        .<Callable<Optional<TestUsers.First>>>mapToObj(_ -> () -> users.accepts(code))
                        .toList());

                assertThat(accepted)
                        .as("round %d", round)
                        .filteredOn(Optional::isPresent)
                        .hasSize(1);
                assertThat(users.fact(bob).principal().epoch())
                        .as("round %d", round)
                        .isEqualTo(1);
            }
            assertThat(users.trail()).filteredOn("INVITATION_ACCEPTED"::equals).hasSize(10);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void of_accepting_and_disabling_at_once_nothing_stays_half_done(TestDatabase kind) throws Exception {
        try (var users = TestUsers.open(kind)) {
            for (var round = 0; round < 10; round++) {
                var bob = users.created("bob" + round + "@acme.example");
                var code = users.invited(bob);

                DirectoryRaceTest.atOnce(List.<Callable<Object>>of(
                        () -> users.accepts(code),
                        () -> users.status(
                                "DisableUser",
                                users.ann,
                                TestUsers.of(Method.DELETE, bob.principal().id()))));

                assertThat(users.fact(bob).principal().state())
                        .as("round %d", round)
                        .isEqualTo(Principal.State.DISABLED);
                assertThat(users.accepts(code)).as("round %d", round).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void of_many_who_invite_at_once_one_link_works(TestDatabase kind) throws Exception {
        try (var users = TestUsers.open(kind)) {
            var bob = users.created("bob@acme.example");

            var codes = DirectoryRaceTest.atOnce(IntStream.range(0, 4)
                    .<Callable<String>>mapToObj(_ -> () -> users.invited(bob))
                    .toList());

            assertThat(codes.stream().map(users::accepts).filter(Optional::isPresent))
                    .hasSize(1);
        }
    }

    /** Whoever invited may have kept the link: what an administrator gave the user since is not for them. */
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_first_credential_has_nothing_that_was_given_after_the_invitation(TestDatabase kind) {
        try (var users = TestUsers.open(kind)) {
            var bob = users.created("bob@acme.example", users.test.roleNamed(users.ann, ManagedRole.READ_ONLY));
            var code = users.invited(bob);
            users.test.database.inTransaction(transaction -> {
                new RoleStore()
                        .grant(transaction, users.acme.id(), bob.principal().id(), ManagedRole.ADMIN);
                return true;
            });

            var first = users.accepts(code).orElseThrow();

            assertThat(users.test.permissions.namesOf(first.scopes()))
                    .isNotEmpty()
                    .doesNotContain("user_access_manage", "monitors_write");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void nobody_invites_whom_they_do_not_outrank(TestDatabase kind) {
        try (var users = TestUsers.open(kind)) {
            var admin = users.created("eve@acme.example", users.test.roleNamed(users.ann, ManagedRole.ADMIN));
            var plain = users.created("cat@acme.example").principal();
            var standard = users.joins("bob@acme.example", ManagedRole.STANDARD);

            var both = users.status(
                    "SendInvitations",
                    standard,
                    TestUsers.invitation(plain.id(), admin.principal().id()));
            var one = users.status("SendInvitations", standard, TestUsers.invitation(plain.id()));

            assertThat(both).isEqualTo(403);
            assertThat(one).isEqualTo(201);
            assertThat(users.trail()).filteredOn("USER_INVITED"::equals).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whoever_has_a_way_in_is_not_invited(TestDatabase kind) {
        try (var users = TestUsers.open(kind)) {
            var bob = users.joins("bob@acme.example", ManagedRole.STANDARD).principal();
            var account = users.serviceAccount("robot", ManagedRole.READ_ONLY).principal();

            var active = users.status("SendInvitations", users.ann, TestUsers.invitation(bob.id()));
            users.status("DisableUser", users.ann, TestUsers.of(Method.DELETE, bob.id()));
            var disabled = users.status("SendInvitations", users.ann, TestUsers.invitation(bob.id()));
            users.status("UpdateUser", users.ann, TestUsers.edit(bob.id(), Map.of("disabled", false)));
            var enabled = users.status("SendInvitations", users.ann, TestUsers.invitation(bob.id()));
            var machine = users.status("SendInvitations", users.ann, TestUsers.invitation(account.id()));

            assertThat(List.of(active, disabled, enabled, machine)).containsExactly(400, 400, 201, 400);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void nothing_that_holds_a_code_prints_it(TestDatabase kind) {
        try (var users = TestUsers.open(kind)) {
            var bob = users.created("bob@acme.example");

            var response = users.call(
                    "SendInvitations",
                    users.ann,
                    TestUsers.invitation(bob.principal().id()));
            var kept = users.test.database.reading(tx -> tx.sql("SELECT record FROM change_event")
                    .map(row -> row.text("record"))
                    .list());

            assertThat(Objects.toString(response)).doesNotContain("ddinvite_");
            assertThat(String.join("", kept)).doesNotContain("ddinvite_");
            assertThat(InviteUsers.LIFE).isEqualTo(Duration.ofDays(7));
        }
    }
}
