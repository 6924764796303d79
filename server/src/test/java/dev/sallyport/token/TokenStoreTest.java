package dev.sallyport.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.credential.CredentialStore;
import dev.sallyport.sql.TestDatabase;
import dev.sallyport.sql.Transaction;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A check that was made before another change committed must not outlast it. */
class TokenStoreTest {

    private final CredentialStore store = new CredentialStore();

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whoever_checks_a_token_waits_for_a_revocation_under_way(TestDatabase kind) throws Exception {
        try (var test = TestTokens.on(kind)) {
            var organization = test.organization.id();
            var id = test.caller(test.user(), "monitors_read").credential().id();
            Predicate<Transaction> check = transaction ->
                    store.holdLive(transaction, organization, id, test.now).isPresent();

            assertThat(test.database.inTransaction(check::test)).isTrue();
            assertThat(during(
                            test,
                            transaction -> assertThat(store.revoke(transaction, organization, id, test.now))
                                    .isTrue(),
                            check))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whoever_checks_an_owner_waits_for_a_disabling_under_way(TestDatabase kind) throws Exception {
        try (var test = TestTokens.on(kind)) {
            var organization = test.organization.id();
            var alice = test.user();
            Predicate<Transaction> check =
                    transaction -> store.holdOwner(transaction, organization, alice.id(), alice.epoch());

            assertThat(test.database.inTransaction(check::test)).isTrue();
            assertThat(during(
                            test,
                            transaction -> assertThat(transaction
                                            .sql(
                                                    "UPDATE principal SET epoch = epoch + 1 WHERE organization_id = ? AND id = ?")
                                            .with(
                                                    organization.value(),
                                                    alice.id().value())
                                            .update())
                                    .isEqualTo(1),
                            check))
                    .isFalse();
        }
    }

    /** What the check says that begins after the change was written and before it is committed. */
    private static boolean during(TestTokens test, Consumer<Transaction> change, Predicate<Transaction> check)
            throws Exception {
        try (var threads = Executors.newSingleThreadExecutor()) {
            var checked = test.database.inTransaction(transaction -> {
                change.accept(transaction);
                var answer = CompletableFuture.supplyAsync(() -> test.database.inTransaction(check::test), threads);
                try {
                    // A check that does not wait for this transaction is done by now, and its answer is wrong.
                    answer.get(500, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    return answer;
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
                return answer;
            });
            return checked.get(10, TimeUnit.SECONDS);
        }
    }
}
