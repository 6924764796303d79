package dev.sallyport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.SampleCalls.Sample;
import dev.sallyport.TestCall.Carrier;
import dev.sallyport.http.Route;
import dev.sallyport.sql.TestDatabase;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Who gets what status where: every route of both listeners, as everybody. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryRouteTest {

    private final TestAuthority authority = TestAuthority.on(TestDatabase.SQLITE);
    private final TestCast cast = TestCast.on(authority);
    private final SampleCalls samples = new SampleCalls(cast);
    private final MatrixKinds kinds = MatrixKinds.on(cast);

    @AfterAll
    void close() {
        authority.close();
    }

    @BeforeAll
    void time_has_passed() {
        authority.passes(TestCast.UNTIL_EXPIRED);
    }

    @Test
    void every_route_has_a_row() {
        assertThat(samples.operations()).isEqualTo(operations(routes()));
    }

    @Test
    void everybody_gets_the_status_that_was_reviewed() {
        Golden.assertMatches("authorization-matrix.txt", byTokens(cast.everybody()));
    }

    @Test
    void service_accounts_get_the_status_that_was_reviewed() {
        Golden.assertMatches("authorization-matrix-service.txt", byTokens(kinds.serviceTokens()));
    }

    @Test
    void keys_get_the_status_that_was_reviewed() {
        var matrix = new ArrayList<List<String>>();
        matrix.add(header(kinds.keys().keySet()));
        for (var sample : samples.all()) {
            matrix.add(row(sample, "headers", kinds.keys().values().stream().map(MatrixKinds.Keys::inHeaders)));
            if (sample.title().contains("/api/v1/")) {
                matrix.add(row(sample, "query", kinds.keys().values().stream().map(MatrixKinds.Keys::inQuery)));
            }
        }

        Golden.assertMatches("authorization-matrix-keys.txt", Columns.of(matrix));
    }

    private String byTokens(Map<String, String> tokens) {
        var matrix = new ArrayList<List<String>>();
        matrix.add(header(tokens.keySet()));
        for (var sample : samples.all()) {
            for (var carrier : Carrier.values()) {
                matrix.add(row(
                        sample,
                        carrier.header(),
                        tokens.values().stream().map(token -> call -> call.with(carrier, token))));
            }
        }
        return Columns.of(matrix);
    }

    private static List<String> header(Set<String> who) {
        return Stream.concat(Stream.of("route", "carrier", "nobody"), who.stream())
                .toList();
    }

    private static List<String> row(Sample sample, String carrier, Stream<UnaryOperator<TestCall>> everybody) {
        var statuses = Stream.concat(Stream.of(UnaryOperator.<TestCall>identity()), everybody)
                .map(who -> who.apply(sample.call().get()).send().status())
                .map(String::valueOf);
        return Stream.concat(Stream.of(sample.title(), carrier), statuses).toList();
    }

    @Test
    void the_table_of_routes_reads_as_it_was_reviewed() {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("listener", "method", "path", "asks for", "operation"));
        authority.server.publicRoutes().forEach(route -> rows.add(row("public", route)));
        authority.server.doorRoutes().forEach(route -> rows.add(row("doors", route)));

        Golden.assertMatches("routes.txt", Columns.of(rows));
    }

    private List<String> row(String listener, Route route) {
        var asked = Columns.words(route.requirement(), authority.installation.permissions);
        return List.of(listener, route.method().name(), route.path(), asked, route.operation());
    }

    @Test
    void a_route_is_found_at_its_own_address_only() {
        var atBoth = operations(authority.server.publicRoutes());
        atBoth.retainAll(operations(authority.server.doorRoutes()));

        assertThat(atBoth).containsExactly("Health", "Ready");
        for (var sample : samples.all()) {
            if (!atBoth.contains(sample.operation())) {
                var call = sample.call().get().withToken(cast.token("right"));
                assertThat(elsewhere(call).send().status()).as(sample.title()).isEqualTo(404);
            }
        }
    }

    private TestCall elsewhere(TestCall call) {
        var here = authority.server.url();
        var there = authority.server.doorsUrl();
        var url = call.url().startsWith(here)
                ? there + call.url().substring(here.length())
                : here + call.url().substring(there.length());
        return new TestCall(call.method(), url, call.headers(), call.body());
    }

    @Test
    void a_door_answers_nothing_but_200_401_and_403() {
        var statuses = new TreeSet<Integer>();
        for (var uri : List.of("/invoices", "/invoices/7", "/nothing", "/..", "//", "/%2f", "x", "/health")) {
            for (var method : List.of("GET", "DELETE", "", "get", "QUERY")) {
                for (var api : List.of("billing", "datadog", "unknown", "sallyport", "%C3%A9")) {
                    statuses.add(authority.nginx(api, method, uri).send().status());
                    cast.everybody()
                            .values()
                            .forEach(token -> statuses.add(authority
                                    .nginx(api, method, uri)
                                    .withToken(token)
                                    .send()
                                    .status()));
                }
            }
        }

        assertThat(statuses).containsExactly(200, 401, 403);
    }

    private List<Route> routes() {
        return Stream.concat(authority.server.publicRoutes().stream(), authority.server.doorRoutes().stream())
                .toList();
    }

    private static Set<String> operations(List<Route> routes) {
        return routes.stream().map(Route::operation).collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
