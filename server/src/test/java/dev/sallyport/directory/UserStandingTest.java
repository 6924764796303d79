package dev.sallyport.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.audit.Actor;
import dev.sallyport.feed.Change;
import dev.sallyport.identity.Principal;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.permission.ManagedRole;
import dev.sallyport.sql.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UserStandingTest {

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void an_added_user_is_active_and_holds_the_role(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var acme = test.founded("Acme", "ann@acme.example").organization();

            var bob = test.added(acme, "bob@acme.example", ManagedRole.READ_ONLY);

            assertThat(test.fact(bob)).isEqualTo(test.holding(bob, ManagedRole.READ_ONLY));
            assertThat(bob.isActive()).isTrue();
            assertThat(test.trail(acme.id())).endsWith("USER_ADDED");
            assertThat(test.applied.getLast()).isEqualTo(changeOf(bob));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void one_address_in_another_spelling_is_taken(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var acme = test.founded("Acme", "ann@acme.example").organization();
            var changes = test.applied.size();

            var result = test.directory.addUser(
                    Actor.operator(acme.id()), new AddUser.Request("ANN@Acme.example", "Ann", ManagedRole.STANDARD));

            assertThat(result).isEqualTo(new AddUser.Result.EmailTaken());
            assertThat(test.trail(acme.id())).hasSize(2);
            assertThat(test.applied).hasSize(changes);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void another_organization_may_have_the_same_address(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var acme = test.founded("Acme", "ann@acme.example").admin();

            var other = test.founded("Other", "ann@acme.example").admin();

            assertThat(other.id()).isNotEqualTo(acme.id());
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void disabling_and_enabling_each_raise_the_epoch(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var acme = test.founded("Acme", "ann@acme.example").organization();
            var operator = Actor.operator(acme.id());
            var bob = test.added(acme, "bob@acme.example", ManagedRole.STANDARD);
            test.pass(Duration.ofMinutes(1));

            var disabled = (DisableUser.Result.Disabled) test.directory.disable(operator, bob.id());
            var again = test.directory.disable(operator, bob.id());
            var enabled = (EnableUser.Result.Enabled) test.directory.enable(operator, bob.id());
            var enabledAgain = test.directory.enable(operator, bob.id());

            assertThat(disabled.user().state()).isEqualTo(Principal.State.DISABLED);
            assertThat(disabled.user().epoch()).isEqualTo(bob.epoch() + 1);
            assertThat(disabled.user().modifiedAt()).isEqualTo(TestDirectory.NOON.plusSeconds(60));
            assertThat(again).isEqualTo(new DisableUser.Result.AlreadyDisabled());
            assertThat(enabled.user().epoch()).isEqualTo(bob.epoch() + 2);
            assertThat(enabledAgain).isEqualTo(new EnableUser.Result.AlreadyActive());
            assertThat(test.fact(bob)).isEqualTo(test.holding(enabled.user(), ManagedRole.STANDARD));
            assertThat(test.trail(acme.id())).endsWith("USER_ADDED", "USER_DISABLED", "USER_ENABLED");
            assertThat(test.applied).endsWith(changeOf(bob), changeOf(bob), changeOf(bob));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_removed_user_is_gone_for_good_and_frees_the_address(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var acme = test.founded("Acme", "ann@acme.example").organization();
            var operator = Actor.operator(acme.id());
            var bob = test.added(acme, "bob@acme.example", ManagedRole.STANDARD);

            var removed = (RemoveUser.Result.Removed) test.directory.remove(operator, bob.id());
            var successor = test.added(acme, "bob@acme.example", ManagedRole.STANDARD);

            assertThat(removed.user().epoch()).isEqualTo(bob.epoch() + 1);
            assertThat(test.fact(bob)).isEqualTo(new PrincipalFact(removed.user(), Set.of()));
            assertThat(successor.id()).isNotEqualTo(bob.id());
            assertThat(test.directory.remove(operator, bob.id())).isEqualTo(new RemoveUser.Result.UnknownUser());
            assertThat(test.directory.enable(operator, bob.id())).isEqualTo(new EnableUser.Result.UnknownUser());
            assertThat(test.directory.disable(operator, bob.id())).isEqualTo(new DisableUser.Result.UnknownUser());
            assertThat(test.trail(acme.id())).endsWith("USER_REMOVED", "USER_ADDED");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void the_last_active_administrator_stays(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var founded = test.founded("Acme", "ann@acme.example");
            var acme = founded.organization();
            var operator = Actor.operator(acme.id());
            test.founded("Other", "eve@other.example");
            test.added(acme, "bob@acme.example", ManagedRole.STANDARD);
            var second = test.added(acme, "cat@acme.example", ManagedRole.ADMIN);
            test.directory.disable(operator, second.id());

            var disabling = test.directory.disable(operator, founded.admin().id());
            var removing = test.directory.remove(operator, founded.admin().id());

            assertThat(disabling).isEqualTo(new DisableUser.Result.LastAdministrator());
            assertThat(removing).isEqualTo(new RemoveUser.Result.LastAdministrator());
            assertThat(test.fact(founded.admin()).principal()).isEqualTo(founded.admin());
            assertThat(test.trail(acme.id())).endsWith("USER_DISABLED");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_disabled_administrator_can_be_removed_and_one_of_two_can_leave(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var founded = test.founded("Acme", "ann@acme.example");
            var operator = Actor.operator(founded.organization().id());
            var second = test.added(founded.organization(), "cat@acme.example", ManagedRole.ADMIN);
            test.directory.disable(operator, second.id());

            var removed = test.directory.remove(operator, second.id());
            var third = test.added(founded.organization(), "dan@acme.example", ManagedRole.ADMIN);
            var left = test.directory.disable(operator, founded.admin().id());

            assertThat(removed).isInstanceOf(RemoveUser.Result.Removed.class);
            assertThat(left).isInstanceOf(DisableUser.Result.Disabled.class);
            assertThat(test.directory.remove(operator, third.id()))
                    .isEqualTo(new RemoveUser.Result.LastAdministrator());
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void nobody_reaches_into_another_organization(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var acme = test.founded("Acme", "ann@acme.example").organization();
            var bob = test.added(acme, "bob@acme.example", ManagedRole.STANDARD);
            var other = test.founded("Other", "eve@other.example").organization();
            var stranger = Actor.operator(other.id());

            assertThat(test.directory.disable(stranger, bob.id())).isEqualTo(new DisableUser.Result.UnknownUser());
            assertThat(test.directory.enable(stranger, bob.id())).isEqualTo(new EnableUser.Result.UnknownUser());
            assertThat(test.directory.remove(stranger, bob.id())).isEqualTo(new RemoveUser.Result.UnknownUser());
            assertThat(test.directory.remove(stranger, PrincipalId.random()))
                    .isEqualTo(new RemoveUser.Result.UnknownUser());
            var foreign = test.database.reading(tx -> test.directory.user(tx, other.id(), bob.id()));
            assertThat(foreign).isEmpty();
            assertThat(test.fact(bob).principal()).isEqualTo(bob);
            assertThat(test.trail(other.id())).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void every_user_is_told_once_with_its_roles(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var ann = test.founded("Acme", "ann@acme.example");
            var eve = test.founded("Other", "eve@other.example");
            var bob = test.added(ann.organization(), "bob@acme.example", ManagedRole.STANDARD);
            test.database.inTransaction(tx -> {
                new RoleStore().grant(tx, bob.organization(), bob.id(), ManagedRole.READ_ONLY);
                return true;
            });

            var facts = test.database.reading(tx -> {
                var all = new ArrayList<PrincipalFact>();
                test.directory.users(tx, all::add);
                return all;
            });

            assertThat(facts)
                    .containsExactlyInAnyOrder(
                            test.holding(ann.admin(), ManagedRole.ADMIN),
                            test.holding(eve.admin(), ManagedRole.ADMIN),
                            test.holding(bob, ManagedRole.STANDARD, ManagedRole.READ_ONLY));
        }
    }

    /** Whatever is done to users, no epoch falls, each change of state raises it, and an administrator stays. */
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void epochs_only_grow(TestDatabase kind) {
        var seed = System.nanoTime();
        var random = new Random(seed);
        try (var test = TestDirectory.open(kind)) {
            var founded = test.founded("Acme", "ann@acme.example");
            var operator = Actor.operator(founded.organization().id());
            var users = new ArrayList<>(List.of(founded.admin()));
            for (var i = 0; i < 5; i++) {
                var role = random.nextBoolean() ? ManagedRole.ADMIN : ManagedRole.STANDARD;
                users.add(test.added(founded.organization(), "user" + i + "@acme.example", role));
            }
            List<Consumer<PrincipalId>> acts = List.of(
                    id -> test.directory.disable(operator, id),
                    id -> test.directory.enable(operator, id),
                    id -> test.directory.disable(operator, id),
                    id -> test.directory.enable(operator, id),
                    id -> test.directory.remove(operator, id));
            for (var step = 0; step < 40; step++) {
                var user = users.get(random.nextInt(users.size()));
                var before = test.fact(user).principal();

                acts.get(random.nextInt(acts.size())).accept(user.id());

                var after = test.fact(user).principal();
                var raised = before.state() == after.state() ? 0 : 1;
                assertThat(after.epoch()).as("seed %d, step %d", seed, step).isEqualTo(before.epoch() + raised);
                assertThat(before.state() == Principal.State.REMOVED && raised == 1)
                        .as("seed %d, step %d", seed, step)
                        .isFalse();
                assertThat(users.stream()
                                .map(test::fact)
                                .filter(fact -> fact.principal().isActive()))
                        .as("seed %d, step %d", seed, step)
                        .anyMatch(fact -> fact.equals(test.holding(fact.principal(), ManagedRole.ADMIN)));
            }
        }
    }

    private static Change changeOf(Principal user) {
        return new Change(
                Directory.PRINCIPAL, user.organization().value(), user.id().toString());
    }
}
