package dev.sallyport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.TestCall.Answer;
import dev.sallyport.sql.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Whoever tries credentials learns of none of them whether it exists, or ever did. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StrangerTest {

    private final TestAuthority authority = TestAuthority.on(TestDatabase.SQLITE);
    private final TestCast cast = expired();

    private TestCast expired() {
        var everybody = TestCast.on(authority);
        authority.passes(TestCast.UNTIL_EXPIRED);
        return everybody;
    }

    @AfterAll
    void close() {
        authority.close();
    }

    @Test
    void refusals_of_the_management_api_do_not_differ() {
        var answers = answers(authority.call("GET", "/api/v2/roles"));

        assertThat(answers).hasSize(6).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.body()).isEqualTo("{\"errors\":[\"Unauthorized\"]}");
        });
        assertThat(answers.stream().map(StrangerTest::visible).distinct()).hasSize(1);
    }

    @Test
    void refusals_of_our_own_surface_do_not_differ() {
        var answers = answers(authority.atDoors("GET", "/sallyport/v1/apis/billing"));

        assertThat(answers.stream().map(StrangerTest::visible).distinct()).hasSize(1);
    }

    @Test
    void refusals_of_a_door_do_not_differ_even_for_an_organization_that_is_not_admitted() {
        var answers = new ArrayList<>(answers(authority.nginx("billing", "GET", "/invoices")));
        answers.add(authority
                .nginx("billing", "GET", "/invoices")
                .withToken(cast.stranger().token().text())
                .send());
        answers.addAll(answers(authority.nginx("billing", "GET", "/nothing")));
        answers.addAll(answers(authority.nginx("unknown", "GET", "/..")));

        assertThat(answers.stream().map(StrangerTest::visible).distinct()).hasSize(1);
        assertThat(answers.getFirst().header("sallyport-reason")).isEqualTo("invalid_credential");
    }

    @Test
    void refusals_of_other_doors_do_not_differ_either() {
        var forwardAuth = new ArrayList<>(answers(authority.forwardAuth("billing", "GET", "/invoices")));
        forwardAuth.addAll(answers(authority.forwardAuth("billing", "GET", "/nothing")));
        forwardAuth.addAll(answers(authority.forwardAuth("unknown", "GET", "/invoices")));
        var envoy = new ArrayList<>(answers(authority.envoy("billing", "GET", "/invoices")));
        envoy.addAll(answers(authority.envoy("billing", "GET", "/nothing")));
        envoy.addAll(answers(authority.envoy("unknown", "GET", "/invoices")));

        assertThat(forwardAuth.stream().map(StrangerTest::visible).distinct()).hasSize(1);
        assertThat(envoy.stream().map(StrangerTest::visible).distinct()).hasSize(1);
    }

    private List<Answer> answers(TestCall call) {
        return List.of("junk", "unknown id", "wrong secret", "revoked", "expired", "owner disabled").stream()
                .map(who -> call.withToken(cast.token(who)).send())
                .toList();
    }

    /** All but the id of the decision, which says nothing to whoever cannot read the trail. */
    private static Answer visible(Answer answer) {
        var headers = new TreeMap<>(answer.headers());
        assertThat(headers.remove("sallyport-decision")).hasSize(1);
        return new Answer(answer.status(), headers, answer.body());
    }
}
