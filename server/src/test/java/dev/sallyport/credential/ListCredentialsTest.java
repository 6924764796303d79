package dev.sallyport.credential;

import static dev.sallyport.credential.TestInventory.NOON;
import static dev.sallyport.credential.TestInventory.code;
import static dev.sallyport.credential.TestInventory.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.sql.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ListCredentialsTest {

    private static final String READING = KindReach.READING;

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void each_filter_finds_what_it_says(TestDatabase kind) {
        try (var test = TestInventory.on(kind)) {
            var caller = test.caller(READING, KindReach.READING_KEYS);
            var own = caller.credential().id();
            var old = test.token()
                    .createdAt(NOON.minus(Duration.ofDays(50)))
                    .named("Old 100%")
                    .stored();
            var endless = test.tokenOf(test.user(test.organization))
                    .of(CredentialKind.SERVICE_ACCESS_TOKEN)
                    .ending(null)
                    .mintedBy(old)
                    .carrying("metrics_read", "org_management")
                    .stored();
            var legacy = test.token()
                    .of(CredentialKind.APPLICATION_KEY)
                    .unscoped()
                    .ending(null)
                    .stored();
            var key = test.token().of(CredentialKind.API_KEY).ending(null).stored();
            test.uses(old, NOON.minus(Duration.ofDays(10)));
            test.token().ending(NOON.minusSeconds(1)).stored();

            assertThat(test.listed(caller)).containsExactlyInAnyOrder(own, old, endless, legacy, key);
            var expected = Map.ofEntries(
                    Map.entry("kind=api_key", List.of(key)),
                    Map.entry("owner=" + test.alice.id(), List.of(old, legacy)),
                    Map.entry("creator=" + test.alice.id(), List.of(old, legacy, key)),
                    Map.entry("minted_by=" + old, List.of(endless)),
                    Map.entry("scope=monitors_read", List.of(old, legacy)),
                    Map.entry("scope=billing:invoices_read", List.of(endless, legacy)),
                    Map.entry("name=OLD 100%", List.of(old)),
                    Map.entry("name=_", List.<CredentialId>of()),
                    Map.entry("created_before=2026-11-01T00:00:00Z", List.of(old)),
                    Map.entry("created_after=2026-11-01T00:00:00Z", List.of(own, endless, legacy, key)),
                    Map.entry("last_used_before=2026-11-20T00:00:00Z", List.of(old)),
                    Map.entry("never_used=true", List.of(own, endless, legacy, key)),
                    Map.entry("never_used=false", List.of(own, old, endless, legacy, key)),
                    Map.entry("expires_before=2027-12-01T00:00:00Z", List.of(own, old)),
                    Map.entry("expires=never", List.of(endless, legacy, key)));
            expected.forEach((filter, ids) -> assertThat(test.listed(caller, filter.split("=", 2)))
                    .as(filter)
                    .containsExactlyInAnyOrderElementsOf(ids));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void pages_follow_each_other_without_gap_or_repetition(TestDatabase kind) {
        try (var test = TestInventory.on(kind)) {
            var caller = test.caller(READING);
            var ids = new ArrayList<>(List.of(caller.credential().id()));
            for (var i = 0; i < 6; i++) {
                ids.add(test.token().createdAt(NOON.plusSeconds(i / 3)).stored());
            }

            var seen = new ArrayList<CredentialId>();
            var cursor = "";
            do {
                var query =
                        cursor.isEmpty() ? new String[] {"limit", "3"} : new String[] {"limit", "3", "cursor", cursor};
                var page = json(test.list(caller, query));
                assertThat(page.get("total").intValue()).isEqualTo(7);
                assertThat(page.get("total_is_exact").booleanValue()).isTrue();
                seen.addAll(test.listed(caller, query));
                cursor = page.get("next_cursor").isNull()
                        ? ""
                        : page.get("next_cursor").stringValue();
            } while (!cursor.isEmpty());

            assertThat(seen).containsExactlyInAnyOrderElementsOf(ids);
            assertThat(seen).doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void api_keys_are_seen_with_their_own_permission_only(TestDatabase kind) {
        try (var test = TestInventory.on(kind)) {
            var key = test.token().of(CredentialKind.API_KEY).stored();
            var without = test.caller(READING);
            var with = test.caller(READING, KindReach.READING_KEYS);

            assertThat(test.listed(without)).doesNotContain(key);
            assertThat(code(test.list(without, "kind", "api_key"))).isEqualTo("kind_out_of_reach");
            assertThat(code(test.read(without, key.toString()))).isEqualTo("not_found");
            assertThat(test.listed(with)).contains(key);
            assertThat(code(test.read(with, key.toString()))).isEqualTo("200");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void one_is_shown_with_what_minted_it_and_how_much_it_minted(TestDatabase kind) {
        try (var test = TestInventory.on(kind)) {
            var caller = test.caller(READING);
            var root = test.token().named("root").stored();
            var middle = test.token().named("middle").mintedBy(root).stored();
            var leaf = test.token().mintedBy(middle).stored();
            test.inventory.revoke(test.operator(), test.organization.id(), List.of(root), Lineage.ALONE, "test");

            var shown = json(test.read(caller, leaf.toString()));
            var parent = json(test.read(caller, middle.toString()));

            assertThat(shown.get("ancestors")
                            .valueStream()
                            .map(one -> one.get("name").stringValue()))
                    .containsExactly("middle", "root");
            assertThat(shown.get("ancestors")
                            .valueStream()
                            .map(one -> one.get("live").booleanValue()))
                    .containsExactly(true, false);
            assertThat(shown.get("descendants").intValue()).isZero();
            assertThat(parent.get("descendants").intValue()).isEqualTo(1);
            assertThat(shown.get("id").stringValue()).isEqualTo(leaf.toString());
            assertThat(shown.get("public_portion").stringValue()).startsWith("ddpat_");
            assertThat(shown.at("/owner/name").stringValue()).isEqualTo("Alice");
            assertThat(code(test.read(caller, root.toString()))).isEqualTo("not_found");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void another_organization_is_out_of_sight(TestDatabase kind) {
        try (var test = TestInventory.on(kind)) {
            var theirs = test.tokenOf(test.user(test.organization())).stored();
            var caller = test.caller(READING);

            assertThat(test.listed(caller)).doesNotContain(theirs);
            assertThat(code(test.read(caller, theirs.toString()))).isEqualTo("not_found");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void nonsense_is_refused(TestDatabase kind) {
        try (var test = TestInventory.on(kind)) {
            var caller = test.caller(READING);
            for (var filter : List.of(
                    "kind=setup_link",
                    "owner=me",
                    "scope=monitor_read",
                    "created_before=yesterday",
                    "never_used=1",
                    "expires=soon",
                    "name=\u0000",
                    "cursor=x",
                    "limit=1001")) {
                assertThat(code(test.list(caller, filter.split("=", 2))))
                        .as(filter)
                        .startsWith("invalid_");
            }
            assertThat(code(refusedTwice(test, caller))).isEqualTo("repeated_parameter");
        }
    }

    private static Response refusedTwice(TestInventory test, Caller caller) {
        return test.list(
                caller,
                "owner",
                test.alice.id().toString(),
                "owner",
                test.alice.id().toString());
    }
}
