package dev.sallyport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.TestCall.Answer;
import dev.sallyport.sql.TestDatabase;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

/** Every stored credential, over the wire. */
class InventoryOverHttpTest {

    private static final String CREDENTIALS = "/sallyport/v1/credentials";
    private static final String LAPTOPS = "\"filter\":{\"kind\":[\"personal_access_token\"],\"name\":\"LAPTOP\"}";

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void credentials_are_listed_page_by_page(TestDatabase kind) {
        try (var authority = TestAuthority.on(kind)) {
            var admin = authority.founds("Acme");
            authority.passes(Duration.ofSeconds(1));
            var laptop = admin.issues("monitors_read");
            authority.founds("Globex").issues("monitors_read");

            var first = admin.calls("GET", CREDENTIALS + "?limit=1").json();
            var cursor = first.get("next_cursor").stringValue();
            var second = admin.calls("GET", CREDENTIALS + "?limit=1&cursor=" + cursor)
                    .json();

            assertThat(first.at("/credentials/0/id").stringValue())
                    .isEqualTo(admin.token().id());
            assertThat(second.at("/credentials/0/id").stringValue()).isEqualTo(laptop.id());
            assertThat(second.get("next_cursor").isNull()).isTrue();
            assertThat(first.get("total").intValue()).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void one_is_shown_as_it_is_listed_with_its_lineage_beside(TestDatabase kind) {
        try (var authority = TestAuthority.on(kind)) {
            var admin = authority.founds("Acme");
            var laptop = admin.issues("monitors_read");
            var stranger = authority.founds("Globex");

            var listed = admin.calls("GET", CREDENTIALS + "?name=LAPTOP&kind=personal_access_token")
                    .json();
            var shown = (ObjectNode)
                    admin.calls("GET", CREDENTIALS + "/" + laptop.id()).json();
            var ancestors = shown.remove("ancestors");
            var descendants = shown.remove("descendants");

            assertThat(listed.get("credentials").size()).isOne();
            assertThat(shown).isEqualTo(listed.at("/credentials/0"));
            assertThat(shown.at("/owner/id").stringValue())
                    .isEqualTo(admin.principal().id().toString());
            assertThat(ancestors.size()).isOne();
            assertThat(ancestors.at("/0/id").stringValue())
                    .isEqualTo(admin.token().id());
            assertThat(descendants.intValue()).isZero();
            assertThat(stranger.calls("GET", CREDENTIALS + "/" + laptop.id()).status())
                    .isEqualTo(404);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void what_a_rehearsal_found_is_revoked_and_nothing_else(TestDatabase kind) {
        try (var authority = TestAuthority.on(kind)) {
            var admin = authority.founds("Acme");
            var laptop = admin.issues("user_access_read");

            var rehearsed = revoke(admin, "{" + LAPTOPS + "}");
            var stillThere = self(authority, laptop);
            var unexpected = revoke(admin, "{" + LAPTOPS + ",\"dry_run\":false,\"expect\":2}");
            var stillThereThen = self(authority, laptop);
            var revoked = revoke(admin, "{" + LAPTOPS + ",\"dry_run\":false,\"expect\":1,\"reason\":\"lost\"}");

            assertThat(rehearsed.json().get("dry_run").booleanValue()).isTrue();
            assertThat(rehearsed.json().at("/kinds/personal_access_token").intValue())
                    .isOne();
            assertThat(rehearsed.json().at("/sample/0/id").stringValue()).isEqualTo(laptop.id());
            assertThat(stillThere).isEqualTo(200);
            assertThat(unexpected.status()).isEqualTo(409);
            assertThat(unexpected.json().get("code").stringValue()).isEqualTo("not_as_expected");
            assertThat(stillThereThen).isEqualTo(200);
            assertThat(revoked.status()).isEqualTo(200);
            assertThat(revoked.json().get("count").intValue()).isOne();
            assertThat(revoked.json().get("revocations").size()).isOne();
            assertThat(self(authority, laptop)).isEqualTo(401);
            assertThat(self(authority, admin.token())).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void each_permission_reaches_its_own_kinds(TestDatabase kind) {
        try (var authority = TestAuthority.on(kind)) {
            var admin = authority.founds("Acme");
            var nobody = with(admin, admin.issues("monitors_read"));
            var reader = with(admin, admin.issues("org_app_keys_read"));
            var writer = with(admin, admin.issues("org_app_keys_write"));

            var keys = "{\"filter\":{\"kind\":[\"api_key\"]}}";

            assertThat(nobody.calls("GET", CREDENTIALS).status()).isEqualTo(403);
            assertThat(reader.calls("GET", CREDENTIALS).status()).isEqualTo(200);
            assertThat(reader.calls("GET", CREDENTIALS + "?kind=api_key").status())
                    .isEqualTo(403);
            assertThat(revoke(reader, "{" + LAPTOPS + "}").status()).isEqualTo(403);
            assertThat(revoke(writer, "{" + LAPTOPS + "}").status()).isEqualTo(200);
            assertThat(revoke(writer, keys).json().get("code").stringValue()).isEqualTo("kind_out_of_reach");
            assertThat(revoke(admin, keys).status()).isEqualTo(200);
        }
    }

    private static Answer revoke(TestPerson person, String order) {
        return person.calls("POST", CREDENTIALS + "/revoke", order);
    }

    private static TestPerson with(TestPerson person, TestPerson.Shown token) {
        return new TestPerson(person.authority(), person.organization(), person.principal(), token);
    }

    private static int self(TestAuthority authority, TestPerson.Shown token) {
        return authority
                .call("GET", "/api/v2/current_user")
                .withToken(token.text())
                .send()
                .status();
    }
}
