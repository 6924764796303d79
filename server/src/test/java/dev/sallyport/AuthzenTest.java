package dev.sallyport;

import static dev.sallyport.TestPoint.EVALUATION;
import static dev.sallyport.TestPoint.EVALUATIONS;
import static dev.sallyport.TestPoint.action;
import static dev.sallyport.TestPoint.json;
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
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the AuthZEN Authorization API 1.0 asks of a decision point, and what we ask of an enforcement point. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthzenTest {

    private static final Map<String, ?> ACTIVE = record("record-1", "active");
    private static final Map<String, ?> ARCHIVED = record("record-2", "archived");

    private final TestAuthority authority = TestAuthority.on(TestDatabase.SQLITE);
    private final TestPoint point = TestPoint.on(authority);
    private final TestPerson carol = authority.joins(point.admin(), "Carol", ManagedRole.STANDARD);
    private final Map<String, ?> alice = user(point.alice());
    private final Map<String, ?> usual = question(alice, action("read"), ACTIVE);

    @AfterAll
    void close() {
        authority.close();
    }

    @Test
    void a_refusal_is_answered_with_200() {
        var answer = point.asks(EVALUATION, question(alice, action("write"), ARCHIVED));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("decision").isBoolean()).isTrue();
        assertThat(answer.json().get("decision").booleanValue()).isFalse();
    }

    @Test
    void an_answer_says_why() {
        var context = point.asks(EVALUATION, question(alice, action("write"), ARCHIVED))
                .json()
                .get("context");

        assertThat(context.get("reason").stringValue()).isEqualTo("permission_missing");
        assertThat(context.get("operation").stringValue()).isEqualTo("WriteArchivedRecord");
        assertThat(context.at("/scopes_required/0/0").stringValue()).endsWith(":archive_write");
        assertThat(context.at("/missing/0").stringValue()).endsWith(":archive_write");
        assertThat(context.get("decision_id").stringValue()).startsWith("dec_");
        assertThat(context.has("credential")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/subject",
                "/action",
                "/resource",
                "/subject/type",
                "/subject/id",
                "/action/name",
                "/resource/type",
                "/resource/id"
            })
    void a_required_field_that_is_missing_is_a_bad_request(String field) {
        var body = changed(field, null);

        assertThat(point.call(EVALUATION).withJson(body).send().status()).isEqualTo(400);
        assertThat(point.call(EVALUATIONS).withJson(body).send().status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/subject",
                "/action",
                "/resource",
                "/subject/type",
                "/subject/id",
                "/action/name",
                "/resource/type",
                "/resource/id",
                "/context",
                "/subject/properties",
                "/action/properties",
                "/resource/properties"
            })
    void a_field_of_the_wrong_type_is_a_bad_request(String field) {
        for (var wrong : List.of("7", "true", "[]", "null")) {
            var body = changed(field, wrong);

            assertThat(point.call(EVALUATION).withJson(body).send().status())
                    .as(body)
                    .isEqualTo(400);
        }
    }

    /** @param json null for without the field */
    private String changed(String field, @Nullable String json) {
        var tree = JsonMapper.shared().readTree(json(usual));
        var slash = field.lastIndexOf('/');
        var parent = (ObjectNode) tree.at(field.substring(0, slash));
        var name = field.substring(slash + 1);
        if (json == null) {
            parent.remove(name);
        } else {
            parent.set(name, JsonMapper.shared().readTree(json));
        }
        return tree.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "application/vnd.api+json", "application/jsonp"})
    void a_content_type_that_is_not_json_is_a_bad_request(String type) {
        var call = point.call(EVALUATION).withJson(json(usual));
        var other = new TestCall(call.method(), call.url(), List.of(), call.body())
                .withToken(point.token())
                .with("Content-Type", type);

        assertThat(other.send().status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json; charset=utf-8", "application/json;charset=UTF-8", "Application/JSON"})
    void a_content_type_with_parameters_is_accepted(String type) {
        var call = new TestCall("POST", point.call(EVALUATION).url(), List.of(), json(usual))
                .withToken(point.token())
                .with("Content-Type", type);

        assertThat(call.send().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "7", "\"text\"", "{} {}", "{\"subject\":}", "{\"a\":1,\"a\":2}"})
    void a_body_that_is_empty_or_malformed_or_no_object_is_a_bad_request(String body) {
        for (var path : List.of(EVALUATION, EVALUATIONS, "/access/v1/search/resource", "/access/v1/search/action")) {
            assertThat(point.call(path).withJson(body).send().status()).as(path).isEqualTo(400);
        }
    }

    @Test
    void a_top_level_array_of_questions_is_a_bad_request() {
        assertThat(point.asks(EVALUATION, List.of(usual)).status()).isEqualTo(400);
        assertThat(point.asks(EVALUATIONS, List.of(usual)).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/subject", "/action", "/resource", "/resource/properties"})
    void a_field_that_is_not_known_is_passed_over(String parent) {
        var tree = JsonMapper.shared().readTree(json(usual));
        ((ObjectNode) tree.at(parent)).put("from_the_future", 1);

        assertThat(point.call(EVALUATION)
                        .withJson(tree.toString())
                        .send()
                        .json()
                        .get("decision")
                        .booleanValue())
                .isTrue();
    }

    @Test
    void a_request_id_is_echoed_whatever_is_answered() {
        var good = point.call(EVALUATION).withJson(json(usual));
        var bad = point.call(EVALUATION).withJson("{");
        var nobody = authority.atDoors("POST", EVALUATION).withJson(json(usual));

        for (var call : List.of(good, bad, nobody)) {
            assertThat(call.with("X-Request-ID", "bfe9eb29-ab87").send().header("x-request-id"))
                    .isEqualTo("bfe9eb29-ab87");
        }
        assertThat(good.send().headers()).doesNotContainKey("x-request-id");
        assertThat(good.with("X-Request-ID", "x".repeat(201)).send().headers()).doesNotContainKey("x-request-id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH"})
    void any_method_but_POST_is_not_allowed(String method) {
        for (var path : List.of(EVALUATION, EVALUATIONS)) {
            var answer =
                    authority.atDoors(method, path).withToken(point.token()).send();

            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.header("allow")).isEqualTo("POST");
        }
    }

    @Test
    void the_same_question_has_the_same_answer() {
        for (var question : List.of(usual, question(alice, action("write"), ARCHIVED))) {
            var first = point.asks(EVALUATION, question).json();
            var second = point.asks(EVALUATION, question).json();

            assertThat(withoutId(second)).isEqualTo(withoutId(first));
        }
    }

    private static JsonNode withoutId(JsonNode answer) {
        ((ObjectNode) answer.get("context")).remove("decision_id");
        return answer;
    }

    @Test
    void a_point_without_a_live_credential_is_not_answered() {
        var revoked = point.admin().issues("audit_logs_read");
        point.admin().revokes(revoked);

        for (var path : List.of(EVALUATION, EVALUATIONS, "/access/v1/search/resource", "/access/v1/search/action")) {
            var call = authority.atDoors("POST", path).withJson(json(usual));
            assertThat(call.send().status()).isEqualTo(401);
            assertThat(call.withToken("ddpat_junk").send().status()).isEqualTo(401);
            assertThat(call.withToken(revoked.text()).send().status()).isEqualTo(401);
        }
    }

    @Test
    void a_point_that_may_not_read_the_trail_may_not_evaluate() {
        var other = point.admin().issues("user_access_read").text();

        assertThat(authority
                        .atDoors("POST", EVALUATION)
                        .withToken(other)
                        .withJson(json(usual))
                        .send()
                        .status())
                .isEqualTo(403);
    }

    @Test
    void the_metadata_names_us_and_every_endpoint_and_no_search_for_subjects() {
        var metadata = authority
                .atDoors("GET", "/.well-known/authzen-configuration")
                .send()
                .json();
        var url = authority.server.doorsUrl();

        assertThat(metadata.get("policy_decision_point").stringValue()).isEqualTo(url);
        assertThat(metadata.get("access_evaluation_endpoint").stringValue()).isEqualTo(url + EVALUATION);
        assertThat(metadata.get("access_evaluations_endpoint").stringValue()).isEqualTo(url + EVALUATIONS);
        assertThat(metadata.get("search_resource_endpoint").stringValue())
                .isEqualTo(url + "/access/v1/search/resource");
        assertThat(metadata.get("search_action_endpoint").stringValue()).isEqualTo(url + "/access/v1/search/action");
        assertThat(metadata.has("search_subject_endpoint")).isFalse();
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
    }

    @Test
    void many_questions_are_answered_in_their_order() {
        var body = Map.of(
                "subject", alice,
                "resource", ACTIVE,
                "evaluations",
                        List.of(
                                Map.of("action", action("read")),
                                Map.of("action", action("write"), "resource", ARCHIVED),
                                Map.of("action", action("write"))));

        assertThat(decisions(body)).containsExactly(true, false, true);
    }

    @Test
    void a_default_is_replaced_whole() {
        var body = new HashMap<String, Object>();
        body.put("subject", alice);
        body.put("action", action("write"));
        body.put("resource", ARCHIVED);
        // Without the properties of the default this is a record like any other.
        body.put("evaluations", List.of(Map.of(), Map.of("resource", Map.of("type", "record", "id", "record-2"))));

        assertThat(decisions(body)).containsExactly(false, true);
    }

    private List<Boolean> decisions(Map<String, ?> body) {
        var decisions = new ArrayList<Boolean>();
        point.asks(EVALUATIONS, body)
                .json()
                .get("evaluations")
                .forEach(each -> decisions.add(each.get("decision").booleanValue()));
        return decisions;
    }

    @ParameterizedTest
    @CsvSource({
        "execute_all, 'true,false,true,false'",
        "deny_on_first_deny, 'true,false'",
        "permit_on_first_permit, 'true'",
    })
    void a_semantic_says_after_which_answer_the_rest_is_left_out(String semantic, String expected) {
        var body = Map.of(
                "subject",
                alice,
                "resource",
                ARCHIVED,
                "options",
                Map.of("evaluations_semantic", semantic, "unknown", 1),
                "evaluations",
                List.of(
                        Map.of("action", action("read")),
                        Map.of("action", action("write")),
                        Map.of("action", action("read")),
                        Map.of("action", action("write"))));

        assertThat(decisions(body)).hasToString("[" + expected.replace(",", ", ") + "]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"any\"", "7", "null"})
    void a_semantic_that_is_not_known_is_a_bad_request(String semantic) {
        var body = json(usual).replaceFirst("\\{", "{\"options\":{\"evaluations_semantic\":" + semantic + "},");

        assertThat(point.call(EVALUATIONS).withJson(body).send().status()).isEqualTo(400);
    }

    @Test
    void without_a_list_of_questions_the_defaults_are_the_one_question() {
        var empty = new HashMap<String, Object>(usual);
        empty.put("evaluations", List.of());

        assertThat(point.asks(EVALUATIONS, usual).json().get("decision").booleanValue())
                .isTrue();
        assertThat(point.asks(EVALUATIONS, empty).json().get("decision").booleanValue())
                .isTrue();
    }

    @Test
    void a_question_that_cannot_be_read_is_refused_alone() {
        var body = Map.of(
                "subject", alice,
                "resource", ACTIVE,
                "evaluations", List.of(Map.of("action", action("read")), Map.of("action", Map.of()), "text", Map.of()));
        var answer = point.asks(EVALUATIONS, body);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(decisions(body)).containsExactly(true, false, false, false);
        assertThat(answer.json().at("/evaluations/1/context/error/status").intValue())
                .isEqualTo(400);
        assertThat(answer.json().at("/evaluations/1/context/error/message").stringValue())
                .contains("action.name");
    }

    @Test
    void more_questions_than_the_limit_are_refused() {
        var questions = IntStream.rangeClosed(0, 100).mapToObj(_ -> Map.of()).toList();
        var body = new HashMap<String, Object>(usual);
        body.put("evaluations", questions);
        assertThat(point.asks(EVALUATIONS, body).status()).isEqualTo(400);

        body.put("evaluations", questions.subList(1, questions.size()));
        assertThat(decisions(body)).hasSize(100).containsOnly(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/subject/type", "/subject/id", "/action/name", "/resource/type", "/resource/id"})
    void a_text_that_is_too_long_or_has_controls_is_a_bad_request(String field) {
        for (var text : List.of("x".repeat(8_193), "a\\nb", "\\u0000", "\\ud800")) {
            var body = changed(field, "\"placeholder\"").replace("placeholder", text);
            assertThat(point.call(EVALUATION).withJson(body).send().status()).isEqualTo(400);
        }
    }

    @Test
    void pages_of_a_search_join_to_the_whole() {
        var question = new HashMap<String, Object>(question(alice, action("GET"), Map.of("type", "api")));
        var whole = new ArrayList<String>();
        var token = "";
        do {
            question.put("page", token.isEmpty() ? Map.of() : Map.of("token", token));
            var page = point.asks("/access/v1/search/resource", question).json();
            page.get("results").forEach(result -> whole.add(result.get("id").stringValue()));
            token = page.at("/page/next_token").stringValue();
        } while (!token.isEmpty());

        assertThat(whole).contains("ListRoles").doesNotHaveDuplicates().hasSizeGreaterThan(100);
        for (var id : List.of(whole.getFirst(), whole.getLast())) {
            assertThat(point.allows(question(alice, action("GET"), path(id)))).isTrue();
        }
    }

    @Test
    void a_page_of_another_search_is_a_bad_request() {
        var question = new HashMap<String, Object>(question(alice, action("GET"), Map.of("type", "api")));
        question.put("page", Map.of("limit", 1));
        var token = point.asks("/access/v1/search/resource", question)
                .json()
                .at("/page/next_token")
                .stringValue();

        question.put("page", Map.of("token", token));
        question.put("action", action("POST"));

        assertThat(point.asks("/access/v1/search/resource", question).status()).isEqualTo(400);
    }
}
