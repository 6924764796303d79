package dev.sallyport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.sql.TestDatabase;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** A user's whole life, over the wire. */
class UserLifeTest {

    private static final String USERS = "/api/v2/users";

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_user_comes_in_by_a_link_works_and_leaves_for_good(TestDatabase kind) {
        try (var authority = TestAuthority.on(kind)) {
            var admin = authority.founds("Acme");
            var id = created(admin, "bob@acme.example");
            var link = URI.create(invited(admin, id));

            var page = authority
                    .call("GET", path(link))
                    .with("Accept", "text/html")
                    .send();
            var came = authority
                    .call("POST", link.getPath())
                    .withForm(link.getQuery())
                    .send();
            var token = came.json().get("personal_access_token").stringValue();
            var self = authority
                    .call("GET", "/api/v2/current_user")
                    .withToken(token)
                    .send();
            var second = authority
                    .call("POST", link.getPath())
                    .withForm(link.getQuery())
                    .send();
            var disabled = admin.calls("DELETE", USERS + "/" + id);
            var afterwards = authority
                    .call("GET", "/api/v2/current_user")
                    .withToken(token)
                    .send();

            assertThat(page.status()).isEqualTo(200);
            assertThat(came.status()).isEqualTo(200);
            assertThat(self.json().at("/data/id").stringValue()).isEqualTo(id);
            assertThat(self.json().at("/data/attributes/status").stringValue()).isEqualTo("Active");
            assertThat(second.status()).isEqualTo(404);
            assertThat(disabled.status()).isEqualTo(204);
            assertThat(afterwards.status()).isEqualTo(401);
            assertThat(enabledThen(authority, admin, id, token)).isEqualTo(401);
            assertThat(admin.calls("DELETE", "/sallyport/v1/users/" + id).status())
                    .isEqualTo(204);
            assertThat(admin.calls("GET", USERS + "/" + id).status()).isEqualTo(404);
        }
    }

    private static int enabledThen(TestAuthority authority, TestPerson admin, String id, String token) {
        var enabled = admin.calls(
                "PATCH",
                USERS + "/" + id,
                TestPerson.document(Map.of("type", "users", "id", id, "attributes", Map.of("disabled", false))));
        assertThat(enabled.json().at("/data/attributes/status").stringValue()).isEqualTo("Active");
        return authority
                .call("GET", "/api/v2/current_user")
                .withToken(token)
                .send()
                .status();
    }

    /** The same address in two organizations is two users: what ends in one goes on in the other. */
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void who_is_removed_here_goes_on_there(TestDatabase kind) {
        try (var authority = TestAuthority.on(kind)) {
            var acme = authority.founds("Acme");
            var globex = authority.founds("Globex");
            var here = created(acme, "bob@example.com");
            var tokens = List.of(
                    accepted(authority, acme, here), accepted(authority, globex, created(globex, "bob@example.com")));

            acme.calls("DELETE", "/sallyport/v1/users/" + here);

            assertThat(tokens.stream()
                            .map(token -> authority
                                    .call("GET", "/api/v2/current_user")
                                    .withToken(token)
                                    .send()
                                    .status()))
                    .containsExactly(401, 200);
        }
    }

    /** Whoever stole a credential can invite a user and come in as that user. */
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void what_came_of_an_invitation_ends_with_the_descendants_of_what_made_it(TestDatabase kind) {
        try (var authority = TestAuthority.on(kind)) {
            var admin = authority.founds("Acme");
            var token = accepted(authority, admin, created(admin, "bob@acme.example"));
            var own = admin.calls("GET", "/api/v2/current_user").json();

            var ended = admin.calls("POST", "/sallyport/v1/credentials/revoke", """
                    {"filter": {"owner": "%s"}, "with_descendants": true, "include_own": true, "dry_run": false}
                    """.formatted(
                            own.at("/data/id").stringValue()));
            var afterwards = authority
                    .call("GET", "/api/v2/current_user")
                    .withToken(token)
                    .send();

            assertThat(ended.status()).isEqualTo(200);
            assertThat(afterwards.status()).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void an_open_invitation_ends_with_the_revocation_of_what_made_it(TestDatabase kind) {
        try (var authority = TestAuthority.on(kind)) {
            var admin = authority.founds("Acme");
            var id = created(admin, "bob@acme.example");
            var link = URI.create(invited(admin, id));

            var revoked = admin.calls(
                    "DELETE", "/api/v2/personal_access_tokens/" + admin.token().id());
            var refused = authority
                    .call("POST", link.getPath())
                    .withForm(link.getQuery())
                    .send();

            assertThat(revoked.status()).isEqualTo(204);
            assertThat(refused.status()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void the_first_token_of_a_user_keeps_to_the_rules(TestDatabase kind) {
        try (var authority = TestAuthority.on(kind)) {
            var admin = authority.founds("Acme");
            set(admin, 0, "{\"longest_life_days\": 7, \"forbidden_scopes\": [\"dashboards_write\"]}");

            var came = redeemed(authority, admin, "bob@acme.example");
            var token = admin.calls(
                    "GET", "/api/v2/personal_access_tokens/" + came.get("id").stringValue());

            assertThat(Instant.parse(came.get("expires_at").stringValue()))
                    .isEqualTo(authority.now().plus(Duration.ofDays(7)));
            assertThat(token.body()).contains("dashboards_read").doesNotContain("dashboards_write");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void where_no_personal_token_may_be_made_a_user_comes_in_without_one(TestDatabase kind) {
        try (var authority = TestAuthority.on(kind)) {
            var admin = authority.founds("Acme");
            set(admin, 0, "{\"creatable\": false}");
            var id = created(admin, "bob@acme.example");
            var link = URI.create(invited(admin, id));

            var came = authority
                    .call("POST", link.getPath())
                    .withForm(link.getQuery())
                    .with("Accept", "text/html")
                    .send();

            assertThat(came.status()).isEqualTo(200);
            assertThat(came.body())
                    .contains("allow you no personal access token")
                    .doesNotContain("ddpat_");
            assertThat(admin.calls("GET", USERS + "/" + id)
                            .json()
                            .at("/data/attributes/status")
                            .stringValue())
                    .isEqualTo("Active");
        }
    }

    private static void set(TestPerson admin, int revision, String rulesOfPersonalTokens) {
        var set = admin.calls(
                "PUT",
                "/sallyport/v1/credential_rules",
                "{\"revision\": " + revision + ", \"rules\": {\"personal_access_token\": " + rulesOfPersonalTokens
                        + "}}");
        assertThat(set.status()).as(set.body()).isEqualTo(200);
    }

    private static JsonNode redeemed(TestAuthority authority, TestPerson admin, String email) {
        var link = URI.create(invited(admin, created(admin, email)));
        return authority
                .call("POST", link.getPath())
                .withForm(link.getQuery())
                .send()
                .json();
    }

    private static String accepted(TestAuthority authority, TestPerson admin, String id) {
        var link = URI.create(invited(admin, id));
        return authority
                .call("POST", link.getPath())
                .withForm(link.getQuery())
                .send()
                .json()
                .get("personal_access_token")
                .stringValue();
    }

    private static String created(TestPerson admin, String email) {
        var roles = admin.calls("GET", "/api/v2/roles?filter=Standard").json();
        var role = Map.of("type", "roles", "id", roles.at("/data/0/id").stringValue());
        var data = Map.of(
                "type", "users",
                "attributes", Map.of("email", email),
                "relationships", Map.of("roles", Map.of("data", List.of(role))));
        var created = admin.calls("POST", USERS, TestPerson.document(data));
        assertThat(created.status()).isEqualTo(201);
        return created.json().at("/data/id").stringValue();
    }

    private static String invited(TestPerson admin, String id) {
        var user = Map.of("user", Map.of("data", Map.of("type", "users", "id", id)));
        var data = List.of(Map.of("type", "user_invitations", "relationships", user));
        var invited = admin.calls("POST", "/api/v2/user_invitations", TestPerson.document(data));
        assertThat(invited.status()).isEqualTo(201);
        return invited.json().at("/data/0/attributes/link").stringValue();
    }

    private static String path(URI link) {
        return link.getPath() + "?" + link.getQuery();
    }
}
