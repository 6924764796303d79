package dev.sallyport;

import static dev.sallyport.TestKeys.OF_ALL;
import static dev.sallyport.TestKeys.OWN;
import static dev.sallyport.TestKeys.document;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.permission.ManagedRole;
import dev.sallyport.sql.TestDatabase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The life of application keys, over HTTP. */
class ApplicationKeysTest {

    private static final ConcurrentHashMap<TestDatabase, TestAuthority> AUTHORITIES = new ConcurrentHashMap<>();

    private TestAuthority authority = AUTHORITIES.computeIfAbsent(TestDatabase.SQLITE, TestAuthority::on);

    @AfterAll
    static void close() {
        AUTHORITIES.values().forEach(TestAuthority::close);
        AUTHORITIES.clear();
    }

    /** The administrator of a new organization, with a pair. */
    private TestKeys keys(TestDatabase kind) {
        authority = AUTHORITIES.computeIfAbsent(kind, TestAuthority::on);
        return TestKeys.first(authority.founds("Acme"));
    }

    private static List<String> names(JsonNode listing) {
        var names = new ArrayList<String>();
        listing.get("data")
                .forEach(item -> names.add(item.at("/attributes/name").stringValue()));
        return names;
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_pair_of_one_organization_acts_as_the_owner_of_the_application_key(TestDatabase kind) {
        var keys = keys(kind);

        var answer = keys.calls("GET", "/api/v2/current_user");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/data/id").stringValue())
                .isEqualTo(keys.person().principal().id().toString());
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void an_application_key_needs_a_live_api_key_of_its_own_organization_beside_it(TestDatabase kind) {
        var keys = keys(kind);
        var stranger = TestKeys.first(authority.founds("Globex"));
        var other = keys.createdApiKey("other");

        assertThat(keys.beside(stranger.apiKey())
                        .calls("GET", "/api/v2/current_user")
                        .status())
                .isEqualTo(403);
        assertThat(authority
                        .call("GET", "/api/v2/current_user")
                        .with("DD-APPLICATION-KEY", keys.applicationKey().text())
                        .send()
                        .status())
                .isEqualTo(401);
        assertThat(keys.beside(other).calls("GET", "/api/v2/current_user").status())
                .isEqualTo(200);

        assertThat(keys.calls("DELETE", TestKeys.API_KEYS + "/" + other.id()).status())
                .isEqualTo(204);

        assertThat(keys.beside(other).calls("GET", "/api/v2/current_user").status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_bearer_beside_a_pair_is_the_one_that_counts(TestDatabase kind) {
        var keys = keys(kind);
        var narrow = keys.person().issues("monitors_read");

        var withNarrow = keys.call("GET", OWN).withToken(narrow.text()).send();
        var withJunk = keys.call("GET", OWN).withToken("ddpat_junk").send();

        assertThat(withNarrow.status()).isEqualTo(403);
        assertThat(withJunk.status()).isEqualTo(401);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_key_is_shown_in_the_answer_that_creates_it_and_never_again(TestDatabase kind) {
        var keys = keys(kind);

        var created = keys.creates(OWN, "deploys", "monitors_read", "monitors_downtime");
        var shown = TestKeys.shown(created);

        assertThat(shown.text()).matches("ddapp_[0-9A-Za-z]{34}");
        var attributes = created.json().at("/data/attributes");
        assertThat(attributes.get("last4").stringValue()).isEqualTo(shown.text().substring(36));
        assertThat(attributes.get("created_at").stringValue()).isEqualTo("2026-11-23T12:00:00.000000+00:00");
        assertThat(attributes.get("legacy").booleanValue()).isTrue();
        assertThat(created.json().at("/data/relationships/owned_by/data/id").stringValue())
                .isEqualTo(keys.person().principal().id().toString());
        assertThat(created.json().at("/data/relationships/leak_information").has("data"))
                .isTrue();
        for (var path : List.of(OWN + "/" + shown.id(), OF_ALL + "/" + shown.id(), OWN, OF_ALL)) {
            var answer = keys.calls("GET", path);
            assertThat(answer.status()).as(path).isEqualTo(200);
            assertThat(answer.body()).as(path).contains(shown.id(), "\"legacy\":true");
            assertThat(answer.body()).as(path).doesNotContain(shown.text(), "\"key\"");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_key_with_scopes_does_no_more_than_they_say(TestDatabase kind) {
        var keys = keys(kind);
        var scoped = keys.with(keys.created(OWN, "narrow", "user_app_keys"));

        assertThat(scoped.calls("GET", OWN).status()).isEqualTo(200);
        assertThat(scoped.calls("GET", OF_ALL).status()).isEqualTo(403);
        assertThat(keys.with(keys.createdUnscoped(OWN, "wide"))
                        .calls("GET", OF_ALL)
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_token_deletes_application_keys_and_neither_creates_nor_edits_them(TestDatabase kind) {
        var keys = keys(kind);
        var admin = keys.person();
        var key = keys.created(OWN, "deploys", "monitors_read");
        var edit = document("application_keys", key.id(), "renamed");

        var creation = admin.calls("POST", OWN, document("application_keys", null, "by token", "monitors_read"));

        assertThat(creation.status()).isEqualTo(403);
        assertThat(admin.calls("PATCH", OWN + "/" + key.id(), edit).status()).isEqualTo(403);
        assertThat(admin.calls("PATCH", OF_ALL + "/" + key.id(), edit).status()).isEqualTo(403);
        assertThat(names(admin.calls("GET", OWN).json())).containsExactly("deploys", "setup");
        assertThat(admin.calls("DELETE", OWN + "/" + key.id()).status()).isEqualTo(204);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_scoped_key_creates_only_what_is_within_its_scopes(TestDatabase kind) {
        var keys = keys(kind);
        var narrow = keys.with(keys.created(OWN, "narrow", "user_app_keys", "monitors_read"));

        var within = narrow.creates(OWN, "within", "monitors_read");
        var beyond = narrow.creates(OWN, "beyond", "monitors_read", "dashboards_read");
        var unscoped = narrow.calls("POST", OWN, document("application_keys", null, "unscoped"));

        assertThat(within.status()).isEqualTo(201);
        assertThat(beyond.status()).isEqualTo(403);
        assertThat(unscoped.status()).isEqualTo(403);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_key_whose_scopes_name_all_that_its_owner_holds_still_creates_none_without_scopes(TestDatabase kind) {
        var keys = keys(kind);
        var everything = authority.installation.permissions.namesOf(
                authority.installation.permissions.matching(dev.sallyport.permission.Permission::isTokenScope));
        var colleague = authority.joins(keys.person(), "Bob", ManagedRole.READ_ONLY);
        var account = keys.addsServiceAccount("robot", "read_only");
        var path = "/api/v2/service_accounts/" + account + "/application_keys";
        var wide = keys.with(keys.created(OWN, "wide", everything.toArray(String[]::new)));

        var answer = wide.calls("POST", path, document("application_keys", null, "unscoped"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("without scopes");
        assertThat(colleague.calls("GET", OWN).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void an_edit_renames_and_narrows_and_widens_only_with_null(TestDatabase kind) {
        var keys = keys(kind);
        var key = keys.createdUnscoped(OWN, "wide");
        var path = OWN + "/" + key.id();

        var narrowed = keys.calls("PATCH", path, document("application_keys", key.id(), "narrow", "monitors_read"));
        var renamed = keys.calls("PATCH", path, document("application_keys", key.id(), "renamed"));
        var emptied = keys.calls("PATCH", path, body(key.id(), "{\"scopes\":[]}"));
        var widened = keys.calls("PATCH", path, body(key.id(), "{\"scopes\":null}"));

        assertThat(narrowed.status()).isEqualTo(200);
        assertThat(narrowed.json().at("/data/attributes/scopes/0").stringValue())
                .isEqualTo("monitors_read");
        assertThat(renamed.json().at("/data/attributes/name").stringValue()).isEqualTo("renamed");
        assertThat(renamed.json().at("/data/attributes/scopes")).hasSize(1);
        assertThat(emptied.status()).isEqualTo(400);
        assertThat(widened.status()).isEqualTo(200);
        assertThat(widened.json().at("/data/attributes/scopes").isNull()).isTrue();
    }

    private static String body(String id, String attributes) {
        return "{\"data\":{\"id\":\"" + id + "\",\"type\":\"application_keys\",\"attributes\":" + attributes + "}}";
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_narrow_key_edits_none_that_does_more(TestDatabase kind) {
        var keys = keys(kind);
        var narrow = keys.with(keys.created(OWN, "narrow", "user_app_keys", "org_app_keys_write"));

        var self = narrow.calls(
                "PATCH",
                OWN + "/" + narrow.applicationKey().id(),
                body(narrow.applicationKey().id(), "{\"scopes\":null}"));
        var wide = narrow.calls(
                "PATCH",
                OF_ALL + "/" + keys.applicationKey().id(),
                document("application_keys", keys.applicationKey().id(), "mine"));

        assertThat(self.status()).isEqualTo(403);
        assertThat(wide.status()).isEqualTo(403);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_revoked_key_ends_at_once_and_is_gone(TestDatabase kind) {
        var keys = keys(kind);
        var key = keys.createdUnscoped(OWN, "short");
        var path = OWN + "/" + key.id();

        var revoked = keys.calls("DELETE", path);

        assertThat(revoked.status()).isEqualTo(204);
        assertThat(keys.with(key).calls("GET", OWN).status()).isEqualTo(403);
        assertThat(keys.calls("DELETE", path).status()).isEqualTo(404);
        assertThat(keys.calls("GET", path).body()).isEqualTo("{\"errors\":[\"Application key not found\"]}");
        assertThat(names(keys.calls("GET", OWN).json())).containsExactly("setup");
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void the_keys_of_a_disabled_user_end_at_once_and_do_not_come_back(TestDatabase kind) {
        var admin = keys(kind);
        var leaver = authority.joins(admin.person(), "Larry", ManagedRole.ADMIN);
        var key = leaverKey(leaver, admin);

        authority.disables(leaver);

        assertThat(key.calls("GET", OWN).status()).isEqualTo(403);
        assertThat(names(admin.calls("GET", OF_ALL).json())).containsExactly("setup");
        authority.installation.directory.change(
                dev.sallyport.audit.Actor.operator(leaver.organization().id()),
                leaver.principal().id(),
                dev.sallyport.directory.ChangeStanding.To.ACTIVE);
        assertThat(key.calls("GET", OWN).status()).isEqualTo(403);
    }

    /** The first pair of another user; the names of API keys are unique, so the first one makes room. */
    private static TestKeys leaverKey(TestPerson leaver, TestKeys admin) {
        var id = admin.apiKey().id();
        var renamed = admin.calls("PATCH", TestKeys.API_KEYS + "/" + id, document("api_keys", id, "first"));
        assertThat(renamed.status()).isEqualTo(200);
        var keys = TestKeys.first(leaver);
        assertThat(keys.calls("GET", OWN).status()).isEqualTo(200);
        return keys;
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void keys_of_another_organization_are_not_there(TestDatabase kind) {
        var keys = keys(kind);
        var stranger = TestKeys.first(authority.founds("Globex"));
        var id = stranger.applicationKey().id();

        for (var path : List.of(OWN, OF_ALL)) {
            assertThat(keys.calls("GET", path + "/" + id).status()).isEqualTo(404);
            assertThat(keys.calls("DELETE", path + "/" + id).status()).isEqualTo(404);
            assertThat(keys.calls("PATCH", path + "/" + id, document("application_keys", id, "mine"))
                            .status())
                    .isEqualTo(404);
            assertThat(keys.calls("GET", path + "/none").status()).isEqualTo(404);
            assertThat(keys.calls("GET", path).body()).doesNotContain(id);
        }
        assertThat(stranger.calls("GET", OWN).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void somebody_elses_key_is_seen_by_the_organization_only(TestDatabase kind) {
        var admin = keys(kind);
        var colleague = authority.joins(admin.person(), "Bob", ManagedRole.STANDARD);
        var id = admin.applicationKey().id();

        assertThat(colleague.calls("GET", OWN + "/" + id).status()).isEqualTo(404);
        assertThat(colleague.calls("GET", OF_ALL + "/" + id).status()).isEqualTo(200);
        assertThat(colleague.calls("DELETE", OWN + "/" + id).status()).isEqualTo(404);
        assertThat(colleague.calls("DELETE", OF_ALL + "/" + id).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_service_account_gets_keys_that_do_no_more_than_whoever_creates_them(TestDatabase kind) {
        var keys = keys(kind);
        var account = keys.addsServiceAccount("robot", "admin");
        var path = "/api/v2/service_accounts/" + account + "/application_keys";
        var narrow = keys.with(keys.created(OWN, "narrow", "service_account_write", "monitors_read"));

        var unscoped = keys.createdUnscoped(path, "robot's");
        var robot = keys.with(unscoped);

        assertThat(robot.calls("GET", "/api/v2/current_user").status()).isEqualTo(200);
        assertThat(narrow.calls("POST", path, document("application_keys", null, "more"))
                        .status())
                .isEqualTo(403);
        assertThat(narrow.creates(path, "more", "org_management").status()).isEqualTo(403);
        assertThat(narrow.creates(path, "within", "monitors_read").status()).isEqualTo(201);
        assertThat(narrow.calls(
                                "PATCH",
                                path + "/" + unscoped.id(),
                                document("application_keys", unscoped.id(), "renamed"))
                        .status())
                .isEqualTo(403);
        assertThat(names(keys.calls("GET", path + "?sort=-name").json())).containsExactly("within", "robot's");
        assertThat(narrow.calls("DELETE", path + "/" + unscoped.id()).status()).isEqualTo(204);
        assertThat(robot.calls("GET", "/api/v2/current_user").status()).isEqualTo(403);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void the_paths_of_service_accounts_are_closed_to_users_and_strangers(TestDatabase kind) {
        var keys = keys(kind);
        var stranger = TestKeys.first(authority.founds("Globex"));
        var account = stranger.addsServiceAccount("robot", "read_only");
        var user = keys.person().principal().id();

        for (var id :
                List.of(user.toString(), account.toString(), UUID.randomUUID().toString(), "none")) {
            var path = "/api/v2/service_accounts/" + id + "/application_keys";
            assertThat(keys.calls("GET", path).status()).as(id).isEqualTo(404);
            assertThat(keys.creates(path, "x", "monitors_read").status()).as(id).isEqualTo(404);
            assertThat(keys.calls("POST", path, document("application_keys", null, "x"))
                            .status())
                    .as(id)
                    .isEqualTo(404);
            assertThat(keys.calls("GET", path + "/" + keys.applicationKey().id())
                            .status())
                    .as(id)
                    .isEqualTo(404);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void an_organization_that_did_not_ask_for_application_keys_creates_none(TestDatabase kind) {
        var keys = keys(kind);
        var home = keys.person().organization().id();
        authority
                .installation
                .database()
                .inTransaction(transaction -> transaction
                        .sql("DELETE FROM credential_rules WHERE organization_id = ?")
                        .with(home.value())
                        .update());

        var answer = keys.creates(OWN, "one more", "monitors_read");

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("does not allow new application keys");
        assertThat(keys.calls("GET", OWN).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_list_is_sorted_filtered_paged_and_joined_by_owners(TestDatabase kind) {
        var keys = keys(kind);
        keys.created(OWN, "Beta", "monitors_read");
        authority.passes(java.time.Duration.ofHours(1));
        keys.created(OWN, "alpha", "monitors_read");
        var late = authority.now().toString();

        assertThat(names(keys.calls("GET", OWN).json())).containsExactly("alpha", "Beta", "setup");
        assertThat(names(keys.calls("GET", OWN + "?sort=-created_at&page%5Bsize%5D=1")
                        .json()))
                .containsExactly("alpha");
        assertThat(names(keys.calls("GET", OWN + "?filter=ET").json())).containsExactly("Beta", "setup");
        assertThat(names(keys.calls("GET", OWN + "?filter%5Bcreated_at%5D%5Bstart%5D=" + late)
                        .json()))
                .containsExactly("alpha");
        var page = keys.calls("GET", OF_ALL + "?include=owned_by&page%5Bsize%5D=2&page%5Bnumber%5D=1")
                .json();
        assertThat(page.get("data")).hasSize(1);
        assertThat(page.at("/meta/page/total_filtered_count").intValue()).isEqualTo(3);
        assertThat(page.at("/meta/max_allowed_per_user").intValue()).isEqualTo(1_000);
        assertThat(page.at("/included/0/attributes/email").stringValue())
                .isEqualTo(keys.person().principal().email());
        for (var bad : List.of("sort=owner", "filer=x", "page%5Bsize%5D=0", "include=secrets")) {
            assertThat(keys.calls("GET", OWN + "?" + bad).status()).as(bad).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void what_happens_to_a_key_is_in_the_trail_and_marked_as_legacy(TestDatabase kind) {
        var keys = keys(kind);
        var key = keys.created(OWN, "deploys", "monitors_read");
        keys.calls("PATCH", OWN + "/" + key.id(), document("application_keys", key.id(), "renamed"));
        keys.calls("DELETE", OWN + "/" + key.id());

        var records = authority
                .installation
                .database()
                .reading(transaction -> transaction
                        .sql("SELECT action, record FROM change_event WHERE organization_id = ? ORDER BY sequence")
                        .with(keys.person().organization().id().value())
                        .map(row -> row.text("action") + " " + row.text("record"))
                        .list());

        var ofKey = records.stream().filter(text -> text.contains(key.id())).toList();
        assertThat(ofKey).hasSize(3);
        assertThat(ofKey.get(0)).startsWith("APPLICATION_KEY_CREATED");
        assertThat(ofKey.get(1)).startsWith("APPLICATION_KEY_EDITED");
        assertThat(ofKey.get(2)).startsWith("APPLICATION_KEY_REVOKED");
        assertThat(ofKey)
                .allSatisfy(
                        text -> assertThat(text).contains("\"legacy\":\"true\"").doesNotContain(key.text()));
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void every_answer_to_an_application_key_says_that_it_is_deprecated(TestDatabase kind) {
        var keys = keys(kind);
        var narrow = keys.with(keys.created(OWN, "narrow", "monitors_read"));
        var since = "@" + Instant.parse("2026-06-30T00:00:00Z").getEpochSecond();

        for (var answer : List.of(
                keys.calls("GET", OWN),
                keys.calls("GET", OWN + "/none"),
                keys.calls("POST", OWN, "{"),
                narrow.calls("GET", OWN))) {
            assertThat(answer.header("deprecation")).as(answer.toString()).isEqualTo(since);
            assertThat(answer.headers()).doesNotContainKey("sunset");
        }
        assertThat(keys.person().calls("GET", OWN).headers()).doesNotContainKey("deprecation");
        assertThat(authority.call("GET", OWN).send().headers()).doesNotContainKey("deprecation");
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_body_that_means_nothing_is_refused(TestDatabase kind) {
        var keys = keys(kind);

        for (var body : List.of(
                "{}",
                "{\"data\":{\"type\":\"api_keys\",\"attributes\":{\"name\":\"x\"}}}",
                "{\"data\":{\"type\":\"application_keys\",\"attributes\":{}}}",
                "{\"data\":{\"type\":\"application_keys\",\"attributes\":{\"name\":\" \"}}}",
                "{\"data\":{\"type\":\"application_keys\",\"attributes\":{\"name\":\"x\",\"scopes\":[]}}}",
                "{\"data\":{\"type\":\"application_keys\",\"attributes\":{\"name\":\"x\",\"scopes\":[1]}}}",
                "{\"data\":{\"type\":\"application_keys\",\"attributes\":{\"name\":\"x\",\"scopes\":\"a\"}}}",
                "{\"data\":{\"type\":\"application_keys\",\"attributes\":{\"name\":\"x\",\"scopes\":[\"nothing\"]}}}")) {
            assertThat(keys.calls("POST", OWN, body).status()).as(body).isEqualTo(400);
        }
    }
}
