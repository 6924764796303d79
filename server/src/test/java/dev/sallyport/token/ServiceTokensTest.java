package dev.sallyport.token;

import static dev.sallyport.token.TestTokens.NOON;
import static dev.sallyport.token.TestTokens.code;
import static dev.sallyport.token.TestTokens.json;
import static dev.sallyport.token.TestTokens.status;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.http.Response;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.sql.TestDatabase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The life of the tokens of service accounts. */
class ServiceTokensTest {

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_token_without_an_end_is_shown_once_and_belongs_to_the_account(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var account = test.serviceAccount();
            var tokens = TestServiceTokens.of(test, account.id());
            var manager = test.unscoped(test.user(), "service_account_write", "monitors_read");

            var answer = tokens.issue(manager, "deploy", null, "monitors_read");

            assertThat(status(answer)).isEqualTo(201);
            var data = json(answer).path("data");
            var attributes = data.path("attributes");
            assertThat(data.path("type").stringValue()).isEqualTo("service_access_tokens");
            assertThat(attributes.path("expires_at").isNull()).isTrue();
            assertThat(attributes.path("key").stringValue())
                    .startsWith(attributes.path("public_portion").stringValue() + "_")
                    .hasSize(65);
            assertThat(attributes.path("public_portion").stringValue()).matches("ddsat_[0-9A-Za-z]{22}");
            assertThat(data.path("relationships").toString())
                    .isEqualTo(
                            "{\"owned_by\":{\"data\":{\"id\":\"" + account.id() + "\",\"type\":\"service_account\"}}}");
            assertThat(test.live(account)).isEqualTo(1);
            assertThat(test.trail()).containsExactly("SERVICE_TOKEN_ISSUED");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void it_is_read_edited_and_revoked_on_the_path_of_its_account(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var tokens = TestServiceTokens.of(test, test.serviceAccount().id());
            var manager = test.unscoped(test.user(), "service_account_write", "monitors_read", "dashboards_read");
            var id =
                    tokens.issued(manager, "deploy", "monitors_read").path("id").stringValue();
            test.now = NOON.plusSeconds(1);

            var edited = json(tokens.edit(manager, id, "{\"name\":\"ship\",\"scopes\":[\"dashboards_read\"]}"));

            assertThat(edited).isEqualTo(json(tokens.read(manager, id)));
            assertThat(edited.at("/data/type").stringValue()).isEqualTo("service_access_tokens");
            assertThat(edited.at("/data/attributes/name").stringValue()).isEqualTo("ship");
            assertThat(edited.at("/data/attributes/scopes").toString()).isEqualTo("[\"dashboards_read\"]");
            assertThat(edited.at("/data/attributes/modified_at").stringValue())
                    .isEqualTo("2026-11-23T12:00:01.000000Z");
            assertThat(edited.at("/data/attributes").has("key")).isFalse();
            assertThat(names(tokens.list(manager))).containsExactly("ship");
            assertThat(status(tokens.revoke(manager, id))).isEqualTo(204);
            assertThat(status(tokens.revoke(manager, id))).isEqualTo(204);
            assertThat(status(tokens.read(manager, id))).isEqualTo(404);
            assertThat(names(tokens.list(manager))).isEmpty();
            assertThat(test.trail())
                    .containsExactly("SERVICE_TOKEN_ISSUED", "SERVICE_TOKEN_EDITED", "SERVICE_TOKEN_REVOKED");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void older_clients_send_the_type_of_personal_tokens(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var tokens = TestServiceTokens.of(test, test.serviceAccount().id());
            var manager = test.unscoped(test.user(), "service_account_write", "monitors_read");
            var personal = test.caller(test.user(), "user_app_keys", "monitors_read");

            var older = tokens.issue(manager, "personal_access_tokens", "old", null, "monitors_read");
            var other = tokens.issue(manager, "users", "odd", null, "monitors_read");
            var wrongWay = test.post(
                    personal,
                    TestTokens.issueBody("x", "2026-12-23T12:00:00Z", "monitors_read")
                            .replace("personal_access_tokens", "service_access_tokens"));

            assertThat(json(older).at("/data/type").stringValue()).isEqualTo("service_access_tokens");
            assertThat(code(other)).isEqualTo("wrong_type");
            assertThat(code(wrongWay)).isEqualTo("wrong_type");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void an_end_lies_ahead_and_at_most_365_days(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var tokens = TestServiceTokens.of(test, test.serviceAccount().id());
            var manager = test.unscoped(test.user(), "service_account_write", "monitors_read");

            assertThat(code(tokens.issue(manager, "x", NOON, "monitors_read"))).isEqualTo("expiry_out_of_range");
            assertThat(code(tokens.issue(manager, "x", NOON.minusSeconds(1), "monitors_read")))
                    .isEqualTo("expiry_out_of_range");
            assertThat(code(tokens.issue(manager, "x", NOON.plus(Duration.ofDays(366)), "monitors_read")))
                    .isEqualTo("expiry_out_of_range");
            assertThat(code(tokens.issue(manager, "x", NOON.plus(Duration.ofDays(365)), "monitors_read")))
                    .isEqualTo("201");
            assertThat(code(tokens.issue(manager, "x", NOON.plusSeconds(60), "monitors_read")))
                    .isEqualTo("201");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void nobody_gives_an_account_what_they_do_not_reach_themselves(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var tokens = TestServiceTokens.of(test, test.serviceAccount().id());
            var unscoped = test.unscoped(test.user(), "service_account_write");
            var narrowed = test.caller(test.user(), "service_account_write", "dashboards_read");
            var account = test.caller(test.serviceAccount(), "service_account_write");
            var administrator = test.unscoped(test.user(), "service_account_write", "org_management", "monitors_read");
            var wide = tokens.issued(administrator, "wide", "org_management")
                    .path("id")
                    .stringValue();
            var end = NOON.plus(Duration.ofDays(30));

            for (var caller : List.of(unscoped, narrowed, account)) {
                assertThat(code(tokens.issue(caller, "x", end, "org_management")))
                        .isEqualTo("scopes_not_held");
                assertThat(code(tokens.issue(caller, "x", end, "service_account_write", "user_access_manage")))
                        .isEqualTo("scopes_not_held");
                assertThat(code(tokens.edit(caller, wide, "{\"name\":\"mine\"}")))
                        .isEqualTo("scopes_not_held");
                assertThat(code(tokens.edit(caller, wide, "{\"scopes\":[\"service_account_write\"]}")))
                        .isEqualTo("scopes_not_held");
                var own = json(tokens.issue(caller, "own", end, "service_account_write"))
                        .at("/data/id")
                        .stringValue();
                assertThat(code(tokens.edit(caller, own, "{\"scopes\":[\"org_management\"]}")))
                        .isEqualTo("scopes_not_held");
            }
            assertThat(json(tokens.read(unscoped, wide))
                            .at("/data/attributes/name")
                            .stringValue())
                    .isEqualTo("wide");
            assertThat(status(tokens.revoke(unscoped, wide))).isEqualTo(204);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_credential_that_ends_makes_and_edits_nothing_that_ends_later(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var tokens = TestServiceTokens.of(test, test.serviceAccount().id());
            var end = NOON.plus(Duration.ofDays(30));
            var ending = test.caller(test.user(), end, "service_account_write", "monitors_read");
            var endingAccount = test.caller(test.serviceAccount(), end, "service_account_write", "monitors_read");
            var endless = test.endless(test.serviceAccount(), "service_account_write", "monitors_read");
            var id = tokens.issued(endless, "endless", "monitors_read")
                    .path("id")
                    .stringValue();

            for (var caller : List.of(ending, endingAccount)) {
                assertThat(code(tokens.issue(caller, "x", null, "monitors_read")))
                        .isEqualTo("outlives_caller");
                assertThat(code(tokens.issue(caller, "x", end.plusSeconds(1), "monitors_read")))
                        .isEqualTo("outlives_caller");
                assertThat(code(tokens.edit(caller, id, "{\"name\":\"x\"}"))).isEqualTo("outlives_caller");
                assertThat(code(tokens.issue(caller, "x", end, "monitors_read")))
                        .isEqualTo("201");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void what_is_not_a_service_account_of_the_organization_is_not_found(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var user = test.user();
            var manager = test.unscoped(user, "service_account_write", "monitors_read");
            var elsewhere = test.serviceAccount(test.organization());
            var removed = test.serviceAccount();
            test.write(
                    "UPDATE principal SET state = 'removed' WHERE id = ?",
                    removed.id().value());

            for (var id : List.of(
                    user.id().toString(),
                    elsewhere.id().toString(),
                    removed.id().toString(),
                    PrincipalId.random().toString(),
                    "junk")) {
                var tokens = new TestServiceTokens(test, id);
                assertThat(code(tokens.list(manager))).as(id).isEqualTo("not_found");
                assertThat(code(tokens.issue(manager, "x", null, "monitors_read")))
                        .as(id)
                        .isEqualTo("not_found");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_token_is_found_under_its_own_account_and_kind_alone(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var user = test.user();
            var manager = test.unscoped(
                    user,
                    "service_account_write",
                    "user_app_keys",
                    "org_app_keys_read",
                    "org_app_keys_write",
                    "monitors_read");
            var stranger = test.unscoped(test.user(test.organization()), "service_account_write", "monitors_read");
            var tokens = TestServiceTokens.of(test, test.serviceAccount().id());
            var others = TestServiceTokens.of(test, test.serviceAccount().id());
            var id = tokens.issued(manager, "sat", "monitors_read").path("id").stringValue();
            var pat = test.issued(manager, "pat", "monitors_read").path("id").stringValue();

            assertAbsent(others, manager, id);
            assertAbsent(tokens, stranger, id);
            assertAbsent(tokens, manager, pat);
            assertAbsent(TestServiceTokens.of(test, user.id()), manager, pat);
            assertAbsent(tokens, manager, "junk");
            assertThat(status(test.read(manager, id))).isEqualTo(404);
            assertThat(status(test.edit(manager, id, "{\"name\":\"x\"}"))).isEqualTo(404);
            assertThat(status(test.revoke(manager, id))).isEqualTo(404);
            assertThat(status(tokens.read(manager, id))).isEqualTo(200);
            assertThat(status(test.read(manager, pat))).isEqualTo(200);
        }
    }

    private static void assertAbsent(TestServiceTokens tokens, Caller caller, String id) {
        assertThat(status(tokens.read(caller, id))).isEqualTo(404);
        assertThat(status(tokens.edit(caller, id, "{\"name\":\"x\"}"))).isEqualTo(404);
        assertThat(status(tokens.revoke(caller, id))).isEqualTo(404);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_disabled_account_gets_no_token_and_its_old_ones_never_come_back(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var account = test.serviceAccount();
            var tokens = TestServiceTokens.of(test, account.id());
            var manager = test.unscoped(test.user(), "service_account_write", "monitors_read");
            var id =
                    tokens.issued(manager, "deploy", "monitors_read").path("id").stringValue();

            test.disable(account);

            assertThat(code(tokens.issue(manager, "x", null, "monitors_read"))).isEqualTo("owner_disabled");
            assertThat(status(tokens.issue(manager, "x", null, "monitors_read")))
                    .isEqualTo(400);
            assertThat(names(tokens.list(manager))).isEmpty();
            assertThat(status(tokens.read(manager, id))).isEqualTo(404);
            test.enable(account);
            assertThat(status(tokens.read(manager, id))).isEqualTo(404);
            assertThat(status(tokens.edit(manager, id, "{\"name\":\"x\"}"))).isEqualTo(404);
            assertThat(test.live(account)).isZero();
            assertThat(status(tokens.issue(manager, "x", null, "monitors_read")))
                    .isEqualTo(201);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_service_account_has_no_personal_tokens_and_sees_its_own_in_the_union(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var account = test.serviceAccount();
            var itself = test.endless(account, "user_app_keys", "monitors_read");
            var user = test.caller(test.user(), "user_app_keys", "monitors_read");
            var auditor = test.caller(test.user(), "org_app_keys_read");

            var refused = test.issue(itself, "mine", NOON.plus(Duration.ofDays(30)), "monitors_read");

            assertThat(code(refused)).isEqualTo("not_a_user");
            assertThat(status(refused)).isEqualTo(403);
            assertThat(owners(test.list(itself))).containsExactly("service_account");
            assertThat(owners(test.list(user))).containsExactly("users");
            assertThat(owners(test.list(auditor))).containsExactlyInAnyOrder("service_account", "users", "users");
            assertThat(owners(
                            test.list(auditor, "filter[owned_by]", account.id().toString())))
                    .containsExactly("service_account");
            assertThat(owners(test.list(user, "filter[owned_by]", account.id().toString())))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void what_never_ends_is_listed_as_ending_last(TestDatabase kind) {
        try (var test = TestTokens.on(kind)) {
            var tokens = TestServiceTokens.of(test, test.serviceAccount().id());
            var manager = test.unscoped(test.user(), "service_account_write", "monitors_read");
            tokens.issued(manager, "never", "monitors_read");
            tokens.issue(manager, "late", NOON.plus(Duration.ofDays(9)), "monitors_read");
            tokens.issue(manager, "soon", NOON.plus(Duration.ofDays(2)), "monitors_read");

            assertThat(names(tokens.list(manager, "sort", "expires_at"))).containsExactly("soon", "late", "never");
            assertThat(names(tokens.list(manager, "sort", "-expires_at"))).containsExactly("never", "late", "soon");
            assertThat(names(tokens.list(manager, "sort", "-name"))).containsExactly("soon", "never", "late");
            assertThat(names(tokens.list(manager, "page[size]", "1", "page[number]", "1")))
                    .containsExactly("never");
            assertThat(json(tokens.list(manager, "filter", "e", "page[size]", "1"))
                            .at("/meta/page/total_filtered_count")
                            .intValue())
                    .isEqualTo(2);
            assertThat(code(tokens.list(manager, "sort", "key"))).isEqualTo("invalid_sort");
        }
    }

    private static List<String> names(Response response) {
        return json(response)
                .path("data")
                .valueStream()
                .map(item -> item.at("/attributes/name").stringValue())
                .toList();
    }

    private static List<String> owners(Response response) {
        return json(response)
                .path("data")
                .valueStream()
                .map(item -> item.at("/relationships/owned_by/data/type").stringValue())
                .toList();
    }
}
