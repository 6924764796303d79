package dev.sallyport.directory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.http.FakeRequest;
import dev.sallyport.identity.Caller;
import dev.sallyport.sql.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class PermissionsListTest {

    private static final FakeRequest REQUEST = FakeRequest.get("/api/v2/permissions");

    @Test
    void a_permission_reads_as_the_contract_has_it() {
        try (var test = TestDirectory.open(TestDatabase.SQLITE)) {
            var permission = test.permissions.require("monitors_read");

            var json = test.json("ListPermissions", admin(test, "Acme"), REQUEST);

            var listed = json.get("data")
                    .valueStream()
                    .filter(node ->
                            node.get("id").asString().equals(permission.id().toString()))
                    .toList();
            assertThat(listed).singleElement().satisfies(node -> {
                assertThat(node.get("type").asString()).isEqualTo("permissions");
                assertThat(node.get("attributes"))
                        .hasToString("{\"name\":\"monitors_read\",\"display_name\":\"" + permission.displayName()
                                + "\",\"description\":\"\",\"created\":\"" + permission.created()
                                + "T00:00:00.000000+00:00\",\"group_name\":\"" + permission.group()
                                + "\",\"display_type\":\"read\",\"restricted\":true,\"name_aliases\":[]}");
            });
        }
    }

    @Test
    void the_names_that_only_narrow_tokens_are_listed_on_demand() {
        try (var test = TestDirectory.open(TestDatabase.SQLITE)) {
            var caller = admin(test, "Acme");

            var plain = names(test.json("ListPermissions", caller, REQUEST));
            var without = names(test.json("ListPermissions", caller, REQUEST.withQuery("include_scopes", "false")));
            var with = names(test.json("ListPermissions", caller, REQUEST.withQuery("include_scopes", "true")));

            assertThat(plain).doesNotContain("user_access_read").isEqualTo(without);
            assertThat(with).containsAll(plain).hasSize(plain.size() + 9).contains("user_access_read");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "TRUE", "1", ""})
    void anything_but_true_and_false_is_refused(String value) {
        try (var test = TestDirectory.open(TestDatabase.SQLITE)) {
            var caller = admin(test, "Acme");

            assertThat(test.status("ListPermissions", caller, REQUEST.withQuery("include_scopes", value)))
                    .isEqualTo(400);
        }
    }

    @Test
    void an_organization_sees_the_namespaces_of_its_own_apis_only() {
        try (var test = TestDirectory.open(TestDatabase.SQLITE)) {
            var acme = admin(test, "Acme");
            var other = admin(test, "Other");
            test.permissions.inNamespace("billing", "invoices_read");
            test.visible.add(acme.organization().id() + "/billing");

            assertThat(names(test.json("ListPermissions", acme, REQUEST))).contains("billing:invoices_read");
            assertThat(names(test.json("ListPermissions", other, REQUEST))).doesNotContain("billing:invoices_read");
            var roles = FakeRequest.get("/api/v2/current_user");
            assertThat(test.json("GetCurrentUser", acme, roles).toString()).contains("billing:invoices_read");
            assertThat(test.json("GetCurrentUser", other, roles).toString()).doesNotContain("billing:invoices_read");
        }
    }

    private static Caller admin(TestDirectory test, String organization) {
        var founded = test.founded(organization, "admin@acme.example");
        return TestDirectory.caller(founded.organization(), founded.admin());
    }

    private static List<String> names(JsonNode json) {
        return json.get("data")
                .valueStream()
                .map(node -> node.at("/attributes/name").asString())
                .toList();
    }
}
