package dev.sallyport.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.credential.StoredCredential;
import dev.sallyport.http.BadInput;
import dev.sallyport.http.Method;
import dev.sallyport.http.Problem;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Response;
import dev.sallyport.http.Route;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.Origin;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.secret.Secret;
import dev.sallyport.token.Redemption;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SetupTest {

    private static final String CODE = "ddsetup_good";
    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    private static final CredentialId ID = new CredentialId(UUID.fromString("da1bd5f8-847b-4aec-a33d-11b04ebde244"));

    private final List<String> redeemed = new ArrayList<>();
    private final List<Origin> origins = new ArrayList<>();
    private final Console console = new Console(this::redeem, (_, _) -> new Redemption.Refused());

    @Test
    void opening_the_link_uses_nothing_up() {
        var reply = (Reply) answer(Method.GET, TestRequest.get("code", CODE));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(html(reply)).contains("method=\"post\"", "action=\"/setup\"", "value=\"" + CODE + "\"");
        assertThat(redeemed).isEmpty();
    }

    @Test
    void a_code_is_escaped_in_the_page() {
        var reply = (Reply) answer(Method.GET, TestRequest.get("code", "\"><script>alert(1)</script>"));

        assertThat(html(reply)).doesNotContain("<script").contains("&#34;>&lt;script>alert(1)&lt;/script>");
    }

    @Test
    void a_link_without_its_code_is_explained() {
        var reply = (Reply) answer(Method.GET, TestRequest.get("other", "x"));

        assertThat(reply.status()).isEqualTo(404);
        assertThat(html(reply)).contains("incomplete", "sallyport serve");
    }

    @Test
    void a_browser_gets_a_page_with_the_token() {
        var reply = (Reply) answer(Method.POST, TestRequest.post(BROWSER, "code", CODE));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(html(reply)).contains("ddpat_first", ID.toString(), "2026-03-31T12:00:00.000000Z");
        assertThat(redeemed).containsExactly(CODE);
        assertThat(origins).containsExactly(new Origin(TestRequest.ADDRESS, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/json", "", "text/plain", "application/text/html"})
    void whatever_is_no_browser_gets_json(String accept) {
        var reply = (Reply) answer(Method.POST, TestRequest.post(accept, "code", CODE));

        assertThat(reply.body())
                .isEqualTo(new Reply.Body.Json(
                        new RedeemLinkHandler.RedeemedJson("ddpat_first", ID.toString(), "2026-03-31T12:00:00.000000Z"),
                        null));
        assertThat(header(reply, "Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void a_used_link_is_refused_in_the_form_that_was_asked_for() {
        var page = (Reply) answer(Method.POST, TestRequest.post(BROWSER, "code", "used"));
        var problem = (Problem) answer(Method.POST, TestRequest.post("*/*", "code", "used"));

        assertThat(page.status()).isEqualTo(404);
        assertThat(html(page)).contains("sallyport serve");
        assertThat(problem.status()).isEqualTo(404);
        assertThat(problem.code()).isEqualTo("setup_link_refused");
        assertThat(problem.detail()).contains("sallyport serve");
    }

    @Test
    void a_form_without_a_code_is_bad_input() {
        assertThatThrownBy(() -> answer(Method.POST, TestRequest.post("*/*", "other", "x")))
                .isInstanceOf(BadInput.class);
        assertThat(redeemed).isEmpty();
    }

    @Test
    void the_policy_allows_the_style_of_the_page_and_nothing_else() throws Exception {
        for (var reply : pages()) {
            var style = Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL).matcher(html(reply));
            assertThat(style.find()).isTrue();
            var hash = Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256")
                            .digest(style.group(1).getBytes(StandardCharsets.UTF_8)));

            assertThat(header(reply, "Content-Security-Policy"))
                    .isEqualTo("default-src 'none'; style-src 'sha256-" + hash
                            + "'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
        }
    }

    @Test
    void no_page_is_kept_or_tells_where_its_reader_came_from() {
        for (var reply : pages()) {
            assertThat(header(reply, "Cache-Control")).isEqualTo("no-store");
            assertThat(header(reply, "Referrer-Policy")).isEqualTo("no-referrer");
        }
    }

    @Test
    void no_page_loads_anything_or_has_a_style_that_the_policy_would_block() {
        for (var reply : pages()) {
            assertThat(html(reply)).doesNotContain("<script", " src=", "http:", "https:", " style=", " onclick");
        }
    }

    @Test
    void what_holds_the_token_does_not_print_it() {
        assertThat(new RedeemLinkHandler.RedeemedJson("ddpat_first", "id", "then").toString())
                .doesNotContain("ddpat_first");
    }

    private List<Reply> pages() {
        return List.of(
                (Reply) answer(Method.GET, TestRequest.get("code", CODE)),
                (Reply) answer(Method.GET, TestRequest.get("other", "x")),
                (Reply) answer(Method.POST, TestRequest.post(BROWSER, "code", CODE)),
                (Reply) answer(Method.POST, TestRequest.post(BROWSER, "code", "used")));
    }

    private Redemption redeem(String code, Origin origin) {
        redeemed.add(code);
        origins.add(origin);
        if (!code.equals(CODE)) {
            return new Redemption.Refused();
        }
        var now = Instant.parse("2026-03-01T12:00:00Z");
        var token = new StoredCredential(
                ID,
                new OrganizationId(new UUID(0, 1)),
                new PrincipalId(new UUID(0, 2)),
                CredentialKind.PERSONAL_ACCESS_TOKEN,
                "first",
                Optional.of(List.of("monitors_read")),
                List.of(),
                null,
                null,
                null,
                now,
                null,
                null,
                Instant.parse("2026-03-31T12:00:00Z"),
                null,
                new StoredCredential.State.Active());
        return new Redemption.Redeemed(token, new Secret("ddpat_first"));
    }

    private Response answer(Method method, TestRequest request) {
        var route = console.routes().stream()
                .filter(candidate ->
                        candidate.method() == method && candidate.path().equals("/setup"))
                .findFirst()
                .orElseThrow();
        return ((Route.Target.Open) route.target()).handler().handle(request);
    }

    private static String html(Reply reply) {
        var body = (Reply.Body.Text) reply.body();
        assertThat(body.mediaType()).isEqualTo("text/html; charset=utf-8");
        return body.text();
    }

    private static String header(Reply reply, String name) {
        return reply.headers().stream()
                .filter(header -> header.name().equals(name))
                .map(Reply.Header::value)
                .reduce((_, _) -> "sent twice")
                .orElse("");
    }
}
