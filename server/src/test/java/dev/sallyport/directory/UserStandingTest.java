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

            var disabled = (ChangeStanding.Result.Changed)
                    test.directory.change(operator, bob.id(), ChangeStanding.To.DISABLED);
            var again = test.directory.change(operator, bob.id(), ChangeStanding.To.DISABLED);
            var enabled =
                    (ChangeStanding.Result.Changed) test.directory.change(operator, bob.id(), ChangeStanding.To.ACTIVE);
            var enabledAgain = test.directory.change(operator, bob.id(), ChangeStanding.To.ACTIVE);

            assertThat(disabled.principal().state()).isEqualTo(Principal.State.DISABLED);
            assertThat(disabled.principal().epoch()).isEqualTo(bob.epoch() + 1);
            assertThat(disabled.principal().modifiedAt()).isEqualTo(TestDirectory.NOON.plusSeconds(60));
            assertThat(again).isEqualTo(new ChangeStanding.Result.AlreadySo());
            assertThat(enabled.principal().epoch()).isEqualTo(bob.epoch() + 2);
            assertThat(enabledAgain).isEqualTo(new ChangeStanding.Result.AlreadySo());
            assertThat(test.fact(bob)).isEqualTo(test.holding(enabled.principal(), ManagedRole.STANDARD));
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

            var removed = (ChangeStanding.Result.Changed)
                    test.directory.change(operator, bob.id(), ChangeStanding.To.REMOVED);
            var successor = test.added(acme, "bob@acme.example", ManagedRole.STANDARD);

            assertThat(removed.principal().epoch()).isEqualTo(bob.epoch() + 1);
            assertThat(test.fact(bob)).isEqualTo(new PrincipalFact(removed.principal(), Set.of()));
            assertThat(successor.id()).isNotEqualTo(bob.id());
            assertThat(test.directory.change(operator, bob.id(), ChangeStanding.To.REMOVED))
                    .isEqualTo(new ChangeStanding.Result.Unknown());
            assertThat(test.directory.change(operator, bob.id(), ChangeStanding.To.ACTIVE))
                    .isEqualTo(new ChangeStanding.Result.Unknown());
            assertThat(test.directory.change(operator, bob.id(), ChangeStanding.To.DISABLED))
                    .isEqualTo(new ChangeStanding.Result.Unknown());
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
            test.directory.change(operator, second.id(), ChangeStanding.To.DISABLED);

            var disabling = test.directory.change(operator, founded.admin().id(), ChangeStanding.To.DISABLED);
            var removing = test.directory.change(operator, founded.admin().id(), ChangeStanding.To.REMOVED);

            assertThat(disabling).isEqualTo(new ChangeStanding.Result.LastAdministrator());
            assertThat(removing).isEqualTo(new ChangeStanding.Result.LastAdministrator());
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
            test.directory.change(operator, second.id(), ChangeStanding.To.DISABLED);

            var removed = test.directory.change(operator, second.id(), ChangeStanding.To.REMOVED);
            var third = test.added(founded.organization(), "dan@acme.example", ManagedRole.ADMIN);
            var left = test.directory.change(operator, founded.admin().id(), ChangeStanding.To.DISABLED);

            assertThat(removed).isInstanceOf(ChangeStanding.Result.Changed.class);
            assertThat(left).isInstanceOf(ChangeStanding.Result.Changed.class);
            assertThat(test.directory.change(operator, third.id(), ChangeStanding.To.REMOVED))
                    .isEqualTo(new ChangeStanding.Result.LastAdministrator());
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

            assertThat(test.directory.change(stranger, bob.id(), ChangeStanding.To.DISABLED))
                    .isEqualTo(new ChangeStanding.Result.Unknown());
            assertThat(test.directory.change(stranger, bob.id(), ChangeStanding.To.ACTIVE))
                    .isEqualTo(new ChangeStanding.Result.Unknown());
            assertThat(test.directory.change(stranger, bob.id(), ChangeStanding.To.REMOVED))
                    .isEqualTo(new ChangeStanding.Result.Unknown());
            assertThat(test.directory.change(stranger, PrincipalId.random(), ChangeStanding.To.REMOVED))
                    .isEqualTo(new ChangeStanding.Result.Unknown());
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
                    id -> test.directory.change(operator, id, ChangeStanding.To.DISABLED),
                    id -> test.directory.change(operator, id, ChangeStanding.To.ACTIVE),
                    id -> test.directory.change(operator, id, ChangeStanding.To.DISABLED),
                    id -> test.directory.change(operator, id, ChangeStanding.To.ACTIVE),
                    id -> test.directory.change(operator, id, ChangeStanding.To.REMOVED));
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
