package dev.sallyport.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.audit.Actor;
import dev.sallyport.http.FakeRequest;
import dev.sallyport.identity.Caller;
import dev.sallyport.permission.ManagedRole;
import dev.sallyport.sql.TestDatabase;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CurrentUserTest {

    private static final FakeRequest REQUEST = FakeRequest.get("/api/v2/current_user");

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void the_caller_reads_itself_as_the_contract_has_it(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var founded = test.founded("Acme", "ann@acme.example");
            var id = founded.admin().id().toString();

            var json = test.json("GetCurrentUser", callerOf(founded), REQUEST);

            var data = json.get("data");
            assertThat(data.get("id").asString()).isEqualTo(id);
            assertThat(data.get("type").asString()).isEqualTo("users");
            assertThat(data.get("attributes")).isEqualTo(JsonMapper.shared().readTree("""
                    {"uuid": "%s", "name": "ann@acme.example", "handle": "ann@acme.example",
                     "email": "ann@acme.example", "created_at": "2026-11-23T12:00:00.000001+00:00",
                     "modified_at": "2026-11-23T12:00:00.000001+00:00", "icon": "data:,", "title": null,
                     "verified": true, "service_account": false, "disabled": false, "allowed_login_methods": [],
                     "status": "Active", "last_login_time": null, "mfa_enabled": false}
                    """.formatted(id)));
            assertThat(data.at("/relationships/org/data"))
                    .isEqualTo(JsonMapper.shared()
                            .readTree("""
                    {"type": "orgs", "id": "%s"}
                    """.formatted(founded.organization().id())));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void what_is_referred_to_is_included_once(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var founded = test.founded("Acme", "ann@acme.example");
            test.founded("Other", "eve@other.example");

            var json = test.json("GetCurrentUser", callerOf(founded), REQUEST);

            var included = json.get("included").valueStream().toList();
            var role = included.getFirst();
            assertThat(json.at("/data/relationships/roles/data/0/id")).isEqualTo(role.get("id"));
            assertThat(role.at("/attributes/name").asString()).isEqualTo("Datadog Admin Role");
            assertThat(role.at("/attributes/managed").asBoolean()).isTrue();
            assertThat(ofType(json, "orgs")).singleElement().satisfies(organization -> {
                assertThat(organization.get("id").asString())
                        .isEqualTo(founded.organization().id().toString());
                assertThat(organization.at("/attributes/name").asString()).isEqualTo("Acme");
            });
            var ids = included.stream().map(node -> node.get("id").asString()).toList();
            assertThat(new HashSet<>(ids)).hasSameSizeAs(ids);
            var permissions = ofType(json, "permissions").stream().map(node -> node.get("id"));
            var referred =
                    role.at("/relationships/permissions/data").valueStream().map(node -> node.get("id"));
            assertThat(permissions)
                    .containsExactlyInAnyOrderElementsOf(referred.toList())
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_user_who_left_between_the_decision_and_the_answer_reads_as_disabled(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var founded = test.founded("Acme", "ann@acme.example");
            var bob = test.added(founded.organization(), "bob@acme.example", ManagedRole.READ_ONLY);
            test.directory.change(Actor.operator(bob.organization()), bob.id(), ChangeStanding.To.DISABLED);

            var json = test.json("GetCurrentUser", TestDirectory.caller(founded.organization(), bob), REQUEST);

            assertThat(json.at("/data/attributes/disabled").asBoolean()).isTrue();
            assertThat(json.at("/data/attributes/status").asString()).isEqualTo("Disabled");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whoever_gets_through_the_gate_has_valid_keys(TestDatabase kind) {
        try (var test = TestDirectory.open(kind)) {
            var founded = test.founded("Acme", "ann@acme.example");

            var json = test.json("ValidateAPIKey", callerOf(founded), FakeRequest.get("/api/v2/validate_keys"));

            assertThat(json).hasToString("{\"status\":\"ok\"}");
        }
    }

    private static Caller callerOf(FoundOrganization.Result.Founded founded) {
        return TestDirectory.caller(founded.organization(), founded.admin());
    }

    private static List<JsonNode> ofType(JsonNode json, String type) {
        return json.get("included")
                .valueStream()
                .filter(node -> node.get("type").asString().equals(type))
                .toList();
    }
}
