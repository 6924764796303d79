package dev.sallyport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.TestCall.Answer;
import dev.sallyport.permission.ManagedRole;
import dev.sallyport.sql.TestDatabase;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** RFC 7662: what a resource server is told of a credential, and what it is not. */
class IntrospectionTest {

    private static final String PATH = "/oauth2/v1/introspect";

    private static Answer introspects(TestPerson person, String token) {
        return person.authority()
                .call("POST", PATH)
                .withToken(person.token().text())
                .withForm("token=" + URLEncoder.encode(token, StandardCharsets.UTF_8))
                .send();
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void every_kind_that_is_live_is_described(TestDatabase kind) {
        try (var authority = TestAuthority.on(kind)) {
            var admin = authority.founds("Acme");
            var keys = TestKeys.first(admin);
            var account = authority.serves(admin, ManagedRole.STANDARD);
            var personal = admin.issues("monitors_read", "user_access_read");
            var service = admin.issuesTo(account, "monitors_read");

            var described = introspects(admin, personal.text()).json();
            var ofAccount = introspects(admin, service.text()).json();
            var key = introspects(admin, keys.applicationKey().text()).json();
            var apiKey = introspects(admin, keys.apiKey().text()).json();

            assertThat(described.get("active").booleanValue()).isTrue();
            assertThat(described.get("scope").stringValue()).isEqualTo("monitors_read user_access_read");
            assertThat(described.get("username").stringValue())
                    .isEqualTo(admin.principal().email());
            assertThat(described.get("sub").stringValue())
                    .isEqualTo(admin.principal().id().toString());
            assertThat(described.get("org").stringValue())
                    .isEqualTo(admin.organization().id().toString());
            assertThat(described.get("iss").stringValue()).isEqualTo(authority.server.publicUrl());
            assertThat(described.get("token_type").stringValue()).isEqualTo("Bearer");
            assertThat(described.get("public_id").stringValue()).isEqualTo(personal.id());
            assertThat(described.get("exp").longValue()).isGreaterThan(0);
            assertThat(ofAccount.get("credential_type").stringValue()).isEqualTo("service_access_token");
            assertThat(ofAccount.get("sub").stringValue()).isEqualTo(account.toString());
            assertThat(ofAccount.has("username")).isFalse();
            assertThat(key.get("credential_type").stringValue()).isEqualTo("application_key");
            assertThat(key.has("exp")).isFalse();
            assertThat(key.has("token_type")).isFalse();
            assertThat(apiKey.get("credential_type").stringValue()).isEqualTo("api_key");
            assertThat(apiKey.get("scope").stringValue()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void what_is_not_live_and_what_is_foreign_look_the_same(TestDatabase kind) {
        try (var authority = TestAuthority.on(kind)) {
            var cast = TestCast.on(authority);
            authority.passes(TestCast.UNTIL_EXPIRED);
            var foreign = TestKeys.first(cast.stranger());

            var answers = List.of(
                            cast.token("junk"),
                            cast.token("unknown id"),
                            cast.token("wrong secret"),
                            cast.token("revoked"),
                            cast.token("expired"),
                            cast.token("owner disabled"),
                            cast.token("other organization"),
                            foreign.apiKey().text(),
                            foreign.applicationKey().text(),
                            "0".repeat(40),
                            "ü \uD83D\uDD11")
                    .stream()
                    .map(token -> introspects(cast.admin(), token))
                    .toList();

            assertThat(answers).allSatisfy(answer -> {
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.body()).isEqualTo("{\"active\":false}");
            });
            assertThat(introspects(cast.admin(), cast.token("right"))
                            .json()
                            .get("active")
                            .booleanValue())
                    .isTrue();
        }
    }

    @Test
    void a_revocation_is_seen_by_the_next_introspection() {
        try (var authority = TestAuthority.on(TestDatabase.SQLITE)) {
            var admin = authority.founds("Acme");
            var token = admin.issues("monitors_read");
            var before = introspects(admin, token.text());

            admin.revokes(token);

            assertThat(before.json().get("active").booleanValue()).isTrue();
            assertThat(introspects(admin, token.text()).body()).isEqualTo("{\"active\":false}");
        }
    }

    @Test
    void only_whoever_may_read_credentials_may_introspect() {
        try (var authority = TestAuthority.on(TestDatabase.SQLITE)) {
            var admin = authority.founds("Acme");
            var narrow = admin.issues("monitors_read");
            var form = "token=" + narrow.text();

            var nobody = authority.call("POST", PATH).withForm(form).send();
            var without = authority
                    .call("POST", PATH)
                    .withToken(narrow.text())
                    .withForm(form)
                    .send();

            assertThat(nobody.status()).isEqualTo(401);
            assertThat(nobody.header("www-authenticate")).startsWith("Bearer");
            assertThat(without.status()).isEqualTo(403);
            assertThat(without.json().get("error").stringValue()).isEqualTo("insufficient_scope");
        }
    }

    @Test
    void a_request_that_is_not_of_the_protocol_is_refused_in_its_words() {
        try (var authority = TestAuthority.on(TestDatabase.SQLITE)) {
            var admin = authority.founds("Acme");
            var call = authority.call("POST", PATH).withToken(admin.token().text());

            var refused = List.of(
                    call.withForm("token=a&token=b").send(),
                    call.withForm("token_type_hint=access_token").send(),
                    call.withForm("token=").send(),
                    call.withForm("token=" + "a".repeat(4_097)).send(),
                    call.withForm("token=%ff").send(),
                    call.withForm("token=a&token_type_hint=x&token_type_hint=y").send());
            var json = call.withJson("{\"token\":\"a\"}").send();
            var get = authority
                    .call("GET", PATH + "?token=a")
                    .withToken(admin.token().text())
                    .send();

            assertThat(refused).allSatisfy(answer -> {
                assertThat(answer.status()).isEqualTo(400);
                assertThat(answer.json().get("error").stringValue()).isEqualTo("invalid_request");
                assertThat(answer.json().get("error_description").stringValue()).isNotEmpty();
            });
            assertThat(json.status()).isEqualTo(415);
            assertThat(json.json().get("error").stringValue()).isEqualTo("invalid_request");
            assertThat(get.status()).isEqualTo(405);
        }
    }

    @Test
    void the_trail_names_who_asked_and_nothing_of_what_was_asked_about() {
        try (var authority = TestAuthority.on(TestDatabase.SQLITE)) {
            var admin = authority.founds("Acme");
            var token = admin.issues("monitors_read");

            introspects(admin, token.text());
            var trail = admin.calls("GET", "/api/v2/audit/events?filter[query]=IntrospectCredential");

            assertThat(trail.status()).isEqualTo(200);
            assertThat(trail.body()).contains("IntrospectCredential").doesNotContain(token.text());
        }
    }
}
