package dev.sallyport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.TestCall.Answer;
import dev.sallyport.permission.ManagedRole;
import dev.sallyport.sql.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NginxDoorTest {

    private static final List<String> IDENTITY_HEADERS = List.of(
            "sallyport-decision",
            "sallyport-reason",
            "sallyport-organization",
            "sallyport-principal",
            "sallyport-principal-kind",
            "sallyport-email",
            "sallyport-credential",
            "sallyport-credential-kind",
            "sallyport-scopes",
            "sallyport-actor",
            "sallyport-identity");

    /** What stands before the 32 bytes of an Ed25519 key (RFC 8410 §4). */
    private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private final TestAuthority authority = TestAuthority.on(TestDatabase.SQLITE);
    private final TestPerson admin = admin();
    private final TestPerson.Shown reader = admin.issues("billing:invoices_read");

    private TestPerson admin() {
        var founder = authority.founds("Acme");
        founder.imports("billing", TestCast.example());
        return founder.renewed();
    }

    @AfterAll
    void close() {
        authority.close();
    }

    private Answer asks(String method, String uri, TestPerson.Shown token) {
        return authority.nginx("billing", method, uri).withToken(token.text()).send();
    }

    private Answer reads() {
        return asks("GET", "/invoices/7?page=2", reader);
    }

    @Test
    void method_and_uri_must_be_there_once_each() {
        var door = authority.atDoors("GET", "/gateway/nginx/billing").withToken(reader.text());
        var whole = door.with("X-Original-Method", "GET").with("X-Original-URI", "/invoices");

        var refused = List.of(
                door,
                door.with("X-Original-Method", "GET"),
                door.with("X-Original-URI", "/invoices"),
                whole.with("X-Original-URI", "/invoices"),
                whole.with("X-Original-Method", "GET"));

        assertThat(whole.send().status()).isEqualTo(200);
        assertThat(refused).map(TestCall::send).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.header("sallyport-reason")).isEqualTo("unreadable_request");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-HTTP-Method-Override: GET",
                "X-Method-Override: GET",
                "X-Forwarded-Method: GET",
                "X-Original-URL: /invoices",
                "X-Rewrite-URL: /invoices",
                "X-Forwarded-Uri: /invoices",
                "X-Forwarded-Prefix: /",
                "X-Forwarded-Host: other.example.com",
                "X_Original_URI: /invoices",
                "X_Original_Method: GET",
                "Forwarded: for=192.0.2.9;host=other.example.com"
            })
    void no_other_header_says_what_the_request_was(String forged) {
        var header = forged.split(": ", 2);

        var answer = authority
                .nginx("billing", "POST", "/invoices")
                .withToken(reader.text())
                .with(header[0], header[1])
                .send();

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("sallyport-reason")).isEqualTo("scope_missing");
    }

    @Test
    void a_forged_identity_header_is_overwritten_or_emptied() {
        var forging = authority.nginx("billing", "GET", "/health");
        for (var name : IDENTITY_HEADERS) {
            forging = forging.with(name, "forged");
        }

        var answer = forging.send();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(IDENTITY_HEADERS)
                .allSatisfy(name -> assertThat(answer.header(name)).isNotEqualTo("forged"));
        assertThat(answer.header("sallyport-principal")).isEmpty();
        assertThat(answer.header("sallyport-identity")).isEmpty();
    }

    @Test
    void every_answer_has_every_identity_header_once() {
        var stranger = authority.nginx("billing", "GET", "/invoices");

        var answers = List.of(
                reads(),
                asks("POST", "/invoices", reader),
                stranger.send(),
                stranger.withToken("ddpat_junk").send(),
                asks("GET", "/health", reader));

        assertThat(answers).map(Answer::status).containsExactly(200, 403, 401, 401, 200);
        assertThat(answers)
                .allSatisfy(answer -> assertThat(IDENTITY_HEADERS)
                        .allSatisfy(name ->
                                assertThat(answer.headers().get(name)).as(name).hasSize(1)));
    }

    @Test
    void an_allowed_call_says_who_it_is() {
        var answer = reads();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("sallyport-reason")).isEqualTo("allowed");
        assertThat(answer.header("sallyport-organization"))
                .isEqualTo(admin.organization().id().toString());
        assertThat(answer.header("sallyport-principal"))
                .isEqualTo(admin.principal().id().toString());
        assertThat(answer.header("sallyport-principal-kind")).isEqualTo("user");
        assertThat(answer.header("sallyport-email")).isEqualTo(admin.principal().email());
        assertThat(answer.header("sallyport-credential")).isEqualTo(reader.id());
        assertThat(answer.header("sallyport-credential-kind")).isEqualTo("personal_access_token");
        assertThat(answer.header("sallyport-scopes")).isEqualTo("billing:invoices_read");
        assertThat(answer.headers()).doesNotContainKey("www-authenticate");
    }

    @Test
    void refusals_say_how_to_do_better_only_to_whoever_is_somebody() {
        var stranger = authority.nginx("billing", "POST", "/invoices");

        assertThat(stranger.send().header("www-authenticate")).isEqualTo("Bearer realm=\"sallyport\"");
        assertThat(stranger.withToken("ddpat_junk").send().header("www-authenticate"))
                .isEqualTo("Bearer realm=\"sallyport\", error=\"invalid_token\"");
        assertThat(asks("POST", "/invoices", reader).header("sallyport-reason")).isEqualTo("scope_missing");
    }

    @Test
    void the_assertion_verifies_against_the_published_keys() throws GeneralSecurityException {
        var jwt = reads().header("sallyport-identity");
        var parts = jwt.split("\\.");
        var header = decoded(parts[0]);

        assertThat(header.get("alg").stringValue()).isEqualTo("EdDSA");
        assertThat(header.get("typ").stringValue()).isEqualTo("sallyport-identity+jwt");
        assertThat(isSigned(parts, header.get("kid").stringValue())).isTrue();
        parts[1] = parts[1].substring(0, 9) + (parts[1].charAt(9) == 'A' ? 'B' : 'A') + parts[1].substring(10);
        assertThat(isSigned(parts, header.get("kid").stringValue())).isFalse();
    }

    private boolean isSigned(String[] parts, String keyId) throws GeneralSecurityException {
        var keys = authority.call("GET", "/.well-known/jwks.json").send().json().get("keys");
        var key = keys.valueStream()
                .filter(one -> one.get("kid").stringValue().equals(keyId))
                .findFirst()
                .orElseThrow();
        var x = Base64.getUrlDecoder().decode(key.get("x").stringValue());
        var encoded = new byte[ED25519_PREFIX.length + x.length];
        System.arraycopy(ED25519_PREFIX, 0, encoded, 0, ED25519_PREFIX.length);
        System.arraycopy(x, 0, encoded, ED25519_PREFIX.length, x.length);
        var verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
        verifier.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        return verifier.verify(Base64.getUrlDecoder().decode(parts[2]));
    }

    /** It carries the address of whoever looks after it, which may be an administrator's. */
    @Test
    void a_service_account_is_not_the_person_whose_address_it_carries() {
        var account = authority.serves(admin, ManagedRole.STANDARD);
        var token = admin.issuesTo(account, "dashboards_read");

        var answer = authority
                .nginx("datadog", "GET", "/api/v1/dashboard")
                .withToken(token.text())
                .send();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("sallyport-principal")).isEqualTo(account.toString());
        assertThat(answer.header("sallyport-email")).isEmpty();
        assertThat(claims(answer).has("email")).isFalse();
    }

    @Test
    void the_claims_are_those_of_the_call() {
        var claims = claims(reads());

        assertThat(claims.propertyNames())
                .containsExactlyInAnyOrder("iss", "sub", "aud", "org", "email", "cred", "scope", "iat", "exp");
        assertThat(claims.get("iss").stringValue()).isEqualTo(authority.server.publicUrl());
        assertThat(claims.get("sub").stringValue())
                .isEqualTo(admin.principal().id().toString());
        assertThat(claims.get("aud").stringValue()).isEqualTo("billing");
        assertThat(claims.get("org").stringValue())
                .isEqualTo(admin.organization().id().toString());
        assertThat(claims.at("/cred/id").stringValue()).isEqualTo(reader.id());
        assertThat(claims.at("/cred/kind").stringValue()).isEqualTo("personal_access_token");
        assertThat(claims.get("scope").stringValue()).isEqualTo("billing:invoices_read");
        var left = claims.get("exp").longValue() - authority.now().getEpochSecond();
        assertThat(left).isBetween(31L, 60L);
        assertThat(claims.get("exp").longValue() - claims.get("iat").longValue())
                .isEqualTo(60);
    }

    @Test
    void an_assertion_is_signed_once_for_each_window_of_thirty_seconds() {
        authority.passes(Duration.ofSeconds(30 - authority.now().getEpochSecond() % 30));
        var first = reads().header("sallyport-identity");
        authority.passes(Duration.ofSeconds(29));
        var second = reads().header("sallyport-identity");
        authority.passes(Duration.ofSeconds(1));
        var third = reads().header("sallyport-identity");

        assertThat(second).isEqualTo(first);
        assertThat(third).isNotEqualTo(first);
    }

    @Test
    void an_assertion_is_signed_anew_when_the_scopes_change() {
        var token = admin.issues("billing:invoices_read", "billing:invoices_write");
        var before = asks("GET", "/invoices", token);
        admin.rescopes(token, "billing:invoices_read");
        var after = asks("GET", "/invoices", token);

        assertThat(claims(before).get("scope").stringValue()).isEqualTo("billing:invoices_read billing:invoices_write");
        assertThat(claims(after).get("scope").stringValue()).isEqualTo("billing:invoices_read");
        assertThat(after.header("sallyport-scopes")).isEqualTo("billing:invoices_read");
    }

    @Test
    void a_token_of_every_scope_keeps_the_headers_under_four_kilobytes() {
        var answer = asks("GET", "/invoices", admin.token());
        var size = answer.headers().entrySet().stream()
                .mapToInt(entry ->
                        entry.getKey().length() + entry.getValue().getFirst().length() + ": \r\n".length())
                .sum();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("sallyport-scopes")).isEmpty();
        assertThat(claims(answer).has("scope")).isFalse();
        assertThat(size).isLessThan(4_096);
    }

    @Test
    void the_clients_address_is_the_last_that_the_gateway_appended() {
        var token = admin.issues("billing:invoices_read");

        authority
                .nginx("billing", "GET", "/invoices/hop")
                .withToken(token.text())
                .with("X-Forwarded-For", "203.0.113.66, 198.51.100.7")
                .with("X-Real-IP", "203.0.113.77")
                .send();

        var search = "{\"filter\":{\"query\":\"@credential.id:" + token.id() + "\"}}";
        var found = admin.calls("POST", "/api/v2/audit/events/search", search);
        assertThat(found.status()).as(found.body()).isEqualTo(200);
        var events = found.json().get("data");
        assertThat(events.size()).isEqualTo(1);
        assertThat(events.at("/0/attributes/attributes/network/client/ip").stringValue())
                .isEqualTo("198.51.100.7");
    }

    private static JsonNode claims(Answer answer) {
        return decoded(answer.header("sallyport-identity").split("\\.")[1]);
    }

    private static JsonNode decoded(String part) {
        return JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(part));
    }

    @Test
    void headers_as_large_as_a_gateway_takes_them_are_taken() {
        var call = authority.nginx("billing", "GET", "/invoices").withToken(reader.text());

        assertThat(call.with("Cookie", "c=" + "x".repeat(40_000)).send().status())
                .isEqualTo(200);
    }
}
