package dev.sallyport;

import static dev.sallyport.TestKeys.API_KEYS;
import static dev.sallyport.TestKeys.document;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.TestCall.Answer;
import dev.sallyport.permission.ManagedRole;
import dev.sallyport.sql.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** The life of API keys, over HTTP. */
class ApiKeysTest {

    private static final ConcurrentHashMap<TestDatabase, TestAuthority> AUTHORITIES = new ConcurrentHashMap<>();

    private TestAuthority authority = AUTHORITIES.computeIfAbsent(TestDatabase.SQLITE, TestAuthority::on);

    @AfterAll
    static void close() {
        AUTHORITIES.values().forEach(TestAuthority::close);
        AUTHORITIES.clear();
    }

    private TestPerson admin(TestDatabase kind) {
        authority = AUTHORITIES.computeIfAbsent(kind, TestAuthority::on);
        return authority.founds("Acme");
    }

    private static TestKeys.Shown created(TestPerson person, String name) {
        return TestKeys.shown(person.calls("POST", API_KEYS, document("api_keys", null, name)));
    }

    private Answer validates(String path, String apiKey) {
        return authority.call("GET", path).with("DD-API-KEY", apiKey).send();
    }

    private static List<String> names(JsonNode listing) {
        var names = new ArrayList<String>();
        listing.get("data")
                .forEach(item -> names.add(item.at("/attributes/name").stringValue()));
        return names;
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_key_is_shown_in_the_answer_that_creates_it_and_never_again(TestDatabase kind) {
        var admin = admin(kind);

        var answer = admin.calls("POST", API_KEYS, document("api_keys", null, "agents"));
        var key = TestKeys.shown(answer);

        assertThat(key.text()).matches("[0-9a-f]{32}");
        var attributes = answer.json().at("/data/attributes");
        assertThat(attributes.get("last4").stringValue()).isEqualTo(key.text().substring(28));
        assertThat(attributes.get("category").stringValue()).isEqualTo("default");
        assertThat(attributes.get("modified_at")).isEqualTo(attributes.get("created_at"));
        assertThat(attributes.get("remote_config_read_enabled").booleanValue()).isFalse();
        assertThat(attributes.get("used_in_last_24_hours").booleanValue()).isFalse();
        assertThat(attributes.get("date_last_used").isNull()).isTrue();
        for (var person : List.of("created_by", "modified_by")) {
            assertThat(answer.json()
                            .at("/data/relationships/" + person + "/data/id")
                            .stringValue())
                    .isEqualTo(admin.principal().id().toString());
        }
        for (var path : List.of(API_KEYS, API_KEYS + "/" + key.id())) {
            var read = admin.calls("GET", path);
            assertThat(read.status()).isEqualTo(200);
            assertThat(read.body()).contains(key.id()).doesNotContain(key.text(), "\"key\"");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_live_key_is_valid_and_says_whose_it_is(TestDatabase kind) {
        var admin = admin(kind);
        var key = created(admin, "agents");

        var first = validates("/api/v1/validate", key.text());
        var second = validates("/api/v2/validate", key.text());

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.body()).isEqualTo("{\"valid\":true}");
        var data = second.json().get("data");
        assertThat(data.get("id").stringValue())
                .isEqualTo(admin.organization().id().toString());
        assertThat(data.get("type").stringValue()).isEqualTo("validate_v2");
        assertThat(data.at("/attributes/valid").booleanValue()).isTrue();
        assertThat(data.at("/attributes/api_key_id").stringValue()).isEqualTo(key.id());
        assertThat(data.at("/attributes/api_key_scopes").isArray()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void what_is_no_live_key_is_not_valid(TestDatabase kind) {
        var admin = admin(kind);
        var revoked = created(admin, "agents");
        assertThat(admin.calls("DELETE", API_KEYS + "/" + revoked.id()).status())
                .isEqualTo(204);

        assertThat(validates("/api/v1/validate", revoked.text()).body()).isEqualTo("{\"errors\":[\"Forbidden\"]}");
        assertThat(validates("/api/v1/validate", "0".repeat(32)).status()).isEqualTo(403);
        assertThat(authority.call("GET", "/api/v1/validate").send().body())
                .isEqualTo("{\"errors\":[\"API key required\"]}");
        assertThat(admin.calls("GET", "/api/v1/validate").status()).isEqualTo(403);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_key_alone_opens_nothing_else(TestDatabase kind) {
        var key = created(admin(kind), "agents");

        for (var path : List.of("/api/v2/current_user", "/api/v2/validate_keys", API_KEYS, TestKeys.OWN)) {
            assertThat(validates(path, key.text()).status()).as(path).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void names_are_unique_in_an_organization_as_long_as_the_key_lives(TestDatabase kind) {
        var admin = admin(kind);
        var first = created(admin, "Agents");
        var second = created(admin, "others");

        var again = admin.calls("POST", API_KEYS, document("api_keys", null, "agents"));
        var renamed = admin.calls("PATCH", API_KEYS + "/" + second.id(), document("api_keys", second.id(), "AGENTS"));

        assertThat(again.status()).isEqualTo(409);
        assertThat(renamed.status()).isEqualTo(409);
        assertThat(admin.calls("PATCH", API_KEYS + "/" + first.id(), document("api_keys", first.id(), "agents"))
                        .status())
                .isEqualTo(200);
        assertThat(created(authority.founds("Globex"), "agents").text()).isNotEqualTo(first.text());
        assertThat(admin.calls("DELETE", API_KEYS + "/" + first.id()).status()).isEqualTo(204);
        created(admin, "agents");
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void an_edit_changes_what_it_names(TestDatabase kind) {
        var admin = admin(kind);
        var key = created(admin, "agents");
        var colleague = authority.joins(admin, "Bob", ManagedRole.ADMIN);
        authority.passes(Duration.ofMinutes(1));

        var answer = colleague.calls("PATCH", API_KEYS + "/" + key.id(), """
                        {"data":{"id":"%s","type":"api_keys","attributes":
                          {"name":"hosts","category":"edge","remote_config_read_enabled":true}}}""".formatted(key.id()));

        assertThat(answer.status()).isEqualTo(200);
        var attributes = answer.json().at("/data/attributes");
        assertThat(attributes.get("name").stringValue()).isEqualTo("hosts");
        assertThat(attributes.get("category").stringValue()).isEqualTo("edge");
        assertThat(attributes.get("remote_config_read_enabled").booleanValue()).isTrue();
        assertThat(attributes.get("modified_at")).isNotEqualTo(attributes.get("created_at"));
        assertThat(answer.json().at("/data/relationships/modified_by/data/id").stringValue())
                .isEqualTo(colleague.principal().id().toString());
        assertThat(validates("/api/v1/validate", key.text()).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void each_act_asks_for_its_own_permission(TestDatabase kind) {
        var admin = admin(kind);
        var key = created(admin, "agents");
        var path = API_KEYS + "/" + key.id();
        var reader = new TestPerson(authority, admin.organization(), admin.principal(), admin.issues("api_keys_read"));
        var writer = new TestPerson(authority, admin.organization(), admin.principal(), admin.issues("api_keys_write"));

        assertThat(reader.calls("GET", path).status()).isEqualTo(200);
        assertThat(reader.calls("POST", API_KEYS, document("api_keys", null, "x"))
                        .status())
                .isEqualTo(403);
        assertThat(writer.calls("GET", path).status()).isEqualTo(403);
        assertThat(writer.calls("PATCH", path, document("api_keys", key.id(), "x"))
                        .status())
                .isEqualTo(200);
        assertThat(writer.calls("DELETE", path).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void keys_of_another_organization_are_not_there(TestDatabase kind) {
        var admin = admin(kind);
        var foreign = created(authority.founds("Globex"), "agents").id();

        for (var id : List.of(foreign, "none")) {
            var path = API_KEYS + "/" + id;
            assertThat(admin.calls("GET", path).body()).isEqualTo("{\"errors\":[\"API key not found\"]}");
            assertThat(admin.calls("DELETE", path).status()).isEqualTo(404);
            assertThat(admin.calls("PATCH", path, document("api_keys", id, "x")).status())
                    .isEqualTo(404);
        }
        assertThat(admin.calls("GET", API_KEYS).body()).doesNotContain(foreign);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void an_organization_has_fifty_keys_at_most(TestDatabase kind) {
        var admin = admin(kind);
        for (var i = 0; i < 50; i++) {
            created(admin, "key " + i);
        }

        var answer = admin.calls("POST", API_KEYS, document("api_keys", null, "one more"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("50 live API keys");
        var first = admin.calls("GET", API_KEYS).json();
        assertThat(first.at("/meta/max_allowed").intValue()).isEqualTo(50);
        assertThat(first.at("/meta/page/total_filtered_count").intValue()).isEqualTo(50);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_list_is_sorted_and_filtered_by_everything_that_keys_have(TestDatabase kind) {
        var admin = admin(kind);
        created(admin, "beta");
        authority.passes(Duration.ofHours(1));
        var edge = TestKeys.shown(admin.calls("POST", API_KEYS, """
                {"data":{"type":"api_keys","attributes":
                  {"name":"Alpha","category":"edge","remote_config_read_enabled":true}}}"""));

        assertThat(names(admin.calls("GET", API_KEYS).json())).containsExactly("Alpha", "beta");
        assertThat(names(admin.calls("GET", API_KEYS + "?sort=-modified_at").json()))
                .containsExactly("Alpha", "beta");
        for (var query : List.of(
                "filter=ALPH",
                "filter%5Bcategory%5D=edge",
                "filter%5Bremote_config_read_enabled%5D=true",
                "filter%5Bcreated_at%5D%5Bstart%5D=" + authority.now(),
                "filter%5Bmodified_at%5D%5Bstart%5D=" + authority.now())) {
            assertThat(names(admin.calls("GET", API_KEYS + "?" + query).json()))
                    .as(query)
                    .containsExactly("Alpha");
        }
        var one = admin.calls("GET", API_KEYS + "/" + edge.id() + "?include=created_by,modified_by")
                .json();
        assertThat(one.get("included")).hasSize(1);
        assertThat(admin.calls("GET", API_KEYS + "?filter%5Bremote_config_read_enabled%5D=yes")
                        .status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void what_happens_to_a_key_is_in_the_trail(TestDatabase kind) {
        var admin = admin(kind);
        var key = created(admin, "agents");
        admin.calls("PATCH", API_KEYS + "/" + key.id(), document("api_keys", key.id(), "hosts"));
        admin.calls("DELETE", API_KEYS + "/" + key.id());

        var records = authority
                .installation
                .database()
                .reading(transaction -> transaction
                        .sql("SELECT action, record FROM change_event WHERE organization_id = ? ORDER BY sequence")
                        .with(admin.organization().id().value())
                        .map(row -> row.text("action") + " " + row.text("record"))
                        .list());

        var ofKey = records.stream().filter(text -> text.contains(key.id())).toList();
        assertThat(ofKey)
                .extracting(text -> text.substring(0, text.indexOf(' ')))
                .containsExactly("API_KEY_CREATED", "API_KEY_EDITED", "API_KEY_REVOKED");
        assertThat(ofKey).allSatisfy(text -> assertThat(text).doesNotContain(key.text()));
    }
}
