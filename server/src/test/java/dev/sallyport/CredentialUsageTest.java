package dev.sallyport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.permission.ManagedRole;
import dev.sallyport.sql.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** From calls at a door to fewer scopes. */
@Timeout(120)
class CredentialUsageTest {

    private static final String CREDENTIALS = "/sallyport/v1/credentials/";

    private static int asks(TestAuthority authority, TestPerson.Shown token, String method, String uri) {
        return authority
                .nginx("datadog", method, uri)
                .withToken(token.text())
                .send()
                .status();
    }

    private static JsonNode usage(TestPerson person, TestPerson.Shown token, String query) {
        var answer = person.calls("GET", CREDENTIALS + token.id() + "/usage" + query);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return answer.json();
    }

    private static TestCall.Answer shrinks(TestPerson person, TestPerson.Shown token, Map<String, ?> body) {
        return person.calls(
                "POST",
                CREDENTIALS + token.id() + "/shrink",
                JsonMapper.shared().writeValueAsString(body));
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(item -> texts.add(item.stringValue()));
        return texts;
    }

    /** The same person with a token of these scopes. */
    private static TestPerson narrowed(TestPerson person, String... scopes) {
        return new TestPerson(person.authority(), person.organization(), person.principal(), person.issues(scopes));
    }

    private static String code(TestCall.Answer answer) {
        return answer.json().path("code").asString("");
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_token_that_used_one_scope_of_three_is_shrunk_to_it(TestDatabase kind) {
        try (var authority = TestAuthority.on(kind)) {
            var alice = authority.founds("Acme");
            var token = alice.issues("monitors_read", "monitors_write", "dashboards_read");
            assertThat(asks(authority, token, "GET", "/api/v1/monitor")).isEqualTo(200);
            assertThat(asks(authority, token, "GET", "/api/v1/monitor/7")).isEqualTo(200);
            assertThat(asks(authority, token, "GET", "/api/v2/users")).isEqualTo(403);

            var usage = usage(alice, token, "");

            assertThat(usage.path("allowed").asInt()).isEqualTo(2);
            assertThat(usage.path("refused").asInt()).isEqualTo(1);
            assertThat(usage.path("is_current").asBoolean()).isTrue();
            assertThat(usage.at("/window/is_whole").asBoolean()).isTrue();
            assertThat(texts(usage.path("used"))).containsExactly("monitors_read");
            assertThat(texts(usage.path("never_used"))).containsExactly("dashboards_read", "monitors_write");
            assertThat(texts(usage.path("smallest_scopes"))).containsExactly("monitors_read");
            assertThat(usage.path("operations"))
                    .extracting(operation -> operation.path("operation").stringValue())
                    .containsExactly("GetMonitor", "ListMonitors", "ListUsers");

            var planned = shrinks(alice, token, Map.of("dry_run", true)).json();

            assertThat(planned.path("is_done").asBoolean()).isFalse();
            assertThat(planned.path("calls").asInt()).isEqualTo(2);
            assertThat(planned.path("would_refuse").asInt()).isZero();
            assertThat(texts(planned.path("dropped"))).containsExactly("dashboards_read", "monitors_write");
            assertThat(asks(authority, token, "GET", "/api/v1/dashboard")).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void after_a_shrink_the_used_calls_pass_and_the_others_are_refused(TestDatabase kind) {
        try (var authority = TestAuthority.on(kind)) {
            var alice = authority.founds("Acme");
            var token = alice.issues("monitors_read", "monitors_write", "dashboards_read");
            asks(authority, token, "GET", "/api/v1/monitor");

            var done = shrinks(alice, token, Map.of("dry_run", false)).json();

            assertThat(done.path("is_done").asBoolean()).isTrue();
            assertThat(texts(done.path("scopes_after"))).containsExactly("monitors_read");
            assertThat(asks(authority, token, "GET", "/api/v1/monitor")).isEqualTo(200);
            assertThat(asks(authority, token, "POST", "/api/v1/monitor")).isEqualTo(403);
            assertThat(asks(authority, token, "GET", "/api/v1/dashboard")).isEqualTo(403);
            var again = shrinks(alice, token, Map.of("dry_run", false)).json();
            assertThat(again.path("is_done").asBoolean()).isFalse();
        }
    }

    @Test
    void without_a_recorded_call_there_is_nothing_to_go_by_but_what_is_kept() {
        try (var authority = TestAuthority.on(TestDatabase.SQLITE)) {
            var alice = authority.founds("Acme");
            var token = alice.issues("monitors_read", "dashboards_read");

            assertThat(code(shrinks(alice, token, Map.of("dry_run", true)))).isEqualTo("nothing_recorded");
            assertThat(code(shrinks(alice, token, Map.of("keep", List.of("monitors_write")))))
                    .isEqualTo("unknown_scopes");
            var kept = shrinks(alice, token, Map.of("dry_run", false, "keep", List.of("monitors_read")));

            assertThat(texts(kept.json().path("scopes_after"))).containsExactly("monitors_read");
        }
    }

    @Test
    void a_call_that_needs_no_scope_leaves_nothing_to_shrink_to() {
        try (var authority = TestAuthority.on(TestDatabase.SQLITE)) {
            var alice = authority.founds("Acme");
            var token = alice.issues("monitors_read", "dashboards_read");
            authority
                    .call("POST", "/sallyport/v1/choose")
                    .withToken(token.text())
                    .withJson("{}")
                    .send();

            assertThat(code(shrinks(alice, token, Map.of("dry_run", true)))).isEqualTo("no_scope_needed");
        }
    }

    @Test
    void what_a_caller_does_not_see_is_not_found_and_what_it_may_not_edit_stays() {
        try (var authority = TestAuthority.on(TestDatabase.SQLITE)) {
            var alice = authority.founds("Acme");
            var bob = narrowed(authority.joins(alice, "Bob", ManagedRole.STANDARD), "user_app_keys");
            var rival = authority.founds("Rival");
            var token = alice.issues("monitors_read", "dashboards_read");
            asks(authority, token, "GET", "/api/v1/monitor");
            var usage = CREDENTIALS + token.id() + "/usage";

            assertThat(rival.calls("GET", usage).status()).isEqualTo(404);
            assertThat(rival.calls("GET", usage).body())
                    .isEqualTo(bob.calls("GET", usage).body());
            assertThat(shrinks(rival, token, Map.of("dry_run", true)).status()).isEqualTo(404);
            assertThat(shrinks(bob, token, Map.of("dry_run", false)).status()).isEqualTo(404);
            assertThat(usage(alice, bob.token(), "").path("id").stringValue())
                    .isEqualTo(bob.token().id());
            assertThat(alice.calls("GET", CREDENTIALS + "junk/usage").status()).isEqualTo(404);
        }
    }

    @Test
    void a_caller_cannot_shrink_what_reaches_further_than_itself() {
        try (var authority = TestAuthority.on(TestDatabase.SQLITE)) {
            var alice = authority.founds("Acme");
            var token = alice.issues("monitors_read", "dashboards_read");
            asks(authority, token, "GET", "/api/v1/monitor");
            var narrow = narrowed(alice, "user_app_keys", "org_app_keys_read", "monitors_read");

            var refused = shrinks(narrow, token, Map.of("dry_run", false));

            assertThat(refused.status()).isEqualTo(403);
            assertThat(code(refused)).isEqualTo("scopes_not_held");
            assertThat(texts(usage(alice, token, "").path("scopes"))).hasSize(2);
        }
    }

    @Test
    void a_permission_that_the_owner_lost_is_refused_anyhow_and_its_scope_stays() {
        try (var authority = TestAuthority.on(TestDatabase.SQLITE)) {
            var alice = authority.founds("Acme");
            var bob = authority.joins(alice, "Bob", ManagedRole.STANDARD);
            var token = bob.issues("monitors_write", "monitors_read", "dashboards_read");
            asks(authority, token, "POST", "/api/v1/monitor");
            asks(authority, token, "GET", "/api/v1/monitor");
            removesRoles(alice, bob);

            var planned = shrinks(alice, token, Map.of("dry_run", true)).json();

            assertThat(texts(planned.path("scopes_after"))).containsExactly("monitors_read", "monitors_write");
            assertThat(planned.path("would_refuse").asInt()).isZero();
            assertThat(planned.path("refused_anyhow").asInt()).isEqualTo(1);
        }
    }

    private static void removesRoles(TestPerson admin, TestPerson person) {
        var roles = admin.calls("GET", "/api/v2/roles").json().path("data");
        roles.forEach(role -> admin.calls(
                "DELETE",
                "/api/v2/roles/" + role.path("id").stringValue() + "/users",
                JsonMapper.shared()
                        .writeValueAsString(Map.of(
                                "data", Map.of("id", person.principal().id().toString(), "type", "users")))));
    }

    @Test
    void days_before_the_window_do_not_count() {
        try (var authority = TestAuthority.on(TestDatabase.SQLITE)) {
            var alice = authority.founds("Acme");
            var token = alice.issues("monitors_read", "dashboards_read");
            asks(authority, token, "GET", "/api/v1/monitor");
            usage(alice, token, "");
            authority.passes(Duration.ofDays(8));
            asks(authority, token, "GET", "/api/v1/dashboard");

            var week = usage(alice, token, "?days=8");
            var month = usage(alice, token, "?days=30");

            assertThat(texts(week.path("used"))).containsExactly("dashboards_read");
            assertThat(texts(month.path("used"))).containsExactly("dashboards_read", "monitors_read");
            assertThat(alice.calls("GET", CREDENTIALS + token.id() + "/usage?days=91")
                            .status())
                    .isEqualTo(400);
        }
    }

    @Test
    void an_application_key_without_scopes_gets_those_that_it_needs() {
        try (var authority = TestAuthority.on(TestDatabase.SQLITE)) {
            var keys = TestKeys.first(authority.founds("Acme"));
            var key = keys.createdUnscoped(TestKeys.OWN, "deploys");
            var deploys = keys.with(key);
            asksWith(deploys, "GET", "/api/v1/monitor");
            asksWith(deploys, "GET", "/api/v1/dashboard");
            var shown = new TestPerson.Shown(key.id(), key.text());
            var body = JsonMapper.shared().writeValueAsString(Map.of("dry_run", false));

            var byToken = shrinks(keys.person(), shown, Map.of("dry_run", false));
            var byKeys = keys.calls("POST", CREDENTIALS + key.id() + "/shrink", body);

            assertThat(code(byToken)).isEqualTo("keys_only");
            assertThat(byKeys.status()).as(byKeys.toString()).isEqualTo(200);
            assertThat(byKeys.json().path("scopes_before").isNull()).isTrue();
            assertThat(texts(byKeys.json().path("scopes_after"))).containsExactly("dashboards_read", "monitors_read");
            assertThat(asksWith(deploys, "GET", "/api/v1/monitor")).isEqualTo(200);
            assertThat(asksWith(deploys, "POST", "/api/v1/monitor")).isEqualTo(403);
        }
    }

    @Test
    void what_no_scope_can_say_is_counted_as_refused_before_it_is() {
        try (var authority = TestAuthority.on(TestDatabase.SQLITE)) {
            var admin = authority.founds("Acme");
            admin.imports("till", TILL);
            var keys = TestKeys.first(admin);
            var key = keys.createdUnscoped(TestKeys.OWN, "deploys");
            var deploys = keys.with(key);
            asksWith(deploys, "GET", "/api/v1/monitor");
            for (var i = 0; i < 3; i++) {
                assertThat(asksWith(deploys, "till", "POST", "/sales")).isEqualTo(200);
            }
            var path = CREDENTIALS + key.id() + "/shrink";

            var planned = keys.calls("POST", path, "{\"dry_run\":true}").json();
            var refused = keys.calls("POST", path, "{\"dry_run\":false}");
            var accepted = keys.calls("POST", path, "{\"dry_run\":false,\"accept_refusals\":true}");

            assertThat(planned.path("calls").asInt()).isEqualTo(4);
            assertThat(planned.path("would_refuse").asInt()).isEqualTo(3);
            assertThat(planned.at("/refused_operations/0/operation").asString(""))
                    .isEqualTo("RecordSale");
            assertThat(code(refused)).isEqualTo("would_refuse");
            assertThat(accepted.json().path("is_done").asBoolean()).isTrue();
            assertThat(asksWith(deploys, "till", "POST", "/sales")).isEqualTo(403);
        }
    }

    private static final String TILL = """
            {"openapi":"3.1.0","info":{"title":"Till","version":"1"},"paths":{
              "/sales":{"post":{"operationId":"RecordSale","responses":{"200":{"description":"ok"}}}}}}
            """;

    private static int asksWith(TestKeys keys, String method, String uri) {
        return asksWith(keys, "datadog", method, uri);
    }

    private static int asksWith(TestKeys keys, String api, String method, String uri) {
        return keys.person()
                .authority()
                .nginx(api, method, uri)
                .with("DD-API-KEY", keys.apiKey().text())
                .with("DD-APPLICATION-KEY", keys.applicationKey().text())
                .send()
                .status();
    }

    @Test
    void days_that_were_not_counted_are_no_ground_to_take_something_away() {
        try (var authority = TestAuthority.on(TestDatabase.SQLITE)) {
            var alice = authority.founds("Acme");
            var token = alice.issues("monitors_read", "dashboards_read");
            beginsToCount(authority, 3);
            authority.passes(Duration.ofDays(5));
            asks(authority, token, "GET", "/api/v1/monitor");

            var early = shrinks(alice, token, Map.of("dry_run", false, "days", 30));
            var planned = shrinks(alice, token, Map.of("dry_run", true, "days", 30));
            var counted = shrinks(alice, token, Map.of("dry_run", false, "days", 3));

            assertThat(code(early)).isEqualTo("not_counted");
            assertThat(early.body()).contains("since 2026-11-26", "at most 3 days");
            assertThat(planned.json().at("/window/is_whole").asBoolean()).isFalse();
            assertThat(counted.json().path("is_done").asBoolean()).isTrue();
        }
    }

    /** As if the server had been one that did not count for some days more. */
    private static void beginsToCount(TestAuthority authority, int daysLater) {
        var first = authority.founds("First");
        usage(first, first.token(), "");
        authority
                .installation
                .database()
                .inTransaction(transaction -> transaction
                        .sql("UPDATE usage_counting SET since_day = since_day + ? WHERE id = 1")
                        .with(daysLater)
                        .update());
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void of_alternatives_the_one_stays_that_other_calls_need(TestDatabase kind) {
        try (var authority = TestAuthority.on(kind)) {
            var admin = authority.founds("Acme");
            admin.imports("shop", SHOP);
            var alice = admin.renewed();
            var token = alice.issues("shop:stock_read", "shop:stock_write", "shop:prices_read", "monitors_read");
            asksShop(authority, token, "GET", "/stock");
            asksShop(authority, token, "PUT", "/stock");
            asksShop(authority, token, "GET", "/prices");

            var done = shrinks(alice, token, Map.of("dry_run", false)).json();

            assertThat(texts(done.path("scopes_after"))).containsExactly("shop:stock_write");
            assertThat(done.path("would_refuse").asInt()).isZero();
            asksShop(authority, token, "GET", "/stock");
            asksShop(authority, token, "PUT", "/stock");
            asksShop(authority, token, "GET", "/prices");
        }
    }

    @Test
    void a_scope_that_carried_more_than_its_name_is_replaced_by_what_was_used_of_it() {
        try (var authority = TestAuthority.on(TestDatabase.SQLITE)) {
            var admin = authority.founds("Acme");
            admin.imports("shop", SHOP);
            var alice = admin.renewed();
            var token = alice.issues("org_management");
            asksShop(authority, token, "GET", "/prices");

            var done = shrinks(alice, token, Map.of("dry_run", false)).json();

            assertThat(texts(done.path("scopes_after"))).containsExactly("shop:prices_read");
            asksShop(authority, token, "GET", "/prices");
        }
    }

    private static void asksShop(TestAuthority authority, TestPerson.Shown token, String method, String uri) {
        assertThat(authority
                        .nginx("shop", method, uri)
                        .withToken(token.text())
                        .send()
                        .status())
                .isEqualTo(200);
    }

    /** Of two ways to be let in to each GET, one is what the PUT asks for as well. */
    private static final String SHOP = """
            {"openapi":"3.1.0","info":{"title":"Shop","version":"1"},"paths":{
              "/stock":{
                "get":{"operationId":"ReadStock","x-permission":{"operator":"OR","permissions":["stock_read","stock_write"]},
                  "responses":{"200":{"description":"ok"}}},
                "put":{"operationId":"SetStock","x-permission":{"operator":"AND","permissions":["stock_write"]},
                  "responses":{"200":{"description":"ok"}}}},
              "/prices":{
                "get":{"operationId":"ReadPrices","x-permission":{"operator":"OR","permissions":["prices_read","stock_write"]},
                  "responses":{"200":{"description":"ok"}}}}}}
            """;
}
