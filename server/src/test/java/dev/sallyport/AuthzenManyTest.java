package dev.sallyport;

import static dev.sallyport.TestPoint.EVALUATIONS;
import static dev.sallyport.TestPoint.action;
import static dev.sallyport.TestPoint.json;
import static dev.sallyport.TestPoint.path;
import static dev.sallyport.TestPoint.question;
import static dev.sallyport.TestPoint.record;
import static dev.sallyport.TestPoint.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.sql.TestDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Many AuthZEN questions at once, and searches. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthzenManyTest {

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
