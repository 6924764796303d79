package dev.sallyport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.TestCall.Answer;
import dev.sallyport.permission.ManagedRole;
import dev.sallyport.sql.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What a refusal says of itself, and that what it says to do has the call allowed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExplainTest {

    private static final String USERS = "/api/v2/users";
    private static final String INVOICES = "/invoices";

    private final TestAuthority authority = TestAuthority.on(TestDatabase.SQLITE);
    private final TestPerson admin = authority.founds("Acme");
    private final TestPerson reader = authority.joins(admin, "Reader", ManagedRole.STANDARD);
    private final TestPerson stranger = authority.founds("Globex");

    @BeforeAll
    void imports() {
        admin.imports("billing", TestCast.example());
    }

    @AfterAll
    void close() {
        authority.close();
    }

    private Answer door(String method, TestPerson.Shown token) {
        return authority
                .nginx("billing", method, INVOICES)
                .withToken(token.text())
                .send();
    }

    private static Answer explains(TestPerson person, Answer decided) {
        return person.calls("GET", "/sallyport/v1/decisions/" + decided.header("sallyport-decision"));
    }

    /** Does what an edit says, step by step. */
    private static void apply(TestPerson person, JsonNode edit) {
        for (var step : edit.get("steps")) {
            var request = step.get("request");
            assertThat(request.isObject()).as(step.toString()).isTrue();
            var answer = person.calls(
                    request.get("method").stringValue(),
                    request.get("path").stringValue(),
                    request.get("body").toString());
            assertThat(answer.status()).as(step + " " + answer).isBetween(200, 204);
        }
    }

    @Test
    void a_missing_scope_is_named_and_the_edit_that_adds_it_has_the_call_allowed() {
        var token = admin.issues("billing:invoices_read");

        var refused = door("POST", token);
        var explanation = explains(admin, refused).json();
        apply(admin, explanation.at("/edits/0"));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(explanation.get("reason").stringValue()).isEqualTo("scope_missing");
        assertThat(explanation.get("required").toString()).isEqualTo("[[\"billing:invoices_write\"]]");
        assertThat(explanation.get("held").toString()).isEqualTo("[\"billing:invoices_write\"]");
        assertThat(explanation.get("missing").toString()).isEqualTo("[\"billing:invoices_write\"]");
        assertThat(explanation.at("/credential/id").stringValue()).isEqualTo(token.id());
        assertThat(explanation.at("/edits/0/steps/0/by/who").stringValue())
                .contains(admin.principal().email());
        assertThat(door("POST", token).status()).isEqualTo(200);
    }

    @Test
    void a_missing_permission_is_named_and_each_role_that_has_it_has_the_call_allowed() {
        var joined = authority.joins(admin, "Joined", ManagedRole.STANDARD);
        var token = joined.issues("user_access_read");

        var refused = makesRole(token);
        var own = explains(joined, refused).json();
        var edit = own.at("/edits/0");

        assertThat(own.get("reason").stringValue()).isEqualTo("permission_missing");
        assertThat(edit.get("steps").size())
                .as("the token is too narrow as well")
                .isEqualTo(2);
        assertThat(edit.at("/steps/0/by/permission").stringValue()).isEqualTo("user_access_manage");
        assertThat(edit.at("/steps/0/by/roles").toString()).contains("Datadog Admin Role");
        var membership = edit.at("/steps/0/request");
        assertThat(admin.calls(
                                "POST",
                                membership.get("path").stringValue(),
                                membership.get("body").toString())
                        .status())
                .isEqualTo(200);
        var widening = edit.at("/steps/1/request");
        var fresh = new TestPerson(
                authority,
                joined.organization(),
                joined.principal(),
                authority.firstToken(joined.organization(), joined.principal()));
        assertThat(fresh.calls(
                                widening.get("method").stringValue(),
                                widening.get("path").stringValue(),
                                widening.get("body").toString())
                        .status())
                .isEqualTo(200);
        assertThat(makesRole(token).status()).isEqualTo(200);
    }

    private Answer makesRole(TestPerson.Shown token) {
        return authority
                .nginx("datadog", "POST", "/api/v2/roles")
                .withToken(token.text())
                .send();
    }

    @Test
    void an_address_that_a_credential_may_not_come_from_can_be_let_in() {
        var token = admin.issues("user_access_read");
        assertThat(admin.calls(
                                "PUT",
                                "/sallyport/v1/credentials/" + token.id() + "/addresses",
                                "{\"addresses\":[\"192.0.2.0/24\"]}")
                        .status())
                .isEqualTo(200);

        var refused = authority.call("GET", USERS).withToken(token.text()).send();
        var explanation = explains(admin, refused).json();
        apply(admin, explanation.at("/edits/0"));

        assertThat(explanation.get("reason").stringValue()).isEqualTo("address_not_allowed");
        assertThat(authority.call("GET", USERS).withToken(token.text()).send().status())
                .isEqualTo(200);
    }

    @Test
    void whoever_is_beyond_two_fences_is_told_of_both() {
        try (var fenced = TestAuthority.on(TestDatabase.SQLITE)) {
            var person = fenced.founds("Acme");
            var token = person.issues("user_access_read");
            person.calls(
                    "PUT",
                    "/sallyport/v1/credentials/" + token.id() + "/addresses",
                    "{\"addresses\":[\"192.0.2.0/24\"]}");
            person.calls(
                    "PUT",
                    "/sallyport/v1/credential_rules",
                    "{\"revision\":0,\"rules\":{\"addresses\":[\"127.0.0.0/8\"]}}");

            var refused = from(fenced, token, "203.0.113.9");
            var edit = explains(person, refused).json().at("/edits/0");

            assertThat(refused.header("sallyport-reason")).isEqualTo("address_not_allowed");
            assertThat(edit.get("steps").size()).as(edit.toString()).isEqualTo(2);
            var widening = edit.at("/steps/0/request");
            person.calls(
                    widening.get("method").stringValue(),
                    widening.get("path").stringValue(),
                    widening.get("body").toString());
            assertThat(from(fenced, token, "203.0.113.9").status()).isEqualTo(403);
            person.calls(
                    "PUT",
                    "/sallyport/v1/credential_rules",
                    "{\"revision\":1,\"rules\":{\"addresses\":[\"127.0.0.0/8\",\"203.0.113.9\"]}}");
            assertThat(from(fenced, token, "203.0.113.9").status()).isEqualTo(200);
        }
    }

    private static Answer from(TestAuthority authority, TestPerson.Shown token, String address) {
        return authority
                .nginx("datadog", "GET", "/api/v2/roles")
                .with("X-Forwarded-For", address)
                .withToken(token.text())
                .send();
    }

    @Test
    void a_permission_that_is_no_scope_is_not_to_be_added_to_a_credential() {
        var client = "/api/v2/org_authorized_clients/42";
        var token = admin.issues("user_access_read");
        var keys = TestKeys.first(admin);

        var refused = authority
                .nginx("datadog", "GET", client)
                .withToken(token.text())
                .send();
        var explanation = explains(admin, refused).json();

        assertThat(explanation.get("missing").toString()).isEqualTo("[\"org_authorized_apps_read\"]");
        var step = explanation.at("/edits/0/steps/0");
        assertThat(step.get("request").isNull()).as(step.toString()).isTrue();
        assertThat(step.get("says").stringValue()).contains("application key without scopes");
        assertThat(authority
                        .nginx("datadog", "GET", client)
                        .with("DD-API-KEY", keys.apiKey().text())
                        .with("DD-APPLICATION-KEY", keys.applicationKey().text())
                        .send()
                        .status())
                .isEqualTo(200);
    }

    @Test
    void what_was_revoked_since_is_not_to_be_edited_but_replaced() {
        var token = admin.issues("billing:invoices_read");
        var refused = door("POST", token);
        admin.revokes(token);

        var explanation = explains(admin, refused).json();

        assertThat(explanation.get("reason").stringValue()).isEqualTo("scope_missing");
        var step = explanation.at("/edits/0/steps/0");
        assertThat(step.get("says").stringValue()).startsWith("Create another token");
        assertThat(step.get("request").isNull()).isTrue();
    }

    @Test
    void what_has_ended_says_so_to_whoever_reads_the_trail_and_to_no_stranger() {
        var token = admin.issues(Duration.ofDays(2), "user_access_read");
        admin.revokes(token);

        var refused = authority.call("GET", USERS).withToken(token.text()).send();

        assertThat(refused.status()).isEqualTo(401);
        assertThat(explains(admin, refused).json().get("reason").stringValue()).isEqualTo("revoked");
        assertThat(explains(reader, refused).status()).isEqualTo(404);
    }

    @Test
    void only_the_caller_and_readers_of_the_trail_see_a_decision() {
        var refused = makesRole(reader.issues("user_access_read"));
        var ofAdmin = door("POST", admin.issues("billing:invoices_read"));

        var unknown = reader.calls("GET", "/sallyport/v1/decisions/dec_00000001000000010000000000000001");

        assertThat(explains(reader, refused).status()).isEqualTo(200);
        assertThat(explains(admin, refused).status()).isEqualTo(200);
        assertThat(explains(stranger, refused).status()).isEqualTo(404);
        assertThat(explains(reader, ofAdmin).status()).isEqualTo(404);
        assertThat(explains(reader, ofAdmin).body()).isEqualTo(unknown.body());
        assertThat(reader.calls("GET", "/sallyport/v1/decisions/42").body()).isEqualTo(unknown.body());
    }

    @Test
    void it_says_what_was_true_then_and_not_what_is_true_now() {
        var token = admin.issues("billing:invoices_read");
        var refused = door("POST", token);
        admin.rescopes(token, "billing:invoices_read", "billing:invoices_write");

        var explanation = explains(admin, refused).json();

        assertThat(explanation.get("missing").toString()).isEqualTo("[\"billing:invoices_write\"]");
        assertThat(explanation.at("/credential/scopes").toString()).isEqualTo("[\"billing:invoices_read\"]");
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_call_that_has_not_happened_is_explained_in_the_same_form(TestDatabase kind) {
        try (var other = TestAuthority.on(kind)) {
            var person = other.founds("Acme");
            person.imports("billing", TestCast.example());
            var token = person.issues("billing:invoices_read");
            var question = "{\"api\":\"billing\",\"method\":\"POST\",\"path\":\"/invoices\"}";

            var foreseen = other.call("POST", "/sallyport/v1/decide")
                    .withToken(token.text())
                    .withJson(question)
                    .send()
                    .json();
            var refused = other.nginx("billing", "POST", INVOICES)
                    .withToken(token.text())
                    .send();
            var explained = explains(person, refused).json();

            for (var member :
                    new String[] {"decision", "reason", "operation", "required", "held", "missing", "edits"}) {
                assertThat(foreseen.get(member)).as(member).isEqualTo(explained.get(member));
            }
            apply(person, foreseen.at("/edits/0"));
            assertThat(other.nginx("billing", "POST", INVOICES)
                            .withToken(token.text())
                            .send()
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void an_allowed_call_is_explained_without_edits() {
        var allowed = door("GET", admin.issues("billing:invoices_read"));

        var explanation = explains(admin, allowed).json();

        assertThat(explanation.get("decision").stringValue()).isEqualTo("permit");
        assertThat(explanation.get("edits").size()).isZero();
        assertThat(explanation.get("operation").isString()).isTrue();
    }
}
