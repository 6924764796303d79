package dev.sallyport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.identity.PrincipalId;
import dev.sallyport.permission.ManagedRole;
import dev.sallyport.sql.TestDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What service accounts and those who look after them can and cannot do, through the whole program. */
class ServiceAccountTest {

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_token_lives_from_its_making_to_its_revocation(TestDatabase kind) {
        try (var authority = TestAuthority.on(kind)) {
            var admin = authority.founds("Acme");
            var account = authority.serves(admin, ManagedRole.STANDARD);

            var token = admin.issuesTo(account, "user_access_read", "monitors_read");

            var roles = authority.nginx("datadog", "GET", "/api/v2/roles").withToken(token.text());
            var allowed = roles.send();
            assertThat(allowed.status()).isEqualTo(200);
            assertThat(allowed.header("sallyport-principal")).isEqualTo(account.toString());
            assertThat(allowed.header("sallyport-principal-kind")).isEqualTo("service_account");
            assertThat(allowed.header("sallyport-credential-kind")).isEqualTo("service_access_token");
            var carried = authority.nginx("datadog", "GET", "/api/v2/roles").with("DD-APPLICATION-KEY", token.text());
            assertThat(carried.send().status()).isEqualTo(200);
            rescopes(admin, account, token, "monitors_read");
            assertThat(roles.send().status()).isEqualTo(403);
            assertThat(admin.calls("DELETE", TestPerson.serviceTokens(account) + "/" + token.id())
                            .status())
                    .isEqualTo(204);
            assertThat(roles.send().status()).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_token_does_no_more_than_its_account_holds(TestDatabase kind) {
        try (var authority = TestAuthority.on(kind)) {
            var admin = authority.founds("Acme");
            var account = authority.serves(admin, ManagedRole.READ_ONLY);

            var token = admin.issuesTo(account, "org_management", "service_account_write", "user_app_keys");

            var mint = authority
                    .call("POST", TestPerson.serviceTokens(account))
                    .withToken(token.text())
                    .withJson("{}");
            assertThat(mint.send().status()).isEqualTo(403);
            var personal = authority.call("GET", TestPerson.TOKENS).withToken(token.text());
            assertThat(personal.send().status()).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void whoever_may_manage_service_accounts_alone_makes_no_administrator(TestDatabase kind) {
        try (var authority = TestAuthority.on(kind)) {
            var admin = authority.founds("Acme");
            var account = authority.serves(admin, ManagedRole.ADMIN);
            var manager = admin.issues("service_account_write");
            var wide = admin.issuesTo(account, "user_access_manage");

            for (var scopes :
                    List.of(List.of("user_access_manage"), List.of("service_account_write", "org_management"))) {
                assertThat(asks(
                                authority,
                                manager,
                                "POST",
                                TestPerson.serviceTokens(account),
                                Map.of(
                                        "type",
                                        "service_access_tokens",
                                        "attributes",
                                        Map.of(
                                                "name", "x",
                                                "scopes", scopes,
                                                "expires_at", "2026-12-01T00:00:00Z"))))
                        .isEqualTo(403);
            }
            assertThat(asks(
                            authority,
                            manager,
                            "PATCH",
                            TestPerson.serviceTokens(account) + "/" + wide.id(),
                            Map.of(
                                    "id", wide.id(),
                                    "type", "service_access_tokens",
                                    "attributes", Map.of("name", "mine"))))
                    .isEqualTo(403);
            assertThat(asks(
                            authority,
                            manager,
                            "POST",
                            TestPerson.serviceTokens(account),
                            Map.of(
                                    "type",
                                    "service_access_tokens",
                                    "attributes",
                                    Map.of("name", "endless", "scopes", List.of("service_account_write")))))
                    .isEqualTo(403);
        }
    }

    private static int asks(
            TestAuthority authority, TestPerson.Shown token, String method, String path, Map<String, Object> data) {
        return authority
                .call(method, path)
                .withToken(token.text())
                .withJson(TestPerson.document(data))
                .send()
                .status();
    }

    private static void rescopes(TestPerson admin, PrincipalId account, TestPerson.Shown token, String... scopes) {
        var data = Map.of(
                "id", token.id(),
                "type", "service_access_tokens",
                "attributes", Map.of("scopes", List.of(scopes)));
        var answer =
                admin.calls("PATCH", TestPerson.serviceTokens(account) + "/" + token.id(), TestPerson.document(data));
        assertThat(answer.status()).isEqualTo(200);
    }
}
