package dev.sallyport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.permission.ManagedRole;
import dev.sallyport.sql.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** One call, asked about at every door: the decision is the same, whatever the gateway. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryDoorTest {

    private static final List<String> SAID = List.of(
            "sallyport-reason",
            "sallyport-organization",
            "sallyport-principal",
            "sallyport-principal-kind",
            "sallyport-email",
            "sallyport-credential",
            "sallyport-credential-kind",
            "sallyport-scopes");

    private final TestAuthority authority = TestAuthority.on(TestDatabase.SQLITE);
    private final TestEnvoy envoy = new TestEnvoy(authority);
    private final TestPerson admin = authority.founds("Acme");
    private final TestPerson member = authority.joins(admin, "Member", ManagedRole.STANDARD);
    private final TestPerson stranger = authority.founds("Globex");
    private final Map<String, Call> calls = new LinkedHashMap<>();

    /** @param headers what the client sent */
    private record Call(String api, String method, String path, List<TestCall.Header> headers) {}

    /** What a door made of it: its status and what it says in headers. */
    private record Said(int status, List<String> headers) {}

    @BeforeAll
    void prepare() {
        admin.imports("billing", TestCast.example());
        var reader = admin.issues("billing:invoices_read");
        var revoked = admin.issues("billing:invoices_read");
        admin.revokes(revoked);
        var brief = admin.issues(Duration.ofDays(1), "billing:invoices_read");
        var other = reader.text().substring(0, reader.text().length() - 1);
        var keys = TestKeys.first(admin);
        bearer("allowed", "billing", "GET", "/invoices", reader.text());
        bearer("with a query", "billing", "GET", "/invoices/7?page=2", reader.text());
        bearer("missing scope", "billing", "POST", "/invoices", reader.text());
        bearer(
                "missing permission",
                "datadog",
                "POST",
                "/api/v2/roles",
                member.issues("user_access_read").text());
        bearer(
                "wrong secret",
                "billing",
                "GET",
                "/invoices",
                other + (reader.text().endsWith("a") ? "b" : "a"));
        bearer("junk", "billing", "GET", "/invoices", "ddpat_junk");
        bearer("revoked", "billing", "GET", "/invoices", revoked.text());
        bearer("soon expired", "billing", "GET", "/invoices", brief.text());
        bearer("foreign", "billing", "GET", "/invoices", stranger.token().text());
        bearer("unknown api", "nowhere", "GET", "/invoices", reader.text());
        bearer("unknown operation", "billing", "GET", "/nothing/here", reader.text());
        bearer("another method", "billing", "DELETE", "/invoices", reader.text());
        bearer("dot segments", "billing", "GET", "/invoices/../invoices", reader.text());
        bearer("double slash", "billing", "GET", "//invoices", reader.text());
        bearer("escaped slash", "billing", "GET", "/invoices%2F7", reader.text());
        bearer("escaped letter", "billing", "GET", "/%69nvoices", reader.text());
        bearer("semicolon", "billing", "GET", "/invoices;a=b", reader.text());
        call("no credential", "billing", "GET", "/invoices");
        call("open to all", "billing", "GET", "/health");
        call(
                "repeated",
                "billing",
                "GET",
                "/invoices",
                new TestCall.Header("Authorization", "Bearer " + reader.text()),
                new TestCall.Header("DD-APPLICATION-KEY", reader.text()));
        call(
                "pair of keys",
                "datadog",
                "GET",
                "/api/v2/users",
                new TestCall.Header("DD-API-KEY", keys.apiKey().text()),
                new TestCall.Header("DD-APPLICATION-KEY", keys.applicationKey().text()));
        call(
                "API key alone",
                "datadog",
                "GET",
                "/api/v2/users",
                new TestCall.Header("DD-API-KEY", keys.apiKey().text()));
        call(
                "application key alone",
                "datadog",
                "GET",
                "/api/v2/users",
                new TestCall.Header("DD-APPLICATION-KEY", keys.applicationKey().text()));
        authority.passes(Duration.ofHours(25));
    }

    private void bearer(String name, String api, String method, String path, String token) {
        call(name, api, method, path, new TestCall.Header("Authorization", "Bearer " + token));
    }

    private void call(String name, String api, String method, String path, TestCall.Header... headers) {
        calls.put(name, new Call(api, method, path, List.of(headers)));
    }

    @AfterAll
    void close() {
        envoy.close();
        authority.close();
    }

    private static Said said(TestCall asked, Call call) {
        var sent = asked;
        for (var header : call.headers()) {
            sent = sent.with(header.name(), header.value());
        }
        var answer = sent.send();
        return new Said(answer.status(), SAID.stream().map(answer::header).toList());
    }

    private Said saidByCheck(Call call) {
        var check = envoy.asks(call.api(), call.method(), call.path());
        for (var header : call.headers()) {
            check = check.with(header.name(), header.value());
        }
        var answer = check.send();
        return new Said(
                answer.status(),
                SAID.stream().map(name -> answer.find(name).orElse("")).toList());
    }

    @Test
    void all_doors_say_the_same_of_every_call() {
        var reasons = new ArrayList<String>();
        calls.forEach((name, call) -> {
            var nginx = said(authority.nginx(call.api(), call.method(), call.path()), call);
            var forward = said(authority.forwardAuth(call.api(), call.method(), call.path()), call);
            var check = saidByCheck(call);

            assertThat(forward).as(name).isEqualTo(nginx);
            assertThat(check).as(name).isEqualTo(nginx);
            reasons.add(nginx.headers().getFirst());
        });
        assertThat(reasons)
                .contains(
                        "allowed",
                        "scope_missing",
                        "permission_missing",
                        "invalid_credential",
                        "unknown_api",
                        "unknown_operation",
                        "ambiguous_path",
                        "api_key_alone");
    }

    /** A client library may mend such a path before it is sent, so only what is left alone goes to the door in the path. */
    @Test
    void the_door_in_the_path_says_so_too() {
        calls.forEach((name, call) -> {
            if (List.of("dot segments", "double slash").contains(name)) {
                return;
            }
            var nginx = said(authority.nginx(call.api(), call.method(), call.path()), call);
            var envoyOverHttp = said(authority.envoy(call.api(), call.method(), call.path()), call);

            assertThat(envoyOverHttp).as(name).isEqualTo(nginx);
        });
    }
}
