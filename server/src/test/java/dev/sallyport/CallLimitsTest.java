package dev.sallyport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.TestCall.Answer;
import dev.sallyport.sql.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

class CallLimitsTest {

    private static final String LIMITS = "/sallyport/v1/call_limits";
    private static final String USERS = "/api/v2/users";

    private static Answer set(TestPerson admin, Map<String, ?> limits) {
        var revision = admin.calls("GET", LIMITS).json().get("revision").asInt();
        var body = JsonMapper.shared().writeValueAsString(Map.of("revision", revision, "limits", limits));
        return admin.calls("PUT", LIMITS, body);
    }

    private static Answer use(TestAuthority authority, TestPerson.Shown shown) {
        return authority.call("GET", USERS).withToken(shown.text()).send();
    }

    private static List<String> names(Answer answer) {
        return answer.headers().keySet().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
    }

    private static long allowed(int calls, Supplier<Answer> call) {
        return IntStream.range(0, calls).filter(_ -> call.get().status() == 200).count();
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_credential_may_make_so_many_calls_a_second_and_then_again(TestDatabase kind) {
        try (var authority = TestAuthority.on(kind)) {
            var admin = authority.founds("Acme");
            var token = admin.issues("user_access_read");
            set(admin, Map.of("credential", Map.of("per_second", 3)));

            assertThat(allowed(5, () -> use(authority, token))).isEqualTo(3);
            var refused = use(authority, token);
            authority.passes(Duration.ofSeconds(1));

            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("retry-after")).isEqualTo("1");
            assertThat(refused.header("ratelimit-policy")).isEqualTo("\"credential-second\";q=3;w=1");
            assertThat(refused.header("ratelimit")).isEqualTo("\"credential-second\";r=0;t=1");
            assertThat(refused.header("x-ratelimit-limit")).isEqualTo("3");
            assertThat(refused.header("x-ratelimit-period")).isEqualTo("1");
            assertThat(refused.header("x-ratelimit-remaining")).isEqualTo("0");
            assertThat(refused.header("x-ratelimit-reset")).isEqualTo("1");
            assertThat(refused.json().at("/errors/0").stringValue()).contains("Retry-After");
            assertThat(use(authority, token).status()).isEqualTo(200);
        }
    }

    @Test
    void another_credential_and_another_organization_are_not_in_the_way() {
        try (var authority = TestAuthority.on(TestDatabase.SQLITE)) {
            var admin = authority.founds("Acme");
            var other = authority.founds("Other");
            var one = admin.issues("user_access_read");
            var two = admin.issues("user_access_read");
            var foreign = other.issues("user_access_read");
            set(admin, Map.of("credential", Map.of("per_second", 1)));

            assertThat(allowed(2, () -> use(authority, one))).isEqualTo(1);

            assertThat(use(authority, two).status()).isEqualTo(200);
            assertThat(allowed(5, () -> use(authority, foreign))).isEqualTo(5);
        }
    }

    @Test
    void an_organization_has_a_bound_for_all_of_its_calls() {
        try (var authority = TestAuthority.on(TestDatabase.SQLITE)) {
            var admin = authority.founds("Acme");
            var one = admin.issues("user_access_read");
            var two = admin.issues("user_access_read");
            set(admin, Map.of("organization", Map.of("per_day", 4)));

            assertThat(allowed(3, () -> use(authority, one))).isEqualTo(3);
            assertThat(allowed(3, () -> use(authority, two))).isEqualTo(1);
            var refused = admin.calls("GET", LIMITS);
            var other = authority
                    .call("GET", "/sallyport/v1/credential_rules")
                    .withToken(admin.token().text())
                    .send();

            assertThat(refused.status())
                    .as("whoever set too little can set more")
                    .isEqualTo(200);
            assertThat(other.status()).isEqualTo(429);
            assertThat(other.json().get("type").stringValue())
                    .isEqualTo("https://iana.org/assignments/http-problem-types#quota-exceeded");
            assertThat(other.json().get("code").stringValue()).isEqualTo("quota_exceeded");
            assertThat(other.header("retry-after")).isEqualTo(String.valueOf(12 * 3_600));
            authority.passes(Duration.ofHours(12));
            assertThat(use(authority, one).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void one_credential_can_have_a_bound_of_its_own_which_outlives_a_restart(TestDatabase kind) {
        var before = TestAuthority.on(kind);
        var admin = before.founds("Acme");
        var token = admin.issues("user_access_read");
        var own = Map.of("credential", Map.of("per_day", 1), "credentials", Map.of(token.id(), Map.of("per_day", 3)));
        assertThat(set(admin, own).status()).isEqualTo(200);

        try (var after = before.restarted()) {
            assertThat(allowed(9, () -> use(after, token))).isEqualTo(3);
        }
    }

    @Test
    void allowed_answers_say_what_is_left() {
        try (var authority = TestAuthority.on(TestDatabase.SQLITE)) {
            var admin = authority.founds("Acme");
            var token = admin.issues("user_access_read");
            assertThat(names(use(authority, token))).doesNotContain("ratelimit");
            set(admin, Map.of("credential", Map.of("per_second", 10, "per_day", 2)));

            var answer = use(authority, token);

            assertThat(answer.header("ratelimit"))
                    .isEqualTo("\"credential-second\";r=9;t=1, \"credential-day\";r=1;t=43200");
            assertThat(answer.header("x-ratelimit-name")).isEqualTo("credential-day");
        }
    }

    @Test
    void a_door_says_429_where_its_gateway_passes_that_on_and_403_where_it_does_not() {
        try (var authority = TestAuthority.on(TestDatabase.SQLITE)) {
            var admin = authority.founds("Acme");
            var token = admin.issues("user_access_read");
            set(admin, Map.of("credential", Map.of("per_second", 1)));
            use(authority, token);

            var refusals = Stream.of(
                            authority.nginx("datadog", "GET", USERS),
                            authority.forwardAuth("datadog", "GET", USERS),
                            authority.envoy("datadog", "GET", USERS))
                    .map(call -> call.withToken(token.text()).send())
                    .toList();

            assertThat(refusals).extracting(Answer::status).containsExactly(403, 429, 429);
            assertThat(refusals).allSatisfy(refusal -> {
                assertThat(refusal.header("sallyport-reason")).isEqualTo("rate_limited");
                assertThat(refusal.header("retry-after")).isEqualTo("1");
                assertThat(refusal.header("sallyport-principal")).isEqualTo("");
            });
        }
    }

    @Test
    void strangers_are_neither_counted_nor_told_of_limits() {
        try (var authority = TestAuthority.on(TestDatabase.SQLITE)) {
            var admin = authority.founds("Acme");
            var token = admin.issues("user_access_read");
            set(admin, Map.of("credential", Map.of("per_second", 1)));
            var forged = token.text().substring(0, token.text().length() - 1)
                    + (token.text().endsWith("a") ? "b" : "a");

            for (var i = 0; i < 5; i++) {
                assertThat(authority.call("GET", USERS).withToken(forged).send().status())
                        .isEqualTo(401);
            }

            assertThat(use(authority, token).status()).isEqualTo(200);
            assertThat(names(authority.call("GET", USERS).withToken(forged).send()))
                    .doesNotContain("ratelimit");
        }
    }

    @Test
    void a_refused_call_counts_and_a_dry_decision_does_not() {
        try (var authority = TestAuthority.on(TestDatabase.SQLITE)) {
            var admin = authority.founds("Acme");
            var token = admin.issues("monitors_read");
            set(admin, Map.of("credentials", Map.of(token.id(), Map.of("per_day", 2))));

            assertThat(use(authority, token).status()).isEqualTo(403);
            assertThat(use(authority, token).status()).isEqualTo(403);

            assertThat(use(authority, token).status()).isEqualTo(429);
        }
    }

    @Test
    void a_stolen_credential_that_is_bound_elsewhere_uses_up_nothing_of_its_organization() {
        try (var authority = TestAuthority.on(TestDatabase.SQLITE)) {
            var admin = authority.founds("Acme");
            var bound = admin.issues("user_access_read");
            var free = admin.issues("user_access_read");
            var addresses = "/sallyport/v1/credentials/" + bound.id() + "/addresses";
            assertThat(admin.calls("PUT", addresses, "{\"addresses\":[\"192.0.2.0/24\"]}")
                            .status())
                    .isEqualTo(200);
            set(
                    admin,
                    Map.of(
                            "organization", Map.of("per_day", 4),
                            "credentials", Map.of(bound.id(), Map.of("per_day", 7))));

            var refusals =
                    IntStream.range(0, 9).mapToObj(_ -> use(authority, bound)).toList();

            assertThat(refusals)
                    .extracting(Answer::status)
                    .containsExactly(403, 403, 403, 403, 403, 403, 403, 429, 429);
            assertThat(allowed(5, () -> use(authority, free))).isEqualTo(4);
        }
    }

    @Test
    void a_flood_beyond_a_limit_leaves_few_records() {
        try (var authority = TestAuthority.on(TestDatabase.SQLITE)) {
            var admin = authority.founds("Acme");
            var token = admin.issues("user_access_read");
            set(admin, Map.of("credential", Map.of("per_second", 1)));

            for (var i = 0; i < 60; i++) {
                use(authority, token);
            }

            var refused = admin.calls(
                    "GET", "/api/v2/audit/events?page%5Blimit%5D=1000&filter%5Bquery%5D=%40reason%3Arate_limited");
            assertThat(refused.json().get("data").size()).isBetween(1, 10);
        }
    }

    @Test
    void nonsense_and_strange_credentials_are_refused_with_the_member() {
        try (var authority = TestAuthority.on(TestDatabase.SQLITE)) {
            var admin = authority.founds("Acme");
            var foreign = authority.founds("Other").issues("user_access_read");

            var zero = set(admin, Map.of("credential", Map.of("per_second", 0)));
            var unknown = set(admin, Map.of("credentials", Map.of(foreign.id(), Map.of("per_day", 2))));
            var noId = set(admin, Map.of("credentials", Map.of("laptop", Map.of("per_day", 2))));
            var stale = admin.calls("PUT", LIMITS, "{\"revision\":7,\"limits\":{}}");
            var blind = admin.calls("PUT", LIMITS, "{\"limits\":{}}");

            assertThat(zero.status()).isEqualTo(400);
            assertThat(zero.body()).contains("limits.credential.per_second");
            assertThat(unknown.status()).isEqualTo(400);
            assertThat(unknown.body()).contains(foreign.id());
            assertThat(noId.status()).isEqualTo(400);
            assertThat(stale.status()).isEqualTo(409);
            assertThat(blind.status()).isEqualTo(428);
        }
    }
}
