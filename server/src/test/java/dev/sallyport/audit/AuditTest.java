package dev.sallyport.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.audit.DecisionLog.Written;
import dev.sallyport.http.BadInput;
import dev.sallyport.http.Problem;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Response;
import dev.sallyport.http.Route;
import dev.sallyport.identity.Caller;
import dev.sallyport.permission.Authority;
import dev.sallyport.sql.Database;
import dev.sallyport.sql.Micros;
import dev.sallyport.sql.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(120)
class AuditTest {

    private static final long NOON = Micros.of(Samples.NOON);

    @TempDir
    private Path data;

    private final Caller alice = Samples.caller(
            Samples.ACME, "alice@example.com", Authority.of(Samples.PERMISSIONS.require("monitors_read")));
    private final Caller mallory = Samples.caller(Samples.RIVAL, "mallory@example.com", Authority.NONE);

    private Audit open(Database control) {
        var audit = new Audit(
                control,
                Samples.PERMISSIONS,
                data,
                Durability.STRICT,
                InstantSource.fixed(Samples.NOON),
                new Random(1),
                () -> "http://localhost:8080");
        audit.start();
        return audit;
    }

    private static void allow(Audit audit, DecisionRecord decision) throws Exception {
        var written = new CompletableFuture<Written>();
        audit.decisions().append(decision, Runnable::run, written::complete);
        assertThat(written.get(20, TimeUnit.SECONDS)).isInstanceOf(Written.Durable.class);
    }

    private void change(Database control, Audit audit, Caller caller, AuditAction action, String name) {
        control.inTransaction(transaction -> {
            audit.changes()
                    .record(
                            transaction,
                            Actor.of(caller),
                            action,
                            new Asset(UUID.randomUUID().toString(), name),
                            Map.of("lifetime", "30 days"),
                            Samples.NOON);
            return name;
        });
    }

    private static Response send(Audit audit, Caller caller, Map<String, String> query) {
        var route = audit.routes().getFirst();
        return handler(route).handle(caller, FakeRequest.get(query));
    }

    private static dev.sallyport.http.Handler handler(Route route) {
        return switch (route.target()) {
            case Route.Target.Signed(var handler) -> handler;
            case Route.Target.Open _, Route.Target.OnLoop _ -> throw new AssertionError("anybody may read the trail");
        };
    }

    private static JsonNode found(Response response) {
        return switch (response) {
            case Reply reply
            when reply.body() instanceof Reply.Body.Json json && reply.status() == 200 ->
                JsonMapper.shared().readTree(JsonMapper.shared().writeValueAsString(json.value()));
            case Reply reply -> throw new AssertionError(reply);
            case Problem problem -> throw new AssertionError(problem);
        };
    }

    private static List<String> paths(JsonNode page) {
        var paths = new ArrayList<String>();
        page.path("data")
                .forEach(event -> paths.add(
                        event.at("/attributes/attributes/http/url_details/path").asString("")));
        return paths;
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void what_was_acknowledged_before_a_search_is_found_by_it(TestDatabase kind) throws Exception {
        try (var control = kind.open();
                var audit = open(control)) {
            allow(audit, Samples.allowed(alice, "/api/v1/monitor/1", NOON));
            change(control, audit, alice, AuditAction.TOKEN_ISSUED, "laptop");

            var page = found(send(audit, alice, Map.of("sort", "timestamp")));

            assertThat(page.path("data")).hasSize(2);
            assertThat(page.at("/meta/status").asString()).isEqualTo("done");
            assertThat(page.has("links")).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_restart_of_the_index_at_any_point_loses_and_doubles_nothing(TestDatabase kind) throws Exception {
        try (var control = kind.open()) {
            var expected = new ArrayList<String>();
            for (var start = 0; start < 6; start++) {
                try (var audit = open(control)) {
                    for (var i = 0; i < 40; i++) {
                        var path = "/" + start + "/" + i;
                        allow(audit, Samples.allowed(alice, path, NOON));
                        expected.add(path);
                    }
                    change(control, audit, alice, AuditAction.TOKEN_ISSUED, "token " + start);
                    expected.add("");
                }
            }

            try (var audit = open(control)) {
                var page = found(send(audit, alice, Map.of("page[limit]", "1000")));

                assertThat(paths(page)).containsExactlyInAnyOrderElementsOf(expected);
            }
        }
    }

    @Test
    void an_index_that_is_lost_or_unreadable_is_built_again() throws Exception {
        try (var control = TestDatabase.SQLITE.open()) {
            try (var audit = open(control)) {
                allow(audit, Samples.allowed(alice, "/kept", NOON));
                change(control, audit, alice, AuditAction.TOKEN_ISSUED, "laptop");
            }
            Files.writeString(data.resolve("audit.db"), "not a database at all ".repeat(100));

            try (var audit = open(control)) {
                assertThat(paths(found(send(audit, alice, Map.of())))).containsExactlyInAnyOrder("/kept", "");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void the_last_use_of_a_credential_is_told(TestDatabase kind) throws Exception {
        try (var control = kind.open()) {
            try (var audit = open(control)) {
                allow(audit, Samples.allowed(alice, "/x", NOON));
                found(send(audit, alice, Map.of()));
            }

            var used = control.reading(transaction -> transaction
                    .sql("SELECT last_used_at FROM credential_use WHERE organization_id = ? AND credential_id = ?")
                    .with(Samples.ACME.value(), alice.credential().id().value())
                    .map(row -> row.number("last_used_at"))
                    .one());
            assertThat(used).isEqualTo(NOON);
        }
    }

    @Test
    void a_data_directory_serves_one_process() {
        try (var control = TestDatabase.SQLITE.open();
                var first = open(control)) {
            assertThat(first.routes()).hasSize(2);

            assertThatThrownBy(() -> open(control))
                    .isInstanceOf(java.io.UncheckedIOException.class)
                    .hasMessageContaining("cannot be written")
                    .cause()
                    .hasMessageContaining("Another process uses");
        }
    }

    @Test
    void a_change_that_a_newer_version_wrote_is_listed_all_the_same() throws Exception {
        try (var control = TestDatabase.SQLITE.open();
                var audit = open(control)) {
            control.inTransaction(transaction -> {
                transaction.sql("UPDATE change_head SET sequence = 1").update();
                return transaction
                        .sql("""
                                INSERT INTO change_event (id, sequence, organization_id, at, action, record)
                                VALUES (?, 1, ?, ?, 'MOON_LANDED', '{"crew":3}')
                                """)
                        .with(UUID.randomUUID(), Samples.ACME.value(), Samples.NOON)
                        .update();
            });

            var event = found(send(audit, alice, Map.of())).at("/data/0/attributes/attributes");

            assertThat(event.path("change").asString()).isEqualTo("moon_landed");
        }
    }

    @Test
    void organizations_do_not_see_each_other() throws Exception {
        try (var control = TestDatabase.SQLITE.open();
                var audit = open(control)) {
            allow(audit, Samples.allowed(alice, "/acme", NOON));
            allow(audit, Samples.allowed(mallory, "/rival", NOON));
            change(control, audit, mallory, AuditAction.TOKEN_ISSUED, "rival token");
            audit.decisions().noteStranger(Samples.stranger("192.0.2.66", NOON));

            assertThat(paths(found(send(audit, alice, Map.of())))).containsExactly("/acme");
            assertThat(paths(found(send(audit, alice, Map.of("filter[query]", "@usr.email:mallory*")))))
                    .isEmpty();
            assertThat(paths(found(send(audit, mallory, Map.of())))).containsExactlyInAnyOrder("/rival", "");
        }
    }

    @Test
    void a_cursor_pages_through_everything_once_while_new_events_arrive() throws Exception {
        try (var control = TestDatabase.SQLITE.open();
                var audit = open(control)) {
            var expected = IntStream.range(0, 57).mapToObj(i -> "/old/" + i).toList();
            for (var path : expected) {
                allow(audit, Samples.allowed(alice, path, NOON - path.length()));
            }

            var seen = new ArrayList<String>();
            var query = Map.of("page[limit]", "10");
            var arrived = 0;
            while (true) {
                var page = found(send(audit, alice, query));
                seen.addAll(paths(page));
                if (!page.path("meta").has("page")) {
                    break;
                }
                assertThat(page.at("/links/next").asString())
                        .startsWith("http://localhost:8080/api/v2/audit/events?filter%5Bquery%5D=*");
                query = Map.of(
                        "page[limit]",
                        "10",
                        "page[cursor]",
                        page.at("/meta/page/after").asString());
                allow(audit, Samples.allowed(alice, "/new/" + arrived++, NOON + arrived));
            }

            assertThat(seen).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "* | 4",
                "~~ | 4",
                "monitor | 3",
                "monitor/ | 2",
                "MONITOR delete | 0",
                "100% | 1",
                "_00 | 0",
                "laptop | 4",
                "@evt.name:Request | 3",
                "-@evt.name:Request | 1",
                "@action:accessed | 3",
                "@http.url_details.path:/api/v1/monitor* | 2",
                "@http.url_details.path:/api/v1/monitor | 0",
                "@outcome:denied | 1",
                "@outcome:denied @reason:permission_missing | 1",
                "@outcome:allowed -@http.url_details.path:/api/v1/* | 1",
                "@usr.email:ALICE@example.com | 4",
                "@usr.email:alice | 0",
                "@usr.email:* | 4",
                "@asset.type:* | 1",
                "-@asset.type:* | 3",
                "@asset.type:personal_access_token @asset.name:\"my laptop\" | 1",
                "@change:token_issued | 1",
                "@api:datadog @operation:ListMonitors | 3",
                "@auth_method:\"Personal Access Token\" | 4",
                "@credential.kind:personal_access_token | 4",
                "@network.client.ip:192.0.2.7 | 4",
                "@asset.name:x'/**/OR/**/1=1-- | 0"
            })
    void a_query_finds_what_it_says(String query, int count) throws Exception {
        try (var control = TestDatabase.SQLITE.open();
                var audit = open(control)) {
            allow(audit, Samples.allowed(alice, "/api/v1/monitor/1", NOON));
            allow(audit, Samples.allowed(alice, "/off/100%", NOON));
            audit.decisions()
                    .note(new DecisionRecord(
                            NOON,
                            alice,
                            "",
                            "datadog",
                            "ListMonitors",
                            "GET",
                            "/api/v1/monitor/2",
                            false,
                            "permission_missing",
                            7,
                            "192.0.2.7"));
            change(control, audit, alice, AuditAction.TOKEN_ISSUED, "my laptop");

            assertThat(found(send(audit, alice, Map.of("filter[query]", query))).path("data"))
                    .hasSize(count);
        }
    }

    @Test
    void ids_are_found_and_times_bound_a_search() throws Exception {
        try (var control = TestDatabase.SQLITE.open();
                var audit = open(control)) {
            allow(audit, Samples.allowed(alice, "/now", NOON));
            allow(audit, Samples.allowed(alice, "/earlier", NOON - 3_600_000_000L));
            var id = alice.credential().id();

            assertThat(paths(found(send(audit, alice, Map.of("filter[query]", "@credential.id:" + id)))))
                    .containsExactly("/now");
            assertThat(paths(found(send(
                            audit,
                            alice,
                            Map.of(
                                    "filter[query]",
                                    "@usr.id:" + alice.principal().id(),
                                    "filter[from]",
                                    "now-2h")))))
                    .containsExactly("/now", "/earlier");
            assertThat(paths(found(send(audit, alice, Map.of("filter[from]", "now-2h", "filter[to]", "now-1m")))))
                    .containsExactly("/earlier");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "filter[query] | @colour:red | There is no field",
                "filter[from] | yesterday | filter[from] must be an ISO 8601",
                "filter[to] | now-1y | filter[to] must be",
                "filter[from] | now+1h | must not be later",
                "sort | name | sort must be",
                "page[limit] | 0 | must be a whole number from 1 to 1000",
                "page[limit] | 1001 | must be a whole number from 1 to 1000",
                "page[cursor] | zzz | page[cursor] must be taken from",
                "page[cursor] | MSAxIDIgMyA0IGFi | page[cursor] must be taken from"
            })
    void a_search_that_cannot_be_read_is_refused(String name, String value, String complaint) {
        try (var control = TestDatabase.SQLITE.open();
                var audit = open(control)) {
            Response answer;
            try {
                answer = send(audit, alice, Map.of(name, value));
            } catch (BadInput e) {
                answer = e.problem();
            }

            assertThat(answer).isInstanceOfSatisfying(Problem.class, problem -> {
                assertThat(problem.status()).isEqualTo(400);
                assertThat(problem.detail()).contains(complaint);
            });
        }
    }

    @Test
    void a_decision_says_who_with_what_and_why() throws Exception {
        try (var control = TestDatabase.SQLITE.open();
                var audit = open(control)) {
            allow(audit, Samples.allowed(alice, "/api/v1/monitor/1", NOON));

            var event = found(send(audit, alice, Map.of())).at("/data/0");

            assertThat(event.path("type").asString()).isEqualTo("audit");
            assertThat(event.at("/attributes/message").asString())
                    .isEqualTo("GET request made to /api/v1/monitor/1 by alice@example.com was allowed");
            assertThat(event.at("/attributes/timestamp").asString()).isEqualTo("2026-11-23T12:00:00.000000Z");
            var facts = event.at("/attributes/attributes");
            assertThat(facts.at("/evt/name").asString()).isEqualTo("Request");
            assertThat(facts.at("/auth_method").asString()).isEqualTo("Personal Access Token");
            assertThat(facts.at("/credential/id").asString())
                    .isEqualTo(alice.credential().id().toString());
            assertThat(facts.at("/credential/scopes/0").asString()).isEqualTo("monitors_read");
            assertThat(facts.at("/credential/expires_at").asString()).isEqualTo("2026-11-24T12:00:00.000000Z");
            assertThat(facts.at("/decision/id").asString())
                    .isEqualTo(event.path("id").asString())
                    .matches("dec_[0-9a-f]{32}");
            assertThat(facts.at("/decision/reason").asString()).isEqualTo("allowed");
            assertThat(facts.at("/decision/operation").asString()).isEqualTo("ListMonitors");
        }
    }

    @Test
    void a_change_says_what_became_of_what() throws Exception {
        try (var control = TestDatabase.SQLITE.open();
                var audit = open(control)) {
            change(control, audit, alice, AuditAction.TOKEN_REVOKED, "laptop");

            var event = found(send(audit, alice, Map.of())).at("/data/0/attributes");

            assertThat(event.path("message").asString())
                    .isEqualTo("personal access token laptop deleted by alice@example.com");
            assertThat(event.at("/attributes/evt/name").asString()).isEqualTo("Authentication");
            assertThat(event.at("/attributes/action").asString()).isEqualTo("deleted");
            assertThat(event.at("/attributes/asset/type").asString()).isEqualTo("personal_access_token");
            assertThat(event.at("/attributes/metadata/lifetime").asString()).isEqualTo("30 days");
        }
    }

    @Test
    void the_body_form_of_a_search_may_leave_out_everything() throws Exception {
        try (var control = TestDatabase.SQLITE.open();
                var audit = open(control)) {
            allow(audit, Samples.allowed(alice, "/a", NOON));
            allow(audit, Samples.allowed(alice, "/b", NOON - 1));
            var handler = handler(audit.routes().getLast());

            var all = found(handler.handle(alice, FakeRequest.post("")));
            var one = found(handler.handle(alice, FakeRequest.post("""
                    {"filter":{"query":"/a"},"options":{"timezone":"UTC","time_offset":0},"page":{"limit":1},
                     "sort":"timestamp"}""")));

            assertThat(paths(all)).containsExactly("/a", "/b");
            assertThat(paths(one)).containsExactly("/a");
            assertThat(handler.handle(alice, FakeRequest.post("{\"page\":{\"limit\":5000}}")))
                    .isInstanceOf(Problem.class);
            assertThat(handler.handle(alice, FakeRequest.post("{\"options\":{\"timezone\":\"Mars\"}}")))
                    .isInstanceOf(Problem.class);
        }
    }
}
