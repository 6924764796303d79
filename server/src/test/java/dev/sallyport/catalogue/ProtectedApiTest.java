package dev.sallyport.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.http.Method;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Route;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.permission.Accepts;
import dev.sallyport.permission.Requirement;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProtectedApiTest {

    @Test
    void routes_that_ask_who_calls_become_operations() {
        var asking = new Requirement.Undeclared(true);
        var routes = List.of(
                Route.open(Method.GET, "/healthz", "Health", _ -> Reply.noContent()),
                Route.of(Method.GET, "/api/v2/things/{id}", "GetThing", asking, (_, _) -> Reply.noContent()));

        var api = ProtectedApi.ofRoutes("sallyport", "Sallyport", routes);

        assertThat(api.operations().operations())
                .containsExactly(
                        new Operation("GetThing", "GET", "/api/v2/things/{id}", asking, Accepts.TOKENS_AND_KEYS));
        assertThat(api.admits(OrganizationId.random())).isTrue();
    }

    @Test
    void a_route_says_which_credentials_its_operation_takes() {
        var routes = List.of(
                Route.forKeys(Method.POST, "/keys", "CreateKey", Requirement.SIGNED_IN, (_, _) -> Reply.noContent()),
                Route.of(Method.GET, "/validate", "Validate", Requirement.API_KEY, (_, _) -> Reply.noContent()));

        var api = ProtectedApi.ofRoutes("sallyport", "Sallyport", routes);

        assertThat(api.operations().operations())
                .extracting(Operation::accepts)
                .containsExactly(Accepts.KEYS_ONLY, Accepts.API_KEY_ONLY);
    }

    @Test
    void an_api_of_one_organization_admits_no_other() {
        var organization = OrganizationId.random();
        var api = new ProtectedApi(
                "a",
                "A",
                List.of(),
                new ProtectedApi.Admits.Only(organization),
                OperationTable.of(List.of()),
                List.of());

        assertThat(api.admits(organization)).isTrue();
        assertThat(api.admits(OrganizationId.random())).isFalse();
    }

    @Test
    void an_id_that_could_not_stand_in_a_path_is_a_defect() {
        assertThatThrownBy(() -> ProtectedApi.ofRoutes("a/b", "A", List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
