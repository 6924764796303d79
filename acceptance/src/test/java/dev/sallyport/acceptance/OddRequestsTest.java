package dev.sallyport.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** However a request is spelled: whatever reaches the API reaches the operation that was decided, and no other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // Everything is set before the first test.
class OddRequestsTest {

    private static final String REQUESTS = "acceptance/src/test/resources/odd/requests.txt";
    private static final String API = "acceptance/src/test/resources/odd/api.yaml";

    private Store store;
    private RunningServer server;
    private Router router;
    private Http admin;

    private record Odd(String line, List<String> headers) {

        static Odd parse(String text) {
            var parts = text.split(" \\| ");
            return new Odd(parts[0].translateEscapes(), Arrays.asList(parts).subList(1, parts.length));
        }
    }

    @BeforeAll
    void start(@TempDir Path folder) {
        store = Store.prepared(folder, StoreKind.SQLITE);
        server = store.serve();
        router = Router.start();
        admin = new Http(server, store.token());
        var document = Project.file(API).toString();
        var data = store.data().toString();
        Program.sallyport("api", "import", document, "--id", "odd", "--host", "odd.example.com", "--data", data)
                .with("SALLYPORT_TOKEN", store.token())
                .run()
                .succeeded();
    }

    @AfterAll
    void stop() {
        try (var _ = server;
                var _ = router;
                var _ = admin) {
            server.stop();
        }
    }

    private static List<Odd> requests() {
        return Project.text(REQUESTS)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Odd::parse)
                .toList();
    }

    @Test
    void through_nginx_no_spelling_leads_to_an_operation_that_was_not_decided(@TempDir Path folder) {
        try (var nginx = Nginx.start(folder, server, router.port(), "odd")) {
            assertOnlyWhatWasDecidedArrives(nginx);
        }
    }

    @Test
    void through_caddy_no_spelling_leads_to_an_operation_that_was_not_decided(@TempDir Path folder) {
        try (var caddy = Caddy.start(folder, server, router.port(), "odd")) {
            assertOnlyWhatWasDecidedArrives(caddy);
        }
    }

    private void assertOnlyWhatWasDecidedArrives(Gateway gateway) {
        var requests = requests();
        var reached = new TreeSet<String>();
        var wrong = new ArrayList<String>();
        router.arrivedSince();
        for (var odd : requests) {
            send(gateway, odd);
            for (var arrived : router.arrivedSince()) {
                var decided = decided(arrived.decision());
                reached.add(arrived.operation());
                if (!decided.equals(arrived.operation())) {
                    wrong.add(odd + " was decided as '" + decided + "' and led to " + arrived);
                }
            }
        }

        assertThat(wrong).as(gateway.log()).isEmpty();
        assertThat(requests).hasSizeGreaterThanOrEqualTo(60);
        assertThat(reached)
                .contains("ListFiles", "GetFile", "DeleteFile", "GetContent", "ListRecent", "GetAdmin", "CreateUser");
    }

    /** What the gateway answers is its own affair; some of this it does not answer at all. */
    private void send(Gateway gateway, Odd odd) {
        var headers = new ArrayList<>(odd.headers());
        headers.add("Authorization: Bearer " + store.token());
        try {
            RawCall.send(gateway.port(), odd.line(), headers);
        } catch (AssertionError e) {
            assertThat(e.getMessage()).as(odd.toString()).startsWith("no answer");
        }
    }

    private String decided(String decision) {
        var events = admin.trail("@decision.id:" + decision);
        return events.size() == 1
                ? Http.facts(events.getFirst())
                        .path("decision")
                        .path("operation")
                        .asString()
                : "no decision " + decision;
    }
}
