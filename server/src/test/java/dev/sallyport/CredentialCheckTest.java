package dev.sallyport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.permission.ManagedRole;
import dev.sallyport.sql.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Credentials whose calls look like another kind's. */
@Timeout(120)
class CredentialCheckTest {

    private static final String CHECK = "/sallyport/v1/choose/check";

    private static void asks(TestAuthority authority, TestPerson.Shown token) {
        assertThat(authority
                        .nginx("datadog", "GET", "/api/v1/monitor")
                        .withToken(token.text())
                        .send()
                        .status())
                .isEqualTo(200);
    }

    /** By the id of the credential. */
    private static Map<String, JsonNode> findings(TestPerson person, String query) {
        var found = new HashMap<String, JsonNode>();
        counted(person);
        var answer = person.calls("GET", CHECK + query);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        answer.json()
                .path("findings")
                .forEach(finding -> found.put(finding.path("credential").stringValue(), finding));
        return found;
    }

    /** Reading a usage waits for the counts of this node. */
    private static void counted(TestPerson person) {
        person.calls("GET", "/sallyport/v1/credentials/" + person.token().id() + "/usage");
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_personal_token_that_a_machine_uses_is_flagged_and_no_other(TestDatabase kind) {
        try (var authority = TestAuthority.on(kind)) {
            var alice = authority.founds("Acme");
            var rival = authority.founds("Rival");
            var account = authority.serves(alice, ManagedRole.STANDARD);
            var machine = alice.issues("monitors_read");
            var person = alice.issues("monitors_read");
            var twoDays = alice.issues("monitors_read");
            var service = alice.issuesTo(account, "monitors_read");
            for (var hour = 0; hour < 96; hour++) {
                asks(authority, machine);
                asks(authority, service);
                if (hour % 24 < 10) {
                    asks(authority, person);
                }
                if (hour < 36) {
                    asks(authority, twoDays);
                }
                authority.passes(Duration.ofHours(1));
            }

            var found = findings(alice, "?days=14");

            assertThat(found).containsOnlyKeys(machine.id());
            var finding = Objects.requireNonNull(found.get(machine.id()));
            assertThat(finding.path("finding").stringValue()).isEqualTo("round_the_clock");
            assertThat(finding.at("/evidence/calls").asInt()).isEqualTo(96);
            assertThat(finding.at("/evidence/days_of_20_hours").asInt()).isEqualTo(3);
            assertThat(finding.at("/advice/use").stringValue()).isEqualTo("service_access_token");
            assertThat(finding.at("/with_platform_identity/best").stringValue()).isEqualTo("federation");
            assertThat(finding.path("command").stringValue()).startsWith("sallyport sat create");
            assertThat(findings(rival, "?days=14")).isEmpty();
        }
    }

    @Test
    void a_legacy_key_in_use_is_sent_to_its_successor() {
        try (var authority = TestAuthority.on(TestDatabase.SQLITE)) {
            var keys = TestKeys.first(authority.founds("Acme"));
            var unused = keys.created(TestKeys.OWN, "never used", "monitors_read");

            var found = findings(keys.person(), "");

            assertThat(found).containsOnlyKeys(keys.applicationKey().id());
            var finding = Objects.requireNonNull(found.get(keys.applicationKey().id()));
            assertThat(finding.path("finding").stringValue()).isEqualTo("legacy_in_use");
            assertThat(finding.at("/advice/best").stringValue()).isEqualTo("personal_access_token");
            assertThat(found).doesNotContainKey(unused.id());
        }
    }

    @Test
    void what_was_not_used_all_the_days_is_flagged_once_they_were_all_counted() {
        try (var authority = TestAuthority.on(TestDatabase.SQLITE)) {
            var alice = authority.founds("Acme");
            var account = authority.serves(alice, ManagedRole.STANDARD);
            counted(alice);
            var unused = alice.issuesTo(account, "monitors_read");
            var used = alice.issuesTo(account, "monitors_read");
            asks(authority, used);
            authority.passes(Duration.ofDays(5));
            asks(authority, used);

            assertThat(findings(alice, "?days=6")).isEmpty();
            var found = findings(alice, "?days=5");

            assertThat(found).containsOnlyKeys(unused.id());
            var finding = Objects.requireNonNull(found.get(unused.id()));
            assertThat(finding.path("finding").stringValue()).isEqualTo("unused");
            assertThat(finding.at("/evidence/days_since_use").asInt()).isEqualTo(5);
            assertThat(finding.path("command").stringValue())
                    .isEqualTo("sallyport sat revoke " + account + " " + unused.id());
        }
    }

    @Test
    void days_on_which_nobody_counted_say_nothing_of_use() {
        try (var authority = TestAuthority.on(TestDatabase.SQLITE)) {
            var alice = authority.founds("Acme");
            counted(alice);
            var unused = alice.issues("monitors_read");
            authority
                    .installation
                    .database()
                    .inTransaction(transaction -> transaction
                            .sql("UPDATE usage_counting SET since_day = since_day + 3 WHERE id = 1")
                            .update());
            authority.passes(Duration.ofDays(6));

            assertThat(findings(alice, "?days=5")).isEmpty();
            assertThat(findings(alice, "?days=4")).containsOnlyKeys(unused.id());
        }
    }

    @Test
    void pages_go_over_every_credential_once() {
        try (var authority = TestAuthority.on(TestDatabase.SQLITE)) {
            var alice = authority.founds("Acme");
            var keys = TestKeys.first(alice);
            List<String> expected =
                    new ArrayList<>(List.of(keys.applicationKey().id()));
            for (var i = 0; i < 6; i++) {
                var key = keys.created(TestKeys.OWN, "key " + i, "monitors_read", "user_app_keys");
                assertThat(keys.with(key).calls("GET", "/api/v2/current_user").status())
                        .isEqualTo(200);
                expected.add(key.id());
            }
            counted(alice);

            var flagged = new ArrayList<String>();
            var checked = 0;
            var cursor = "";
            do {
                var page = alice.calls("GET", CHECK + "?limit=3" + cursor).json();
                checked += page.path("checked").asInt();
                page.path("findings")
                        .forEach(finding ->
                                flagged.add(finding.path("credential").stringValue()));
                cursor = page.path("next_cursor").isNull()
                        ? ""
                        : "&cursor=" + page.path("next_cursor").stringValue();
            } while (!cursor.isEmpty());

            assertThat(checked).isEqualTo(8);
            assertThat(flagged).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(alice.calls("GET", CHECK + "?cursor=junk").status()).isEqualTo(400);
        }
    }
}
