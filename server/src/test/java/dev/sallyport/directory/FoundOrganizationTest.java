package dev.sallyport.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.directory.FoundOrganization.Request;
import dev.sallyport.directory.FoundOrganization.Result;
import dev.sallyport.directory.FoundOrganization.Store;
import dev.sallyport.feed.Change;
import dev.sallyport.feed.Outcome;
import dev.sallyport.identity.Organization;
import dev.sallyport.identity.Principal;
import dev.sallyport.permission.ManagedRole;
import dev.sallyport.sql.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FoundOrganizationTest {

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_new_organization_has_three_roles_and_an_active_administrator(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {

            var founded = test.founded("Acme", "ann@acme.example");

            var organization = founded.organization();
            assertThat(organization.name()).isEqualTo("Acme");
            assertThat(organization.createdAt()).isEqualTo(TestDirectory.NOON);
            assertThat(test.fact(founded.admin())).isEqualTo(test.holding(founded.admin(), ManagedRole.ADMIN));
            assertThat(founded.admin().state()).isEqualTo(Principal.State.ACTIVE);
            var roles = test.database.reading(tx -> new RoleStore().all(tx, organization.id()));
            assertThat(roles)
                    .extracting(role -> role.managed().orElseThrow())
                    .containsExactlyInAnyOrder(ManagedRole.values());
            assertThat(test.trail(organization.id())).containsExactly("ORGANIZATION_FOUNDED", "USER_ADDED");
            assertThat(test.applied)
                    .containsExactly(new Change(
                            Directory.ORGANIZATION,
                            organization.id().value(),
                            organization.id().toString()));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void the_first_organization_is_founded_once(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var first = test.directory.found(new Request("Acme", "ann@acme.example", Store.EMPTY));

            var second = test.directory.found(new Request("Other", "bob@other.example", Store.EMPTY));

            assertThat(first).isInstanceOf(Result.Founded.class);
            assertThat(second).isEqualTo(new Result.StoreNotEmpty());
            assertThat(organizations(test)).extracting(Organization::name).containsExactly("Acme");
            assertThat(test.applied).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_store_with_any_organization_is_not_empty(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            test.founded("Acme", "ann@acme.example");

            var result = test.directory.found(new Request("Other", "bob@other.example", Store.EMPTY));

            assertThat(result).isEqualTo(new Result.StoreNotEmpty());
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_founding_is_undone_with_the_change_that_it_is_part_of(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var request = new Request("Acme", "ann@acme.example", Store.EMPTY);
            assertThatThrownBy(() -> test.feed().change(tx -> {
                        test.directory.found(tx, request);
                        throw new IllegalStateException("on purpose");
                    }))
                    .hasMessage("on purpose");
            assertThat(organizations(test)).isEmpty();

            var result = test.feed().change(tx -> {
                var founded = (Result.Founded) test.directory.found(tx, request);
                return Outcome.changed(founded.change(), founded);
            });

            assertThat(organizations(test)).containsExactly(result.organization());
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_bad_name_or_address_founds_nothing(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {

            var blank = test.directory.found(new Request(" ", "ann@acme.example", Store.EMPTY));
            var nowhere = test.directory.found(new Request("Acme", "ann", Store.EMPTY));

            assertThat(blank).isEqualTo(new Result.NameRefused("The name must not be blank."));
            assertThat(nowhere).isInstanceOf(Result.EmailRefused.class);
            assertThat(organizations(test)).isEmpty();
            assertThat(test.applied).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void of_founders_of_an_empty_store_exactly_one_wins(TestDatabase kind) throws Exception {
        try (var test = TestDirectory.open(kind);
                var threads = Executors.newFixedThreadPool(4)) {
            var barrier = new CyclicBarrier(4);

            var futures = IntStream.range(0, 4)
                    .mapToObj(i -> threads.submit(() -> {
                        barrier.await();
                        return test.directory.found(new Request("Acme " + i, "ann@acme.example", Store.EMPTY));
                    }))
                    .toList();
            var results = all(futures);

            assertThat(results).filteredOn(Result.Founded.class::isInstance).hasSize(1);
            assertThat(results).filteredOn(new Result.StoreNotEmpty()::equals).hasSize(3);
            assertThat(organizations(test)).hasSize(1);
        }
    }

    /** Both have written before either commits: only the database can tell them apart. */
    @ParameterizedTest
    @EnumSource(value = TestDatabase.class, names = "POSTGRESQL")
    void a_founder_who_saw_an_empty_store_waits_for_the_one_before(TestDatabase kind) throws Exception {
        try (var test = TestDirectory.open(kind);
                var threads = Executors.newFixedThreadPool(2)) {
            var isFounded = new CountDownLatch(1);
            var hasLooked = new CountDownLatch(1);

            var first = threads.submit(() -> test.feed().change(tx -> {
                var founded =
                        (Result.Founded) test.directory.found(tx, new Request("Acme", "ann@acme.example", Store.ANY));
                isFounded.countDown();
                await(hasLooked);
                return Outcome.changed(founded.change(), founded);
            }));
            var second = threads.submit(() -> test.feed().change(tx -> {
                await(isFounded);
                var seen = new ArrayList<Organization>();
                test.directory.organizations(tx, seen::add);
                hasLooked.countDown();
                return seen.isEmpty()
                        ? Outcome.unchanged(
                                test.directory.found(tx, new Request("Other", "bob@other.example", Store.EMPTY)))
                        : Outcome.unchanged(new Result.NameRefused("the first was seen already"));
            }));

            assertThat(second.get()).isEqualTo(new Result.StoreNotEmpty());
            assertThat(organizations(test)).containsExactly(first.get().organization());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Organization> organizations(TestDirectory test) {
        var organizations = new ArrayList<Organization>();
        test.database.inTransaction(tx -> {
            test.directory.organizations(tx, organizations::add);
            return true;
        });
        return organizations;
    }

    private static <T> List<T> all(List<Future<T>> futures) throws InterruptedException, ExecutionException {
        var results = new ArrayList<T>();
        for (var future : futures) {
            results.add(future.get());
        }
        return results;
    }
}
