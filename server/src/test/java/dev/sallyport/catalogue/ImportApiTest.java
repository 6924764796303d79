package dev.sallyport.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.http.BadInput;
import dev.sallyport.http.FakeRequest;
import dev.sallyport.http.Method;
import dev.sallyport.http.Problem;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Response;
import dev.sallyport.permission.Accepts;
import dev.sallyport.permission.Requirement;
import dev.sallyport.sql.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ImportApiTest {

    private static final String INVOICES = invoices();
    private static final String SMALL = """
            {"openapi": "3.1.0", "info": {"title": "Small"}, "paths": {"/a": {"get": {"x-permission": "a_read"}}}}
            """;

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void an_imported_api_is_known_as_soon_as_it_is_acknowledged(TestDatabase kind) {
        try (var test = new TestCatalogue(kind)) {
            var alice = test.caller("alice");

            var response = test.imports(alice, "invoices", "Invoices.Example.com:8443", INVOICES);

            assertThat(status(response)).isEqualTo(201);
            assertThat(TestCatalogue.json(response))
                    .hasToString("{\"id\":\"invoices\",\"title\":\"Invoices\","
                            + "\"host\":\"invoices.example.com:8443\",\"shipped\":false,\"operation_count\":5,"
                            + "\"permissions\":[\"invoices:invoices_read\",\"invoices:invoices_write\"],"
                            + "\"undeclared_operations\":[{\"id\":\"DeleteInvoice\",\"method\":\"DELETE\","
                            + "\"path\":\"/invoices/{id}\",\"asks\":\"nothing\"}]}");
            var api = test.known("invoices");
            assertThat(api.admits(alice.organization().id())).isTrue();
            assertThat(api.audience()).isEqualTo("invoices");
            assertThat(api.operations().operations())
                    .extracting(Operation::requirement)
                    .containsExactly(
                            Requirement.OPEN,
                            Requirement.anyOf(test.permissions.require("invoices:invoices_read")),
                            Requirement.anyOf(test.permissions.require("invoices:invoices_write")),
                            Requirement.anyOf(test.permissions.require("invoices:invoices_read")),
                            new Requirement.Undeclared(false));
            assertThat(api.operations().operations().getFirst().accepts()).isEqualTo(Accepts.NOBODY_NEEDED);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void what_is_stored_reads_back_without_the_document(TestDatabase kind) {
        try (var test = new TestCatalogue(kind)) {
            var alice = test.caller("alice");
            test.imports(alice, "invoices", "localhost", INVOICES);

            var again = test.database.reading(
                    transaction -> test.catalogue.read(transaction, "invoices").orElseThrow());

            var first = test.known("invoices");
            assertThat(again.operations().operations())
                    .isEqualTo(first.operations().operations());
            assertThat(again.permissions()).isEqualTo(first.permissions());
            assertThat(again.admits()).isEqualTo(first.admits());
            assertThat(again.hosts()).containsExactly("localhost");
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_second_import_replaces_the_first(TestDatabase kind) {
        try (var test = new TestCatalogue(kind)) {
            var alice = test.caller("alice");
            test.imports(alice, "mine", "one.example", INVOICES);

            var response = test.imports(alice, "mine", "two.example", SMALL);

            assertThat(status(response)).isEqualTo(200);
            assertThat(test.known("mine").title()).isEqualTo("Small");
            assertThat(test.known("mine").hosts()).containsExactly("two.example");
            assertThat(test.known("mine").operations().operations())
                    .extracting(Operation::template)
                    .containsExactly("/a");
            assertThat(test.trail())
                    .hasSize(2)
                    .allSatisfy(event -> assertThat(event)
                            .startsWith(alice.organization().id() + " API_IMPORTED ")
                            .contains("\"asset\":\"mine\""));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void an_id_that_another_organization_holds_is_taken(TestDatabase kind) {
        try (var test = new TestCatalogue(kind)) {
            var alice = test.caller("alice");
            var mallory = test.caller("mallory");
            test.imports(alice, "invoices", "localhost", INVOICES);

            var response = test.imports(mallory, "invoices", "evil.example", SMALL);

            assertThat(problem(response).status()).isEqualTo(409);
            assertThat(problem(response).code()).isEqualTo("api_id_taken");
            assertThat(test.known("invoices").admits(mallory.organization().id()))
                    .isFalse();
            assertThat(test.known("invoices").title()).isEqualTo("Invoices");
            assertThat(test.trail()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void two_organizations_do_not_see_each_others_apis(TestDatabase kind) {
        try (var test = new TestCatalogue(kind)) {
            var alice = test.caller("alice");
            var bob = test.caller("bob");
            test.imports(alice, "alices", "localhost", INVOICES);
            test.imports(bob, "bobs", "localhost", SMALL);

            var seen = TestCatalogue.json(test.lists(bob));

            assertThat(seen.path("apis").findValuesAsString("id")).containsExactly("datadog", "bobs");
            assertThat(problem(test.reads(bob, "alices")))
                    .isEqualTo(problem(test.reads(bob, "nobodys")))
                    .extracting(Problem::status)
                    .isEqualTo(404);
            assertThat(status(test.reads(alice, "alices"))).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void of_many_that_want_one_id_at_once_one_organization_has_it(TestDatabase kind) throws Exception {
        try (var test = new TestCatalogue(kind);
                var threads = Executors.newFixedThreadPool(4)) {
            var alice = test.caller("alice");
            var bob = test.caller("bob");
            var barrier = new CyclicBarrier(4);

            var responses = threads.invokeAll(IntStream.range(0, 4)
                    .<Callable<Response>>mapToObj(i -> () -> {
                        barrier.await();
                        return test.imports(i % 2 == 0 ? alice : bob, "wanted", "localhost", SMALL);
                    })
                    .toList());

            var statuses = new java.util.ArrayList<Integer>();
            for (var response : responses) {
                statuses.add(status(response.get()));
            }
            assertThat(statuses).containsExactlyInAnyOrder(200, 201, 409, 409);
        }
    }

    @Test
    void an_organization_can_import_so_many_and_no_more() {
        try (var test = new TestCatalogue(TestDatabase.SQLITE)) {
            var alice = test.caller("alice");
            for (var i = 0; i < ImportApi.MOST_APIS; i++) {
                assertThat(status(test.imports(alice, "api-" + i, "localhost", SMALL)))
                        .isEqualTo(201);
            }

            assertThat(problem(test.imports(alice, "one-more", "localhost", SMALL))
                            .code())
                    .isEqualTo("too_many_apis");
            assertThat(status(test.imports(alice, "api-7", "localhost", SMALL))).isEqualTo(200);
            assertThat(status(test.imports(test.caller("bob"), "one-more", "localhost", SMALL)))
                    .isEqualTo(201);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Invoices, localhost, 400, invalid_api_id",
        "9a, localhost, 400, invalid_api_id",
        "a_b, localhost, 400, invalid_api_id",
        "'', localhost, 400, invalid_api_id",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, localhost, 400, invalid_api_id",
        "datadog, localhost, 409, api_id_taken",
        "sallyport, localhost, 409, api_id_taken",
        "a, 'no host', 400, invalid_host"
    })
    void what_cannot_be_an_api_is_refused_and_leaves_nothing(String id, String host, int status, String code) {
        try (var test = new TestCatalogue(TestDatabase.SQLITE)) {
            var problem = problem(test.imports(test.caller("alice"), id, host, SMALL));

            assertThat(problem.status()).isEqualTo(status);
            assertThat(problem.code()).isEqualTo(code);
            assertThat(test.trail()).isEmpty();
            assertThat(test.replica).containsOnlyKeys("datadog");
        }
    }

    @Test
    void a_document_with_many_problems_is_refused_with_the_first_twenty() {
        try (var test = new TestCatalogue(TestDatabase.SQLITE)) {
            var paths = new StringBuilder("openapi: 3.1.0\ninfo: {title: T}\npaths:\n");
            for (var i = 0; i < 25; i++) {
                paths.append("  /p").append(i).append("/: {PUT: {}}\n");
            }

            var problem = problem(test.imports(test.caller("alice"), "a", "localhost", paths.toString()));

            assertThat(problem.code()).isEqualTo("document_refused");
            assertThat(problem.detail().lines()).hasSize(21);
            assertThat(problem.detail())
                    .startsWith("/paths/~1p0~1/PUT: It is no method")
                    .endsWith("and 5 more.");
            assertThat(test.permissions.named("a:a_read")).isEmpty();
        }
    }

    @Test
    void a_missing_member_is_named() {
        try (var test = new TestCatalogue(TestDatabase.SQLITE)) {
            var alice = test.caller("alice");
            var request = FakeRequest.post("/sallyport/v1/apis", "{\"id\": \"a\", \"host\": \"b\"}");

            assertThatThrownBy(() -> test.handle(alice, request))
                    .isInstanceOfSatisfying(
                            BadInput.class,
                            refused -> assertThat(refused.problem().detail())
                                    .isEqualTo("The member 'document' is missing."));
        }
    }

    @Test
    void the_shipped_api_can_be_read_with_its_operations() {
        try (var test = new TestCatalogue(TestDatabase.SQLITE)) {
            var json = TestCatalogue.json(test.reads(test.caller("alice"), "datadog"));

            assertThat(json.path("operations").size()).isEqualTo(1_831);
            assertThat(json.path("operations").path(1))
                    .hasToString(
                            "{\"id\":\"ListAPIKeys\",\"method\":\"GET\","
                                    + "\"path\":\"/api/v1/api_key\",\"asks\":\"permissions\",\"any_of\":[[\"api_keys_read\"]]}");
        }
    }

    @Test
    void importing_asks_for_the_management_of_the_organization() {
        try (var test = new TestCatalogue(TestDatabase.SQLITE)) {
            var importing = test.route(Method.POST, "/sallyport/v1/apis").requirement();

            assertThat(importing).isEqualTo(Requirement.anyOf(test.permissions.require("org_management")));
        }
    }

    private static int status(Response response) {
        return switch (response) {
            case Reply reply -> reply.status();
            case Problem problem -> problem.status();
        };
    }

    private static Problem problem(Response response) {
        return (Problem) response;
    }

    private static String invoices() {
        try {
            return Files.readString(OpenApiDocumentTest.example());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
