package dev.sallyport.leak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.http.TestServer;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.secret.ApiKeyText;
import dev.sallyport.secret.CredentialForm;
import dev.sallyport.secret.KeyText;
import dev.sallyport.secret.TokenText;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LeaksTest {

    private static final SecureRandom SECURE = new SecureRandom();
    private static final String GITHUB = "/sallyport/v1/leaks/github";
    private static final String REVOKE = "/sallyport/v1/leaks/revoke";
    private static final String LOOKUP = "/sallyport/v1/leaks/lookup";
    private static final String TOKEN = token();

    private final FakeCredentials credentials = new FakeCredentials().live(TOKEN);
    private final FakeGithub github = new FakeGithub();
    private final TestServer server = serving(LeakResponse.REVOKE);

    private static String token() {
        return TokenText.mint("ddpat", UUID.randomUUID(), SECURE).reveal();
    }

    private TestServer serving(LeakResponse response) {
        var settings = new LeakSettings("dd", response, LeakSettings.GITHUB_KEYS);
        return TestServer.serving(
                new Leaks(settings, credentials, github, System::nanoTime).routes(), TestServer.OPEN_GATE);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static String item(String token) {
        return "{\"token\":\"" + token + "\",\"type\":\"dd_token\",\"url\":\"https://github.example/x\",\"source\":"
                + "\"content\"}";
    }

    private HttpResponse<String> reports(String body) throws IOException, InterruptedException {
        return reports(server, "own", github.signs(body.getBytes(StandardCharsets.UTF_8)), body);
    }

    private static HttpResponse<String> reports(TestServer server, String id, String signature, String body)
            throws IOException, InterruptedException {
        return server.send(
                GITHUB,
                request -> request.header("GITHUB-PUBLIC-KEY-IDENTIFIER", id)
                        .header("GITHUB-PUBLIC-KEY-SIGNATURE", signature)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)));
    }

    private static String verdict(String token, String type, String label) throws Exception {
        var hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        return "{\"token_hash\":\"" + HexFormat.of().formatHex(hash) + "\",\"token_type\":\"" + type + "\",\"label\":\""
                + label + "\"}";
    }

    @Test
    void a_live_token_in_a_report_is_revoked_at_once() throws Exception {
        var answer = reports("[" + item(TOKEN) + "]");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("[" + verdict(TOKEN, "dd_token", "true_positive") + "]");
        assertThat(credentials.noted).isEmpty();
        assertThat(credentials.revoked).singleElement().satisfies(deed -> {
            assertThat(deed.leak().reporter()).isEqualTo(Leak.Reporter.GITHUB);
            assertThat(deed.leak().source()).isEqualTo("content");
            assertThat(deed.leak().url()).isEqualTo("https://github.example/x");
            assertThat(deed.leak().origin().address()).isEqualTo("127.0.0.1");
        });
    }

    @Test
    void a_report_twice_revokes_once_and_says_the_same() throws Exception {
        var first = reports("[" + item(TOKEN) + "," + item(TOKEN) + "]");
        var second = reports("[" + item(TOKEN) + "," + item(TOKEN) + "]");

        assertThat(second.body()).isEqualTo(first.body());
        assertThat(credentials.revoked).hasSize(1);
    }

    @Test
    void where_leaks_are_only_reported_the_token_lives_on() throws Exception {
        try (var reporting = serving(LeakResponse.REPORT)) {
            var body = "[" + item(TOKEN) + "]";

            var answer = reports(reporting, "own", github.signs(body.getBytes(StandardCharsets.UTF_8)), body);

            assertThat(answer.body()).contains("true_positive");
            assertThat(credentials.revoked).isEmpty();
            assertThat(credentials.noted).hasSize(1);
        }
    }

    @Test
    void the_published_vector_is_answered_and_has_no_effect() throws Exception {
        var answer = reports(server, FakeGithub.VECTOR_ID, FakeGithub.VECTOR_SIGNATURE, FakeGithub.VECTOR_BODY);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("[" + verdict("some_token", "some_type", "false_positive") + "]");
        assertThat(credentials.asked).isEmpty();
    }

    static Stream<String[]> reportsOfOthers() {
        var id = FakeGithub.VECTOR_ID;
        var signature = FakeGithub.VECTOR_SIGNATURE;
        var body = FakeGithub.VECTOR_BODY;
        return Stream.of(
                new String[] {id, signature, body + "\n"},
                new String[] {id, signature, body.replace(":", ": ")},
                new String[] {id, signature, "[" + item(TOKEN) + "]"},
                new String[] {id, signature, "not JSON"},
                new String[] {"own", signature, body},
                new String[] {"unknown", signature, body},
                new String[] {"not an identifier!", signature, body},
                new String[] {"x".repeat(200), signature, body},
                new String[] {id, "", body},
                new String[] {id, "%%%", body},
                new String[] {id, "A".repeat(2_000), body});
    }

    @ParameterizedTest
    @MethodSource("reportsOfOthers")
    void what_github_did_not_sign_is_refused_unread(String id, String signature, String body) throws Exception {
        var answer = reports(server, id, signature, body);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("invalid_signature");
        assertThat(credentials.asked).isEmpty();
    }

    @Test
    void a_report_without_a_signature_is_refused_and_fetches_nothing() throws Exception {
        var answer = server.post(GITHUB, "[" + item(TOKEN) + "]");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(github.fetches).hasValue(0);
    }

    @Test
    void github_is_asked_to_try_again_while_its_keys_cannot_be_read() throws Exception {
        github.isDown = true;

        var answer = reports("[" + item(TOKEN) + "]");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("60");
        assertThat(credentials.revoked).isEmpty();
    }

    @Test
    void every_kind_is_ours_only_with_its_secret() throws Exception {
        var key = KeyText.mint("ddapp", SECURE).reveal();
        var apiKey = ApiKeyText.mint(SECURE).reveal();
        var dead = TokenText.mint("ddsat", UUID.randomUUID(), SECURE).reveal();
        var guessed = token();
        var typo = TOKEN.substring(0, 64) + (TOKEN.charAt(64) == '0' ? '1' : '0');
        credentials.live(key).live(apiKey).dead(dead);

        var answer = reports(Stream.of(key, apiKey, dead, guessed, typo)
                .map(LeaksTest::item)
                .collect(Collectors.joining(",", "[", "]")));

        assertThat(answer.body())
                .isEqualTo("[" + verdict(key, "dd_token", "true_positive") + ","
                        + verdict(apiKey, "dd_token", "true_positive") + ","
                        + verdict(dead, "dd_token", "true_positive") + ","
                        + verdict(guessed, "dd_token", "false_positive") + ","
                        + verdict(typo, "dd_token", "false_positive") + "]");
        assertThat(credentials.revoked).hasSize(2);
        assertThat(credentials.asked).containsExactly(key, apiKey, dead, guessed);
    }

    @Test
    void ten_thousand_items_are_taken_and_no_more() throws Exception {
        var filler = IntStream.range(0, 9_999)
                .mapToObj(i -> item("other_token_" + "x".repeat(400) + i))
                .collect(Collectors.joining(","));

        var most = reports("[" + filler + "," + item(TOKEN) + "]");
        var more = reports("[" + filler + "," + item(TOKEN) + "," + item(TOKEN) + "]");

        assertThat(most.statusCode()).isEqualTo(200);
        assertThat(most.body()).endsWith(verdict(TOKEN, "dd_token", "true_positive") + "]");
        assertThat(more.statusCode()).isEqualTo(400);
        assertThat(more.body()).contains("too_many_items");
        assertThat(credentials.revoked).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{}",
                "[null]",
                "[{}]",
                "[7]",
                "[] []",
                "[{\"token\":\"a\"}]",
                "[{\"token\":null,\"type\":\"a\"}]",
                "[{\"token\":\"a\",\"type\":\"\\ud800\"}]",
                "[{\"token\":\"a\",\"token\":\"b\",\"type\":\"c\"}]",
                "[[[[[[[[[[[[]]]]]]]]]]]]"
            })
    void what_is_no_report_is_refused_even_when_signed(String body) throws Exception {
        var answer = reports(body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("invalid_report");
    }

    @Test
    void members_that_the_protocol_gained_are_passed_over_and_texts_are_made_fit_for_the_trail() throws Exception {
        var url = "https://github.example/" + TOKEN + "\\u202e\\n" + "y".repeat(900);

        var answer = reports("[{\"token\":\"" + TOKEN + "\",\"type\":\"t\",\"url\":\"" + url
                + "\",\"source\":\"a\\u0000b\",\"new\":{\"x\":[1]}}]");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(credentials.revoked).singleElement().satisfies(deed -> {
            assertThat(deed.leak().source()).isEqualTo("ab");
            assertThat(deed.leak().url())
                    .startsWith("https://github.example/" + TOKEN.substring(0, 29) + "…yyy")
                    .hasSize(500);
            assertThat(deed.leak().facts()).containsOnlyKeys("reporter", "source", "url");
            assertThat(deed.leak().toString()).doesNotContain(TOKEN.substring(29));
        });
    }

    @Test
    void no_credential_of_an_address_gets_into_the_trail() throws Exception {
        var other = token();
        var hidden = TOKEN.substring(0, 40) + "\\u200b" + TOKEN.substring(40);
        var atTheEnd = "z".repeat(440) + TOKEN;

        for (var url : List.of("https://x.example/" + other + "/" + hidden, atTheEnd)) {
            credentials.live(TOKEN);
            reports("[{\"token\":\"" + TOKEN + "\",\"type\":\"t\",\"url\":\"" + url + "\"}]");
        }

        assertThat(credentials.revoked)
                .hasSize(2)
                .allSatisfy(deed -> assertThat(deed.leak().url())
                        .contains(TOKEN.substring(0, 29) + "…")
                        .doesNotContain(TOKEN.substring(29, 40))
                        .doesNotContain(other.substring(29)));
    }

    @Test
    void whoever_holds_a_credential_may_end_it() throws Exception {
        var answer = server.post(REVOKE, "{\"credential\":\" " + TOKEN + "\\n\"}");

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(credentials.revoked)
                .singleElement()
                .satisfies(deed -> assertThat(deed.leak().facts()).containsExactly(Map.entry("reporter", "holder")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "ghp_foreign", "ddpat_0000000000000000000000_"})
    void all_others_get_the_same_answer_and_the_same_look_up(String text) throws Exception {
        var answer = server.post(REVOKE, "{\"credential\":\"" + text + "\"}");

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(credentials.asked).containsExactly(text);
        assertThat(credentials.revoked).isEmpty();
    }

    @Test
    void a_dead_credential_is_not_ended_again() throws Exception {
        server.post(REVOKE, "{\"credential\":\"" + TOKEN + "\"}");

        var again = server.post(REVOKE, "{\"credential\":\"" + TOKEN + "\"}");

        assertThat(again.statusCode()).isEqualTo(204);
        assertThat(credentials.revoked).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"credential\":null}", "{\"credential\":7}", "[]", "{\"credential\":\"a\",\"b\":1}"})
    void a_revocation_names_a_credential(String body) throws Exception {
        assertThat(server.post(REVOKE, body).statusCode()).isEqualTo(400);
    }

    @Test
    void look_up_says_in_order_which_live() throws Exception {
        var dead = token();
        credentials.dead(dead);

        var answer = server.post(LOOKUP, "{\"credentials\":[\"x\",\"" + TOKEN + "\",\"" + dead + "\"]}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("[{\"lives\":false},{\"lives\":true},{\"lives\":false}]");
        assertThat(credentials.revoked).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("lookUpsThatAreNone")
    void look_up_takes_one_to_a_hundred(String body) throws Exception {
        assertThat(server.post(LOOKUP, body).statusCode()).isEqualTo(400);
        assertThat(credentials.asked).isEmpty();
    }

    static Stream<String> lookUpsThatAreNone() {
        return Stream.of(
                "{}",
                "{\"credentials\":[]}",
                "{\"credentials\":null}",
                "{\"credentials\":[null]}",
                "{\"credentials\":\"x\"}",
                "{\"credentials\":[" + "\"x\",".repeat(100) + "\"x\"]}");
    }

    @Test
    void the_patterns_are_open_to_all() throws Exception {
        var answer = server.get("/sallyport/v1/leaks/patterns");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains(CredentialForm.CHECKSUM);
        for (var form : CredentialForm.values()) {
            assertThat(answer.body())
                    .contains("{\"kind\":\"" + form.code() + "\",\"prefix\":\"" + form.prefix("dd") + "\",\"regex\":\""
                            + form.regex("dd") + "\",\"has_checksum\":" + form.hasChecksum() + ",\"example\":\""
                            + form.example("dd") + "\"}");
        }
    }

    @ParameterizedTest
    @EnumSource
    void every_form_is_that_of_a_kind_of_credential(CredentialForm form) {
        assertThat(CredentialKind.parse(form.code())).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void the_page_says_what_the_code_does(CredentialForm form) throws IOException {
        var page = Files.readString(Path.of("../docs/leaks.md"));

        assertThat(page)
                .contains("| `" + form.code() + "` | `" + form.regex("dd") + "` | `" + form.example("dd") + "` |")
                .contains(CredentialForm.CHECKSUM);
    }
}
