package dev.sallyport.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.audit.Actor;
import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.permission.ManagedRole;
import dev.sallyport.sql.TestDatabase;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What two changes at once may not come to. The trail has the order of the commits: a grant that came too late would be last. */
class RoleRaceTest {

    private static final int ROUNDS = 10;
    private static final String HELD = "monitors_write";
    private static final String BEYOND = "dashboards_write";

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_role_that_was_widened_first_is_not_given_by_whoever_holds_less(TestDatabase kind) throws Exception {
        try (var test = TestDirectory.open(kind)) {
            for (var round = 0; round < ROUNDS; round++) {
                var cast = new Cast(test, "Acme " + round);
                var permission = test.ids(BEYOND).getFirst();

                DirectoryRaceTest.atOnce(List.<Callable<Response>>of(
                        () -> test.call(
                                "AddPermissionToRole", cast.ann, RoleRequests.permission(cast.shared, permission)),
                        () -> test.call(
                                "AddUserToRole",
                                cast.manager,
                                RoleRequests.member(cast.shared, cast.ann.principal()))));

                assertThat(test.trail(cast.ann.organization().id()))
                        .as("round %d", round)
                        .endsWith("ROLE_PERMISSION_ADDED");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_granter_who_was_demoted_first_grants_nothing(TestDatabase kind) throws Exception {
        try (var test = TestDirectory.open(kind)) {
            for (var round = 0; round < ROUNDS; round++) {
                var cast = new Cast(test, "Acme " + round);
                var bob = cast.manager.principal();

                DirectoryRaceTest.atOnce(List.<Callable<Response>>of(
                        () -> test.call("RemoveUserFromRole", cast.ann, RoleRequests.member(cast.managing, bob)),
                        () -> test.call("AddUserToRole", cast.manager, RoleRequests.member(cast.shared, bob))));

                assertThat(test.trail(cast.ann.organization().id()))
                        .as("round %d", round)
                        .endsWith("ROLE_MEMBER_REMOVED");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_granter_who_was_disabled_first_grants_nothing(TestDatabase kind) throws Exception {
        try (var test = TestDirectory.open(kind)) {
            for (var round = 0; round < ROUNDS; round++) {
                var cast = new Cast(test, "Acme " + round);
                var bob = cast.manager.principal();
                var operator = Actor.operator(bob.organization());

                DirectoryRaceTest.atOnce(List.<Callable<Object>>of(
                        () -> test.directory.change(operator, bob.id(), ChangeStanding.To.DISABLED),
                        () -> test.call(
                                "AddUserToRole",
                                cast.manager,
                                RoleRequests.member(cast.shared, cast.ann.principal()))));

                assertThat(test.trail(bob.organization())).as("round %d", round).endsWith("USER_DISABLED");
            }
        }
    }

    /** The role is wider but that is not committed: whoever gives it then must not give what was there before. */
    @ParameterizedTest
    @EnumSource(value = TestDatabase.class, names = "POSTGRESQL")
    void a_grant_waits_for_a_role_that_is_being_widened(TestDatabase kind) throws Exception {
        try (var test = TestDirectory.open(kind);
                var threads = Executors.newFixedThreadPool(1)) {
            var cast = new Cast(test, "Acme");
            var isAboutToGrant = new CountDownLatch(1);
            var roles = new RoleStore();

            var grant = test.database.inTransaction(transaction -> {
                var organization = cast.ann.organization().id();
                roles.take(transaction, organization);
                roles.addPermission(
                        transaction, organization, RoleId.parse(cast.shared).orElseThrow(), BEYOND);
                var granting = threads.submit(() -> {
                    isAboutToGrant.countDown();
                    return test.call(
                            "AddUserToRole", cast.manager, RoleRequests.member(cast.shared, cast.manager.principal()));
                });
                DirectoryRaceTest.awaitBlocked(test, isAboutToGrant);
                return granting;
            });

            assertThat(grant.get()).isEqualTo(DirectoryProblems.of(new Denial.Beyond(List.of(BEYOND))));
            assertThat(test.authorityOf(cast.manager.principal()).holds(test.permissions.require(BEYOND)))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void of_administrators_who_demote_each_other_one_stays(TestDatabase kind) throws Exception {
        try (var test = TestDirectory.open(kind)) {
            for (var round = 0; round < ROUNDS; round++) {
                var ann = admin(test, "Acme " + round);
                var acme = ann.organization();
                var bob = test.signedIn(acme, test.added(acme, "bob@acme.example", ManagedRole.ADMIN));
                var role = test.roleNamed(ann, ManagedRole.ADMIN);

                DirectoryRaceTest.atOnce(List.<Callable<Object>>of(
                        () -> test.call("RemoveUserFromRole", ann, RoleRequests.member(role, bob.principal())),
                        () -> test.call("RemoveUserFromRole", bob, RoleRequests.member(role, ann.principal()))));

                assertThat(List.of(test.fact(ann.principal()), test.fact(bob.principal())))
                        .as("round %d", round)
                        .filteredOn(fact -> !fact.roles().isEmpty())
                        .hasSize(1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void an_administrator_who_is_demoted_while_the_other_is_disabled_stays_or_the_other_does(TestDatabase kind)
            throws Exception {
        try (var test = TestDirectory.open(kind)) {
            for (var round = 0; round < ROUNDS; round++) {
                var ann = admin(test, "Acme " + round);
                var acme = ann.organization();
                var bob = test.added(acme, "bob@acme.example", ManagedRole.ADMIN);
                var role = test.roleNamed(ann, ManagedRole.ADMIN);

                DirectoryRaceTest.atOnce(List.<Callable<Object>>of(
                        () -> test.call("RemoveUserFromRole", ann, RoleRequests.member(role, ann.principal())),
                        () -> test.directory.change(Actor.operator(acme.id()), bob.id(), ChangeStanding.To.DISABLED)));

                assertThat(List.of(test.fact(ann.principal()), test.fact(bob)))
                        .as("round %d", round)
                        .filteredOn(fact ->
                                fact.principal().isActive() && !fact.roles().isEmpty())
                        .hasSize(1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void of_roles_with_one_folded_name_one_is_created(TestDatabase kind) throws Exception {
        try (var test = TestDirectory.open(kind)) {
            var ann = admin(test, "Acme");
            for (var round = 0; round < ROUNDS; round++) {
                var names = List.of("Pagers " + round, "PAGERS " + round);

                var statuses = DirectoryRaceTest.atOnce(IntStream.range(0, 4)
                        .<Callable<Integer>>mapToObj(i ->
                                () -> test.status("CreateRole", ann, RoleRequests.create(names.get(i % 2), List.of())))
                        .toList());

                assertThat(statuses).as("round %d", round).containsExactlyInAnyOrder(200, 409, 409, 409);
            }
        }
    }

    private static Caller admin(TestDirectory test, String organization) {
        var founded = test.founded(organization, "ann@acme.example");
        return test.signedIn(founded.organization(), founded.admin());
    }

    /** An administrator, somebody who manages roles and holds little, and a role within that. */
    private static final class Cast {
        private final Caller ann;
        private final Caller manager;
        private final String managing;
        private final String shared;

        Cast(TestDirectory test, String organization) {
            ann = admin(test, organization);
            managing = test.role(ann, "Manager", "user_access_manage", HELD);
            shared = test.role(ann, "Shared", HELD);
            var bob = test.added(ann.organization(), "bob@acme.example", ManagedRole.READ_ONLY);
            test.json("AddUserToRole", ann, RoleRequests.member(managing, bob));
            manager = test.signedIn(ann.organization(), bob);
        }
    }
}
