package dev.sallyport;

import static dev.sallyport.TestPoint.EVALUATION;
import static dev.sallyport.TestPoint.action;
import static dev.sallyport.TestPoint.path;
import static dev.sallyport.TestPoint.question;
import static dev.sallyport.TestPoint.record;
import static dev.sallyport.TestPoint.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.permission.ManagedRole;
import dev.sallyport.sql.TestDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Whom and what an AuthZEN question means here. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthzenMeaningTest {

    private static final Map<String, ?> ACTIVE = record("record-1", "active");
    private static final Map<String, ?> ARCHIVED = record("record-2", "archived");

    private final TestAuthority authority = TestAuthority.on(TestDatabase.SQLITE);
    private final TestPoint point = TestPoint.on(authority);
    private final TestPerson carol = authority.joins(point.admin(), "Carol", ManagedRole.STANDARD);
    private final Map<String, ?> alice = user(point.alice());

    @AfterAll
    void close() {
        authority.close();
    }

    private static JsonNode withoutId(JsonNode answer) {
        ((ObjectNode) answer.get("context")).remove("decision_id");
        return answer;
    }

    @Test
    void a_subject_of_another_organization_reads_as_one_that_does_not_exist() {
        var other = authority.founds("Globex");
        var foreign = List.of(
                Map.of("type", "user", "id", other.principal().email()),
                Map.of("type", "user", "id", other.principal().id().toString()),
                Map.of("type", "credential", "id", other.token().id()));
        var unknown = List.of(
                Map.of("type", "user", "id", "nobody@example.com"),
                Map.of("type", "user", "id", UUID.randomUUID().toString()),
                Map.of("type", "credential", "id", UUID.randomUUID().toString()),
                Map.of(
                        "type",
                        "service_account",
                        "id",
                        point.alice().principal().id().toString()),
                Map.of("type", "martian", "id", "1"));

        var answers = new ArrayList<JsonNode>();
        for (var subject : foreign) {
            answers.add(withoutId(point.asks(EVALUATION, question(subject, action("read"), ACTIVE))
                    .json()));
        }
        for (var subject : unknown) {
            answers.add(withoutId(point.asks(EVALUATION, question(subject, action("read"), ACTIVE))
                    .json()));
        }

        assertThat(answers).containsOnly(answers.getFirst());
        assertThat(answers.getFirst().at("/context/reason").stringValue()).isEqualTo("unknown_subject");
    }

    @Test
    void an_api_of_another_organization_reads_as_one_that_does_not_exist() {
        var other = authority.founds("Initech");
        other.imports("initech", TestCast.example());

        for (var api : List.of("initech", "no-such-api")) {
            var answer = point.asks(EVALUATION, question(alice, action("GET"), Map.of("type", api, "id", "/invoices")));
            assertThat(answer.json().at("/context/reason").stringValue()).isEqualTo("unknown_api");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v2/roles, true",
        "GET, ListRoles, true",
        "ListRoles, /api/v2/roles, true",
        "ListRoles, ListRoles, true",
        "POST, /api/v2/roles, false",
        "POST, ListRoles, false",
        "ListRoles, /api/v2/users, false",
        "GET, /api/v2//roles, false",
        "GET, /api/v2/%72oles, false",
        "get, /api/v2/roles, false",
    })
    void an_action_and_a_resource_lead_to_one_operation(String action, String resource, boolean isAllowed) {
        assertThat(point.allows(question(alice, action(action), path(resource))))
                .isEqualTo(isAllowed);
    }

    @Test
    void a_credential_is_worth_what_its_owner_holds_within_its_scopes() {
        var wide = carol.issues("user_access_read", "monitors_read");
        var narrow = carol.issues("monitors_read");
        var listing = path("/api/v2/roles");

        assertThat(point.allows(question(credential(wide), action("GET"), listing)))
                .isTrue();
        var refused = point.asks(EVALUATION, question(credential(narrow), action("GET"), listing))
                .json();

        assertThat(refused.at("/context/reason").stringValue()).isEqualTo("scope_missing");
        assertThat(refused.at("/context/credential/id").stringValue()).isEqualTo(narrow.id());
        assertThat(refused.at("/context/missing/0").stringValue()).isEqualTo("user_access_read");
    }

    private static Map<String, ?> credential(TestPerson.Shown shown) {
        return Map.of("type", "credential", "id", shown.id());
    }

    @Test
    void what_ends_is_refused_at_once() {
        var shown = carol.issues("user_access_read");
        var leaver = authority.joins(point.admin(), "Larry", ManagedRole.READ_ONLY);
        var listing = path("/api/v2/roles");
        assertThat(point.allows(question(credential(shown), action("GET"), listing)))
                .isTrue();
        assertThat(point.allows(question(user(leaver), action("GET"), listing))).isTrue();

        carol.revokes(shown);
        authority.disables(leaver);

        assertThat(point.asks(EVALUATION, question(credential(shown), action("GET"), listing))
                        .json()
                        .at("/context/reason")
                        .stringValue())
                .isEqualTo("revoked");
        assertThat(point.asks(EVALUATION, question(user(leaver), action("GET"), listing))
                        .json()
                        .at("/context/reason")
                        .stringValue())
                .isEqualTo("owner_disabled");
    }

    @Test
    void what_a_point_says_of_a_subject_is_not_believed() {
        var boasting = new HashMap<String, Object>(alice);
        boasting.put("properties", Map.of("role", "admin", "permissions", List.of("archive_write")));

        assertThat(point.allows(question(boasting, action("write"), ARCHIVED))).isFalse();
    }

    @Test
    void an_evaluation_is_on_record_with_the_subject_as_caller() {
        var answer =
                point.asks(EVALUATION, question(alice, action("read"), ACTIVE)).json();
        var id = answer.at("/context/decision_id").stringValue();

        var found = authority
                .call("GET", "/api/v2/audit/events?page%5Blimit%5D=1000")
                .withToken(point.admin().token().text());
        TestEvents.await(() -> found.send().body(), id);

        var event = new ArrayList<String>();
        found.send().json().get("data").forEach(each -> {
            if (each.toString().contains(id)) {
                event.add(each.toString());
            }
        });
        assertThat(event).hasSize(1);
        assertThat(event.getFirst()).contains(point.alice().principal().email()).contains("/records/record-1");
        // Nobody called: an evaluation must not read as something that its subject did.
        assertThat(event.getFirst())
                .containsPattern("\"asked_by\":\"[0-9a-f-]{36}\"")
                .contains("was asked: allowed");
    }
}
