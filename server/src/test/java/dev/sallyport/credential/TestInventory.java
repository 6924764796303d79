package dev.sallyport.credential;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.feed.Change;
import dev.sallyport.feed.Feed;
import dev.sallyport.feed.Follower;
import dev.sallyport.http.BadInput;
import dev.sallyport.http.FakeRequest;
import dev.sallyport.http.Method;
import dev.sallyport.http.Problem;
import dev.sallyport.http.Reply;
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
import dev.sallyport.permission.Permissions;
import dev.sallyport.sql.Database;
import dev.sallyport.sql.TestDatabase;
import dev.sallyport.sql.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The inventory on a real database, with a clock that stands still. One database of each kind serves all tests; every test has an
 * organization of its own.
 */
final class TestInventory implements AutoCloseable {

    static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    static final Permissions PERMISSIONS = permissions();
    private static final String PATH = "/sallyport/v1/credentials";
    private static final Map<TestDatabase, Database> SHARED = new ConcurrentHashMap<>();

    final Database database;
    final Feed feed;
    final Inventory inventory;
    final Organization organization;
    final Principal alice;
    final List<Change> followed = new CopyOnWriteArrayList<>();
    private final CredentialStore store = new CredentialStore();
    volatile Instant now = NOON;

    private TestInventory(Database database) {
        this.database = database;
        feed = new Feed(database, () -> now, Duration.ofMinutes(1));
        feed.start(new Remembering());
        inventory = new Inventory(database, feed, new ChangeTrail(), PERMISSIONS, (_, _) -> true, "dd", () -> now);
        organization = organization();
        alice = user(organization);
    }

    static TestInventory on(TestDatabase kind) {
        return new TestInventory(SHARED.computeIfAbsent(kind, TestDatabase::open));
    }

    private final class Remembering implements Follower {
        @Override
        public void load(Transaction transaction) {}

        @Override
        public void apply(Transaction transaction, Change change) {
            followed.add(change);
        }
    }

    Organization organization() {
        var founded = new Organization(OrganizationId.random(), "Acme", now);
        write(
                "INSERT INTO organization (id, name, created_at) VALUES (?, 'Acme', ?)",
                founded.id().value(),
                now);
        return founded;
    }

    Principal user(Organization home) {
        var user = Principal.user(home.id(), CredentialId.random() + "@example.com", "Alice", now);
        write("""
                INSERT INTO principal (id, organization_id, email, email_folded, name, name_folded, state, epoch,
                    created_at, modified_at)
                VALUES (?, ?, ?, ?, 'Alice', 'alice', 'active', 0, ?, ?)
                """, user.id().value(), home.id().value(), user.email(), user.email(), now, now);
        return user;
    }

    Actor operator() {
        return Actor.operator(organization.id());
    }

    private static Permissions permissions() {
        var permissions = Permissions.shipped();
        permissions.inNamespace("billing", "invoices_read");
        return permissions;
    }

    /** Somebody with those permissions, calling with a token of all of them. */
    Caller caller(String... permissions) {
        var user = user(organization);
        var id = tokenOf(user).named("caller").carrying(permissions).stored();
        var authority = PERMISSIONS.authorityOf(List.of(permissions));
        return new Caller(
                organization,
                user,
                new Credential(id, CredentialKind.PERSONAL_ACCESS_TOKEN, "caller", authority, null, null),
                authority,
                new Origin("192.0.2.1", "decision"));
    }

    /** @param query names and values by turns */
    Response list(Caller caller, String... query) {
        var request = FakeRequest.get(PATH);
        for (var i = 0; i < query.length; i += 2) {
            request = request.withQuery(query[i], query[i + 1]);
        }
        return call(Method.GET, PATH, caller, request);
    }

    /** The ids of the answer, in order. */
    List<CredentialId> listed(Caller caller, String... query) {
        return json(list(caller, query))
                .get("credentials")
                .valueStream()
                .map(item -> CredentialId.parse(item.get("id").stringValue()).orElseThrow())
                .toList();
    }

    Response read(Caller caller, String id) {
        var request = FakeRequest.get(PATH + "/" + id).withPathParameter("credential_id", id);
        return call(Method.GET, PATH + "/{credential_id}", caller, request);
    }

    Response revoke(Caller caller, String body) {
        return call(Method.POST, PATH + "/revoke", caller, FakeRequest.post(PATH + "/revoke", body));
    }

    private Response call(Method method, String template, Caller caller, FakeRequest request) {
        var route = inventory.routes().stream()
                .filter(candidate ->
                        candidate.method() == method && candidate.path().equals(template))
                .findFirst()
                .orElseThrow();
        if (!(route.target() instanceof Route.Target.Signed(var handler))) {
            throw new IllegalStateException(template + " is for anybody");
        }
        try {
            return handler.handle(caller, request);
        } catch (BadInput e) {
            return e.problem();
        }
    }

    /** The code of a problem; the status where it is none. */
    static String code(Response response) {
        return switch (response) {
            case Reply reply -> String.valueOf(reply.status());
            case Problem problem -> problem.code();
        };
    }

    static JsonNode json(Response response) {
        if (response instanceof Reply reply && reply.body() instanceof Reply.Body.Json json) {
            return JsonMapper.shared().valueToTree(json.value());
        }
        throw new AssertionError("no JSON: " + response);
    }

    /** A token of Alice's. */
    Draft token() {
        return new Draft(this, alice);
    }

    Draft tokenOf(Principal owner) {
        return new Draft(this, owner);
    }

    /** What is to be stored. */
    static final class Draft {
        private final TestInventory test;
        private final Principal owner;
        private CredentialKind kind = CredentialKind.PERSONAL_ACCESS_TOKEN;
        private String name = "laptop";
        private @Nullable List<String> scopes = List.of("monitors_read");
        private @Nullable CredentialId mintedBy;
        private @Nullable Instant expiresAt = NOON.plus(Duration.ofDays(300));
        private Instant createdAt;

        private Draft(TestInventory test, Principal owner) {
            this.test = test;
            this.owner = owner;
            createdAt = test.now;
        }

        Draft of(CredentialKind other) {
            kind = other;
            return this;
        }

        Draft named(String other) {
            name = other;
            return this;
        }

        Draft unscoped() {
            scopes = null;
            return this;
        }

        Draft carrying(String... names) {
            scopes = List.of(names);
            return this;
        }

        Draft mintedBy(CredentialId minter) {
            mintedBy = minter;
            return this;
        }

        Draft ending(@Nullable Instant end) {
            expiresAt = end;
            return this;
        }

        Draft createdAt(Instant at) {
            createdAt = at;
            return this;
        }

        CredentialId stored() {
            return test.database.inTransaction(this::stored);
        }

        CredentialId stored(Transaction transaction) {
            var id = CredentialId.random();
            var isKey = kind == CredentialKind.API_KEY;
            var credential = new StoredCredential(
                    id,
                    owner.organization(),
                    isKey ? null : owner.id(),
                    kind,
                    name,
                    isKey ? Optional.empty() : Optional.ofNullable(scopes),
                    List.of(),
                    null,
                    mintedBy,
                    owner.id(),
                    createdAt,
                    null,
                    null,
                    expiresAt,
                    null,
                    new StoredCredential.State.Active());
            if (!test.store.insert(transaction, credential, owner.epoch(), new byte[32], Integer.MAX_VALUE)) {
                throw new AssertionError("not stored: " + credential);
            }
            return id;
        }
    }

    void uses(CredentialId id, Instant at) {
        write(
                "INSERT INTO credential_use (credential_id, organization_id, last_used_at) VALUES (?, ?, ?)",
                id.value(),
                organization.id().value(),
                at);
    }

    /** Which of them are live. */
    List<CredentialId> live(List<CredentialId> ids) {
        return ids.stream().filter(this::isLive).toList();
    }

    boolean isLive(CredentialId id) {
        return !fact(id).isRevoked();
    }

    CredentialFact fact(CredentialId id) {
        return database.reading(transaction -> new Credentials().fact(transaction, organization.id(), id))
                .orElseThrow();
    }

    void write(String sql, Object... values) {
        database.inTransaction(transaction -> transaction.sql(sql).with(values).update());
    }

    record Event(String action, String record) {}

    /** The trail of the organization, in order. */
    List<Event> trail() {
        return database.reading(transaction -> transaction
                .sql("SELECT action, record FROM change_event WHERE organization_id = ? ORDER BY sequence")
                .with(organization.id().value())
                .map(row -> new Event(row.text("action"), row.text("record")))
                .list());
    }

    @Override
    public void close() {
        feed.close();
    }
}
