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

import dev.sallyport.sql.TestDatabase;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
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

    @ParameterizedTest
    @ValueSource(strings = {"/subject/type", "/subject/id", "/action/name", "/resource/type", "/resource/id"})
    void a_text_that_is_too_long_or_has_controls_is_a_bad_request(String field) {
        for (var text : List.of("x".repeat(8_193), "a\\nb", "\\u0000", "\\ud800")) {
            var body = changed(field, "\"placeholder\"").replace("placeholder", text);
            assertThat(point.call(EVALUATION).withJson(body).send().status()).isEqualTo(400);
        }
    }
}
