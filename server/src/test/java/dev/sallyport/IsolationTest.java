package dev.sallyport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.SampleCalls.Sample;
import dev.sallyport.sql.TestDatabase;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two organizations on one server do not see each other through any route or door. */
class IsolationTest {

    private static final Pattern TAKES_AN_ID = Pattern.compile("_(id|uuid)}");

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void nothing_of_one_organization_is_shown_to_another(TestDatabase kind) {
        try (var authority = TestAuthority.on(kind)) {
            var cast = TestCast.on(authority);
            var samples = new SampleCalls(cast);
            var admin = cast.admin();
            var canaries = Set.of(
                    admin.organization().id().toString(),
                    admin.principal().id().toString(),
                    admin.principal().email(),
                    admin.token().id(),
                    "Acme",
                    "billing.example.com",
                    "billing:",
                    "Larry");

            var seen = new TreeSet<String>();
            for (var sample : samples.all()) {
                var answer = sent(sample, cast.stranger());
                assertThat(answer.body()).as(sample.title()).doesNotContain(canaries);
                assertThat(answer.headers().toString()).as(sample.title()).doesNotContain(canaries);
                var own = sent(sample, admin);
                canaries.stream()
                        .filter(canary -> (own.body() + own.headers()).contains(canary))
                        .forEach(seen::add);
            }

            assertThat(seen).as("what the organization itself is shown").containsAll(canaries);
        }
    }

    /** With keys, because those are let in everywhere. */
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void an_id_of_another_organization_is_not_found_by_any_route(TestDatabase kind) {
        try (var authority = TestAuthority.on(kind)) {
            var cast = TestCast.on(authority);
            var stranger = MatrixKinds.Keys.of(TestKeys.first(cast.stranger())).inHeaders();

            var taking = new SampleCalls(cast)
                    .all().stream()
                            .filter(sample ->
                                    TAKES_AN_ID.matcher(sample.title()).find())
                            .toList();

            assertThat(taking).hasSizeGreaterThan(40);
            for (var sample : taking) {
                var answer = stranger.apply(sample.call().get()).send();
                assertThat(answer.status()).as(sample.title()).isEqualTo(404);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_list_of_one_organization_counts_nothing_of_another(TestDatabase kind) {
        try (var authority = TestAuthority.on(kind)) {
            var acme = authority.founds("Acme");
            var globex = authority.founds("Globex");
            acme.issues("monitors_read");
            acme.issues("monitors_read");

            var tokens = globex.calls("GET", TestPerson.TOKENS).json();
            var users = globex.calls("GET", "/api/v2/roles")
                    .json()
                    .get("data")
                    .valueStream()
                    .map(role -> role.at("/attributes/user_count").longValue())
                    .collect(Collectors.summingLong(count -> count));

            assertThat(tokens.at("/meta/page/total_filtered_count").longValue()).isEqualTo(1);
            assertThat(users).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void an_api_of_one_organization_is_no_api_to_another(TestDatabase kind) {
        try (var authority = TestAuthority.on(kind)) {
            var cast = TestCast.on(authority);
            var stranger = cast.stranger();

            var question = "{\"api\":\"%s\",\"method\":\"GET\",\"path\":\"/invoices\"}";
            var theirs = stranger.calls("POST", "/sallyport/v1/decide", question.formatted("billing"));
            var nobodys = stranger.calls("POST", "/sallyport/v1/decide", question.formatted("nowhere"));
            var created = stranger.calls("POST", TestPerson.TOKENS, """
                    {"data": {"type": "personal_access_tokens", "attributes": {
                      "name": "x", "scopes": ["%s"], "expires_at": "2026-12-01T00:00:00Z"}}}
                    """.formatted("billing:invoices_read"));
            var unknown = stranger.calls("POST", TestPerson.TOKENS, """
                    {"data": {"type": "personal_access_tokens", "attributes": {
                      "name": "x", "scopes": ["%s"], "expires_at": "2026-12-01T00:00:00Z"}}}
                    """.formatted("nowhere:invoices_read"));

            assertThat(theirs.status()).isEqualTo(404);
            assertThat(theirs.body()).isEqualTo(nobodys.body());
            assertThat(created.status()).isEqualTo(400).isEqualTo(unknown.status());
            assertThat(created.body().replace("billing", "nowhere")).isEqualTo(unknown.body());
        }
    }

    private static TestCall.Answer sent(Sample sample, TestPerson person) {
        return sample.call().get().withToken(person.token().text()).send();
    }
}
