package dev.sallyport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.TestCall.Answer;
import dev.sallyport.permission.ManagedRole;
import dev.sallyport.sql.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Who gets at the permissions that come with an imported API. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OwnApiTest {

    private static final String LIST = "/invoices";

    private final TestAuthority authority = TestAuthority.on(TestDatabase.SQLITE);
    private final TestPerson admin = authority.founds("Acme");
    private final TestPerson stranger = authority.founds("Globex");

    @BeforeAll
    void imports() {
        admin.imports("billing", TestCast.example());
    }

    @AfterAll
    void close() {
        authority.close();
    }

    private Answer asks(String token) {
        return authority.nginx("billing", "GET", LIST).withToken(token).send();
    }

    private static String order(String name, String... scopes) {
        return """
                {"data":{"type":"personal_access_tokens","attributes":{"name":"%s","scopes":["%s"],
                 "expires_at":"%s"}}}""".formatted(name, String.join("\",\"", scopes), "%s");
    }

    private Answer creates(TestPerson person, String... scopes) {
        var expiresAt = authority.now().plus(java.time.Duration.ofDays(2)).toString();
        return person.calls(
                "POST", "/api/v2/personal_access_tokens", order("own", scopes).formatted(expiresAt));
    }

    @Test
    void a_token_that_may_import_carries_the_scopes_of_its_own_apis() {
        assertThat(asks(admin.token().text()).status()).isEqualTo(200);
    }

    @Test
    void it_hands_them_out() {
        var reader = admin.issues("billing:invoices_read");

        assertThat(asks(reader.text()).status()).isEqualTo(200);
        assertThat(authority
                        .nginx("billing", "POST", LIST)
                        .withToken(reader.text())
                        .send()
                        .status())
                .isEqualTo(403);
    }

    @Test
    void a_token_that_may_not_import_does_not() {
        var narrow = admin.issues("user_app_keys", "monitors_read");
        var narrowed = new TestPerson(authority, admin.organization(), admin.principal(), narrow);

        assertThat(asks(narrow.text()).status()).isEqualTo(403);
        assertThat(creates(narrowed, "billing:invoices_read").status()).isEqualTo(403);
    }

    @Test
    void a_colleague_without_the_role_does_not() {
        var colleague = authority.joins(admin, "Bob", ManagedRole.STANDARD);

        assertThat(asks(colleague.token().text()).status()).isEqualTo(403);
    }

    @Test
    void to_another_organization_the_names_do_not_exist() {
        assertThat(creates(stranger, "billing:invoices_read").status()).isEqualTo(400);
        assertThat(asks(stranger.token().text()).status()).isEqualTo(401);
    }

    @Test
    void a_token_that_was_revoked_is_still_named_in_the_trail_of_its_organization() {
        var leaked = admin.issues("monitors_read");
        admin.revokes(leaked);

        assertThat(asks(leaked.text()).status()).isEqualTo(401);

        assertThat(admin.calls("GET", "/api/v2/audit/events?filter%5Bquery%5D=%40reason%3Arevoked")
                        .body())
                .contains(leaked.id());
        assertThat(stranger.calls("GET", "/api/v2/audit/events?filter%5Bquery%5D=%40reason%3Arevoked")
                        .body())
                .doesNotContain(leaked.id());
    }
}
