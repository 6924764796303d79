package dev.sallyport.catalogue;

import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.feed.Change;
import dev.sallyport.feed.Feed;
import dev.sallyport.feed.Follower;
import dev.sallyport.http.FakeRequest;
import dev.sallyport.http.Method;
import dev.sallyport.http.Problem;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Request;
import dev.sallyport.http.Response;
import dev.sallyport.http.Route;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.Credential;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.identity.Organization;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.Origin;
import dev.sallyport.identity.Principal;
import dev.sallyport.permission.Authority;
import dev.sallyport.permission.Permissions;
import dev.sallyport.sql.Database;
import dev.sallyport.sql.TestDatabase;
import dev.sallyport.sql.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The catalogue over a real database and a real feed, with a replica of its own and a clock that stands still. */
final class TestCatalogue implements AutoCloseable {

    static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    final Permissions permissions = Permissions.shipped();
    final Map<String, ProtectedApi> replica = new ConcurrentHashMap<>();
    final Database database;
    final Catalogue catalogue;
    private final Feed feed;
    private final List<Route> routes;

    TestCatalogue(TestDatabase kind) {
        var clock = InstantSource.fixed(NOON);
        database = kind.open();
        feed = new Feed(database, clock, Duration.ofMinutes(1));
        catalogue = new Catalogue(database, feed, new ChangeTrail(), permissions, clock);
        feed.start(new Replica());
        routes = catalogue.routes();
    }

    private final class Replica implements Follower {
        @Override
        public void load(Transaction transaction) {
            catalogue.all(transaction, api -> replica.put(api.id(), api));
        }

        @Override
        public void apply(Transaction transaction, Change change) {
            if (change.kind().equals(Catalogue.KIND)) {
                catalogue.read(transaction, change.subject()).ifPresent(api -> replica.put(api.id(), api));
            }
        }
    }

    /** As the replica knows it. */
    ProtectedApi known(String id) {
        return Objects.requireNonNull(replica.get(id), id);
    }

    /** Somebody of a new organization. */
    Caller caller(String name) {
        var organization = new Organization(OrganizationId.random(), name, NOON);
        database.inTransaction(transaction -> transaction
                .sql("INSERT INTO organization (id, name, created_at) VALUES (?, ?, ?)")
                .with(organization.id().value(), name, NOON)
                .update());
        var user = Principal.user(organization.id(), name + "@example.com", name, NOON);
        var credential = new Credential(
                CredentialId.random(),
                CredentialKind.PERSONAL_ACCESS_TOKEN,
                "laptop",
                Authority.NONE,
                NOON.plusSeconds(3_600),
                null);
        return new Caller(organization, user, credential, Authority.NONE, Origin.MACHINE);
    }

    Response imports(Caller caller, String id, String host, String document) {
        var body = JsonMapper.shared().writeValueAsString(Map.of("id", id, "host", host, "document", document));
        return handle(caller, FakeRequest.post("/sallyport/v1/apis", body));
    }

    Response lists(Caller caller) {
        return handle(caller, FakeRequest.get("/sallyport/v1/apis"));
    }

    Response reads(Caller caller, String id) {
        return handle(caller, FakeRequest.get("/sallyport/v1/apis/{api_id}").withPathParameter("api_id", id));
    }

    /** @param request its path is the template of the route */
    Response handle(Caller caller, Request request) {
        var target = route(request.method(), request.path()).target();
        return ((Route.Target.Signed) target).handler().handle(caller, request);
    }

    Route route(Method method, String template) {
        return routes.stream()
                .filter(route -> route.method() == method && route.path().equals(template))
                .findFirst()
                .orElseThrow();
    }

    List<String> trail() {
        return database.reading(transaction -> transaction
                .sql("SELECT organization_id, action, record FROM change_event ORDER BY sequence")
                .map(row -> row.text("organization_id") + " " + row.text("action") + " " + row.text("record"))
                .list());
    }

    static JsonNode json(Response response) {
        return switch (response) {
            case Reply reply -> JsonMapper.shared().valueToTree(((Reply.Body.Json) reply.body()).value());
            case Problem problem -> throw new AssertionError(problem);
        };
    }

    @Override
    public void close() {
        feed.close();
        database.close();
    }
}
