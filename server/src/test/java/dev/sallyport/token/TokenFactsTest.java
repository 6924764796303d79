package dev.sallyport.token;

import static dev.sallyport.token.TestTokens.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.credential.Credentials;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.Organization;
import dev.sallyport.sql.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TokenFactsTest {

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void the_replica_reads_what_can_still_be_used_of_every_organization(TestDatabase kind) {
        try (var test = TestTokens.alone(kind)) {
            var here = test.caller(test.user(), "user_app_keys", "monitors_read");
            var there = test.caller(test.user(test.organization()), "monitors_read");
            var ending = test.caller(test.user(), NOON.plusSeconds(1), "monitors_read");
            var revoked =
                    test.issued(here, "laptop", "monitors_read").path("id").stringValue();
            test.revoke(here, revoked);

            assertThat(ids(test, Duration.ZERO))
                    .containsExactlyInAnyOrder(
                            here.credential().id(),
                            there.credential().id(),
                            ending.credential().id());
            assertThat(ids(test, Duration.ofSeconds(1)))
                    .containsExactlyInAnyOrder(
                            here.credential().id(), there.credential().id());
        }
    }

    private static List<CredentialId> ids(TestTokens test, Duration later) {
        return test.database.readingAll(transaction -> {
            var ids = new ArrayList<CredentialId>();
            new Credentials().facts(transaction, NOON.plus(later), fact -> ids.add(fact.id()));
            return ids;
        });
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_fact_is_found_in_its_own_organization_only(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var id = test.caller(test.user(), "monitors_read").credential().id();

            assertThat(isFound(test, test.organization, id)).isTrue();
            assertThat(isFound(test, test.organization(), id)).isFalse();
            assertThat(isFound(test, test.organization, CredentialId.random())).isFalse();
        }
    }

    private static boolean isFound(TestTokens test, Organization organization, CredentialId id) {
        return test.database
                .reading(transaction -> new Credentials().fact(transaction, organization.id(), id))
                .isPresent();
    }
}
