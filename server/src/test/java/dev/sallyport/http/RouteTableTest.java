package dev.sallyport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {

    private static Route route(Method method, String path) {
        return Route.open(method, path, method + " " + path, _ -> Reply.noContent());
    }

    private final RouteTable table = new RouteTable(List.of(
            route(Method.GET, "/"),
            route(Method.GET, "/users"),
            route(Method.POST, "/users"),
            route(Method.GET, "/users/me"),
            route(Method.GET, "/users/{user_id}"),
            route(Method.DELETE, "/users/{id}"),
            route(Method.GET, "/users/{user_id}/roles/{role_id}"),
            route(Method.GET, "/users/me/tokens")));

    private String found(String path) {
        return table.match("GET", path) instanceof RouteTable.Match.Found match
                ? match.route().path() + " " + match.values()
                : "nothing";
    }

    @Test
    void literals_go_before_parameters() {
        assertThat(found("/")).isEqualTo("/ []");
        assertThat(found("/users")).isEqualTo("/users []");
        assertThat(found("/users/me")).isEqualTo("/users/me []");
        assertThat(found("/users/you")).isEqualTo("/users/{user_id} [you]");
    }

    @Test
    void a_literal_that_leads_nowhere_does_not_hide_a_parameter() {
        assertThat(found("/users/me/tokens")).isEqualTo("/users/me/tokens []");
        assertThat(found("/users/me/roles/r1")).isEqualTo("/users/{user_id}/roles/{role_id} [me, r1]");
    }

    @Test
    void parameters_are_decoded() {
        assertThat(found("/users/a%20b%C3%A9")).isEqualTo("/users/{user_id} [a b\u00e9]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "users",
                "//",
                "//users",
                "/users/",
                "/users//",
                "/Users",
                "/users/.",
                "/users/..",
                "/users/%2e",
                "/users/%2E%2e",
                "/users/a%2Fb",
                "/users/a%2fb",
                "/users/a%5Cb",
                "/users/a%00",
                "/users/%7f",
                "/users/%",
                "/users/%zz",
                "/users/%c0%af",
                "/users/\u00e9",
                "/users/a/../b",
                "/%75sers",
                "/users/1/roles",
                "/users/1/roles/"
            })
    void a_path_that_is_not_exactly_one_of_a_route_matches_nothing(String path) {
        assertThat(table.match("GET", path)).isInstanceOf(RouteTable.Match.Nothing.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "HEAD", "OPTIONS", "get", "NONSENSE"})
    void another_method_is_told_what_the_path_takes(String method) {
        assertThat(table.match(method, "/users")).isEqualTo(new RouteTable.Match.OtherMethods("GET, POST"));
    }

    @Test
    void each_route_of_a_path_keeps_its_own_parameter_names() {
        var match = (RouteTable.Match.Found) table.match("DELETE", "/users/7");

        assertThat(match.names()).containsExactly("id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "//", "/a", "/a/../b", "/%2e%2F;x", "/a//", "/me/x"})
    void the_rest_of_a_path_is_handed_on_as_it_was_sent(String rest) {
        var open = new RouteTable(List.of(
                Route.onLoop(Method.ANY, "/ask/{api}/{path...}", "Ask", _ -> {}), route(Method.GET, "/ask/{api}/me")));

        var match = (RouteTable.Match.Found) open.match("PURGE", "/ask/a%20b" + rest);

        assertThat(match.names()).containsExactly("api", "path");
        assertThat(match.values()).containsExactly("a b", rest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ask/a", "/ask//x", "/ask/../x", "/ask/%2e/x", "/ask/a%2Fb/x", "/ask"})
    void before_the_rest_a_path_is_read_as_strictly_as_any(String path) {
        var open = new RouteTable(List.of(Route.onLoop(Method.ANY, "/ask/{api}/{path...}", "Ask", _ -> {})));

        assertThat(open.match("GET", path)).isInstanceOf(RouteTable.Match.Nothing.class);
    }

    @Test
    void a_route_that_is_there_twice_is_refused() {
        assertThatThrownBy(
                        () -> new RouteTable(List.of(route(Method.GET, "/users/{a}"), route(Method.GET, "/users/{b}"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("GET /users/{b} is there twice");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "users",
                "/users/",
                "//",
                "/a b",
                "/{}",
                "/{A}",
                "/x{a}",
                "/..",
                "/{a}/{a}",
                "/%41",
                "/{a...}/b",
                "/{...}"
            })
    void a_template_that_is_not_well_formed_is_refused(String path) {
        assertThatThrownBy(() -> new RouteTable(List.of(route(Method.GET, path))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
