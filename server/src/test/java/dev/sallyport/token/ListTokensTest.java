package dev.sallyport.token;

import static dev.sallyport.token.TestTokens.NOON;
import static dev.sallyport.token.TestTokens.code;
import static dev.sallyport.token.TestTokens.json;
import static dev.sallyport.token.TestTokens.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.sql.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ListTokensTest {

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void an_item_says_everything_but_the_token_itself(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var caller = test.caller(test.user(), "user_app_keys", "monitors_read");
            var issued = test.issued(caller, "laptop", "monitors_read");

            var page = json(test.list(caller, "filter", "lap"));

            var item = page.path("data").get(0);
            assertThat(item.path("attributes").propertyNames())
                    .containsExactlyInAnyOrder(
                            "created_at", "expires_at", "last_used_at", "name", "public_portion", "scopes");
            assertThat(item.path("attributes").path("last_used_at").isNull()).isTrue();
            assertThat(item.path("id")).isEqualTo(issued.path("id"));
            assertThat(item.path("relationships")).isEqualTo(issued.path("relationships"));
            assertThat(page.path("meta").toString()).isEqualTo("{\"page\":{\"total_filtered_count\":1}}");
            assertThat(page.toString())
                    .doesNotContain(issued.path("attributes").path("key").stringValue());
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_use_shows_and_does_not_touch_the_tokens_row(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var caller = test.caller(test.user(), "user_app_keys", "monitors_read");
            var id = test.issued(caller, "laptop", "monitors_read").path("id").stringValue();
            use(test, id, 7);

            var attributes = json(test.read(caller, id)).path("data").path("attributes");

            assertThat(attributes.path("last_used_at").stringValue()).isEqualTo("2026-11-23T12:00:07.000000Z");
            assertThat(attributes.has("modified_at")).isFalse();
        }
    }

    private static void use(TestTokens test, String id, int seconds) {
        test.write(
                "INSERT INTO credential_use (credential_id, organization_id, last_used_at) VALUES (?, ?, ?)",
                id,
                test.organization.id().value(),
                NOON.plusSeconds(seconds));
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void each_order_is_the_same_in_both_databases(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var caller = test.caller(test.user(), "user_app_keys", "monitors_read");
            var names = List.of("beta", "Alpha", "gamma", "äther");
            for (var i = 0; i < names.size(); i++) {
                test.now = NOON.plusSeconds(i);
                var days = Duration.ofDays(40L - i);
                var data = json(test.issue(caller, names.get(i), NOON.plus(days), "monitors_read"))
                        .path("data");
                if (i % 2 == 0) {
                    use(test, data.path("id").stringValue(), 10 - i);
                }
            }

            assertThat(names(test, caller, "name")).containsExactly("Alpha", "beta", "gamma", "äther");
            assertThat(names(test, caller, "-name")).containsExactly("äther", "gamma", "beta", "Alpha");
            assertThat(names(test, caller, "created_at")).containsExactly("beta", "Alpha", "gamma", "äther");
            assertThat(names(test, caller, "-created_at")).containsExactly("äther", "gamma", "Alpha", "beta");
            assertThat(names(test, caller, "expires_at")).containsExactly("äther", "gamma", "Alpha", "beta");
            assertThat(names(test, caller, "-expires_at")).containsExactly("beta", "Alpha", "gamma", "äther");
            assertThat(names(test, caller, "last_used_at"))
                    .endsWith("gamma", "beta")
                    .hasSize(4);
            assertThat(names(test, caller, "-last_used_at"))
                    .startsWith("beta", "gamma")
                    .hasSize(4);
        }
    }

    private static List<String> names(TestTokens test, Caller caller, String sort) {
        return names(test.list(caller, "sort", sort)).stream()
                .filter(name -> !name.equals("caller"))
                .toList();
    }

    private static List<String> names(Response response) {
        return json(response)
                .path("data")
                .valueStream()
                .map(item -> item.path("attributes").path("name").stringValue())
                .toList();
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void pages_of_equal_names_hold_every_token_once(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var caller = test.caller(test.user(), "user_app_keys", "monitors_read");
            for (var i = 0; i < 12; i++) {
                test.issued(caller, "same", "monitors_read");
            }

            for (var sort : List.of(
                    "name",
                    "-name",
                    "created_at",
                    "-created_at",
                    "expires_at",
                    "-expires_at",
                    "last_used_at",
                    "-last_used_at")) {
                var seen = new ArrayList<String>();
                for (var page = 0; page < 3; page++) {
                    var answer = json(test.list(
                            caller,
                            "filter",
                            "SAM",
                            "sort",
                            sort,
                            "page[size]",
                            "5",
                            "page[number]",
                            String.valueOf(page)));
                    assertThat(answer.at("/meta/page/total_filtered_count").intValue())
                            .isEqualTo(12);
                    answer.path("data")
                            .valueStream()
                            .forEach(item -> seen.add(item.path("id").stringValue()));
                }
                assertThat(seen).as(sort).hasSize(12);
                assertThat(new HashSet<>(seen)).as(sort).hasSize(12);
            }
            assertThat(json(test.list(caller)).path("data")).hasSize(10);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_filter_is_text_and_no_pattern(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var caller = test.caller(test.user(), "user_app_keys", "monitors_read");
            for (var name : List.of("100% sure", "100 per cent", "a_b", "axb", "bang!", "ﬁle")) {
                test.issued(caller, name, "monitors_read");
            }

            assertThat(names(test.list(caller, "filter", "0%"))).containsExactly("100% sure");
            assertThat(names(test.list(caller, "filter", "A_B"))).containsExactly("a_b");
            assertThat(names(test.list(caller, "filter", "g!"))).containsExactly("bang!");
            assertThat(names(test.list(caller, "filter", "FI"))).containsExactly("ﬁle");
            assertThat(names(test.list(caller, "filter", "' OR 1=1 --"))).isEmpty();
            assertThat(names(test.list(caller, "filter", ""))).hasSize(7);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_caller_sees_others_only_with_the_permission_for_it(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var alice = test.caller(test.user(), "user_app_keys", "monitors_read");
            var bob = test.caller(test.user(), "user_app_keys", "monitors_read");
            var reader = test.caller(test.user(), "org_app_keys_read");
            var stranger = test.caller(test.user(test.organization()), "org_app_keys_read");
            var id = test.issued(alice, "laptop", "monitors_read").path("id").stringValue();
            var aliceId = alice.principal().id().toString();
            var bobId = bob.principal().id().toString();

            assertThat(status(test.read(alice, id))).isEqualTo(200);
            assertThat(status(test.read(bob, id))).isEqualTo(404);
            assertThat(status(test.read(reader, id))).isEqualTo(200);
            assertThat(status(test.read(stranger, id))).isEqualTo(404);
            assertThat(status(test.read(alice, "junk"))).isEqualTo(404);
            assertThat(found(test.list(alice))).isEqualTo(2);
            assertThat(found(test.list(bob))).isEqualTo(1);
            assertThat(found(test.list(bob, "filter[owned_by]", aliceId))).isZero();
            assertThat(found(test.list(bob, "filter[owned_by]", aliceId, "filter[owned_by]", bobId)))
                    .isEqualTo(1);
            assertThat(found(test.list(reader))).isEqualTo(4);
            assertThat(found(test.list(reader, "filter[owned_by]", aliceId))).isEqualTo(2);
            assertThat(found(test.list(reader, "filter[owned_by]", aliceId, "filter[owned_by]", bobId)))
                    .isEqualTo(3);
            assertThat(found(test.list(stranger))).isEqualTo(1);
            assertThat(found(test.list(stranger, "filter[owned_by]", aliceId))).isZero();
        }
    }

    private static int found(Response response) {
        var page = json(response);
        var found = page.at("/meta/page/total_filtered_count").intValue();
        assertThat(page.path("data")).hasSize(found);
        return found;
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void what_ended_with_its_owner_is_not_listed_when_the_owner_is_back(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var alice = test.caller(test.user(), "user_app_keys", "monitors_read");
            var reader = test.caller(test.user(), "org_app_keys_read");
            var id = test.issued(alice, "laptop", "monitors_read").path("id").stringValue();

            test.disable(alice.principal());
            assertThat(status(test.read(reader, id))).isEqualTo(404);
            test.enable(alice.principal());
            assertThat(status(test.read(reader, id))).isEqualTo(404);
            assertThat(found(test.list(reader, "filter", "laptop"))).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void nonsense_in_the_query_is_refused(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var caller = test.caller(test.user(), "user_app_keys");
            var tooMany = new ArrayList<String>();
            for (var i = 0; i < 101; i++) {
                tooMany.addAll(
                        List.of("filter[owned_by]", caller.principal().id().toString()));
            }

            assertThat(code(test.list(caller, "sort", "size"))).isEqualTo("invalid_sort");
            assertThat(code(test.list(caller, "sort", "NAME"))).isEqualTo("invalid_sort");
            assertThat(code(test.list(caller, "sort", ""))).isEqualTo("invalid_sort");
            assertThat(code(test.list(caller, "sort", "name", "sort", "-name"))).isEqualTo("repeated_parameter");
            for (var size : List.of("0", "1001", "-1", "+5", "٥", "1e1", "")) {
                assertThat(code(test.list(caller, "page[size]", size))).isEqualTo("invalid_parameter");
            }
            assertThat(code(test.list(caller, "page[number]", "-1"))).isEqualTo("invalid_parameter");
            assertThat(code(test.list(caller, "filter[owned_by]", "1-1-1-1-1"))).isEqualTo("invalid_owner");
            assertThat(code(test.list(caller, tooMany.toArray(String[]::new)))).isEqualTo("too_many_owners");
            assertThat(code(test.list(caller, "filter", "a\u0000b"))).isEqualTo("invalid_filter");
            assertThat(code(test.list(caller, "filter", "x".repeat(256)))).isEqualTo("invalid_filter");
            assertThat(code(test.list(caller, "page[number]", "999999999", "page[size]", "1000")))
                    .isEqualTo("200");
        }
    }
}
