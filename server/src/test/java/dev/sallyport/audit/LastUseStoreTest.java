package dev.sallyport.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.audit.LastUse.Use;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.sql.Database;
import dev.sallyport.sql.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LastUseStoreTest {

    private final CredentialId laptop = CredentialId.random();

    private static long lastUse(Database control, CredentialId credential) {
        return control.reading(transaction -> transaction
                .sql("SELECT last_used_at FROM credential_use WHERE credential_id = ? AND organization_id = ?")
                .with(credential.value(), Samples.ACME.value())
                .map(row -> row.number("last_used_at"))
                .one());
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void the_latest_use_stands_in_whatever_order_uses_are_told(TestDatabase kind) {
        try (var control = kind.open()) {
            var store = new LastUseStore(control);

            store.used(List.of(new Use(laptop, Samples.ACME, 5)));
            store.used(List.of(new Use(laptop, Samples.ACME, 9)));
            store.used(List.of(new Use(laptop, Samples.ACME, 7)));

            assertThat(lastUse(control, laptop)).isEqualTo(9);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void another_organization_does_not_move_it(TestDatabase kind) {
        try (var control = kind.open()) {
            var store = new LastUseStore(control);

            store.used(List.of(new Use(laptop, Samples.ACME, 5)));
            store.used(List.of(new Use(laptop, Samples.RIVAL, 9)));

            assertThat(lastUse(control, laptop)).isEqualTo(5);
        }
    }

    @Test
    void uses_are_told_in_portions_and_only_of_allowed_decisions() {
        var told = new ArrayList<List<Use>>();
        var uses = new LastUses(told::add);
        for (var i = 0; i < 2_500; i++) {
            uses.add(Samples.throughBytes(Samples.allowed(Samples.alice(), "/x", i)));
        }
        uses.add(Samples.throughBytes(Samples.stranger("192.0.2.1", 1)));
        uses.add(Samples.throughBytes(new DecisionRecord(
                1, Samples.alice(), "", "datadog", "", "GET", "/x", false, "scope_missing", 7, "192.0.2.7")));

        uses.flush();
        uses.flush();
        uses.flush();

        assertThat(told).extracting(List::size).containsExactly(2_000, 500);
    }

    @Test
    void a_portion_that_could_not_be_told_is_told_again() {
        var told = new ArrayList<List<Use>>();
        var isFailing = new boolean[] {true};
        var uses = new LastUses(portion -> {
            if (isFailing[0]) {
                throw new IllegalStateException("on purpose");
            }
            told.add(portion);
        });
        uses.add(Samples.throughBytes(Samples.allowed("/x")));
        org.assertj.core.api.Assertions.assertThatThrownBy(uses::flush).hasMessage("on purpose");

        isFailing[0] = false;
        uses.flush();

        assertThat(told).hasSize(1);
    }
}
