package dev.sallyport.rule;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.credential.CredentialStore;
import dev.sallyport.credential.StoredCredential;
import dev.sallyport.feed.Change;
import dev.sallyport.feed.Feed;
import dev.sallyport.feed.Follower;
import dev.sallyport.feed.Outcome;
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
import dev.sallyport.permission.Permission;
import dev.sallyport.permission.Permissions;
import dev.sallyport.sql.Database;
import dev.sallyport.sql.TestDatabase;
import dev.sallyport.sql.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The real wiring of this feature on a real database, with a clock that stands still. One database of each kind serves all
 * tests; every test has an organization of its own.
 */
final class TestRules implements AutoCloseable {

    static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    static final Permissions PERMISSIONS = Permissions.shipped();
    static final Permission FOREIGN = PERMISSIONS.inNamespace("billing", "invoices_read");

    private static final String PATH = "/sallyport/v1/credential_rules";
    private static final String ADDRESSES_PATH = "/sallyport/v1/credentials/{credential_id}/addresses";
    private static final Map<TestDatabase, Database> SHARED = new ConcurrentHashMap<>();

    final Database database;
    final Feed feed;
    final Rules rules;
    final Organization organization;
    volatile Instant now = NOON;

    private final CredentialStore store = new CredentialStore();

    private TestRules(Database database) {
        this.database = database;
        InstantSource clock = () -> now;
        feed = new Feed(database, clock, Duration.ofMinutes(1));
        feed.start(new Passive());
        rules = new Rules(
                database, feed, new ChangeTrail(), PERMISSIONS, (_, permission) -> !permission.equals(FOREIGN), clock);
        organization = organization();
    }

    static TestRules on(TestDatabase kind) {
        return new TestRules(SHARED.computeIfAbsent(kind, TestDatabase::open));
    }

    private static final class Passive implements Follower {
        @Override
        public void load(Transaction transaction) {}

        @Override
        public void apply(Transaction transaction, Change change) {}
    }

    private Organization organization() {
        var founded = new Organization(OrganizationId.random(), "Acme", now);
        write(
                "INSERT INTO organization (id, name, created_at) VALUES (?, ?, ?)",
                founded.id().value(),
                "Acme",
                now);
        return founded;
    }

    Principal user() {
        var user = Principal.user(organization.id(), UUID.randomUUID() + "@example.com", "Alice", now);
        write("""
                INSERT INTO principal (id, organization_id, email, email_folded, name, name_folded, state, epoch,
                    created_at, modified_at)
                VALUES (?, ?, ?, ?, 'Alice', 'alice', 'active', 0, ?, ?)
                """, user.id().value(), organization.id().value(), user.email(), user.email(), now, now);
        return user;
    }

    /** A new role of the organization; its id. */
    String role() {
        var role = UUID.randomUUID();
        write("""
                INSERT INTO role (id, organization_id, name, name_folded, managed, created_at, modified_at)
                VALUES (?, ?, ?, ?, NULL, ?, ?)
                """, role, organization.id().value(), role.toString(), role.toString(), now, now);
        return role.toString();
    }

    void grant(String role, Principal user) {
        write(
                "INSERT INTO role_member (role_id, principal_id, organization_id) VALUES (?, ?, ?)",
                role,
                user.id().value(),
                organization.id().value());
    }

    /** An administrator with a live token of a year. */
    Caller administrator() {
        return caller(user(), "org_management", "org_app_keys_read");
    }

    Caller caller(Principal user, String... scopes) {
        return caller(user, CredentialKind.PERSONAL_ACCESS_TOKEN, NOON.plus(Duration.ofDays(365)), scopes);
    }

    /** With a live credential of that kind. */
    Caller caller(Principal user, CredentialKind kind, Instant end, String... scopes) {
        var id = keep(user, kind, Optional.of(List.of(scopes)), end);
        var authority = PERMISSIONS.authorityOf(List.of(scopes));
        return new Caller(
                organization,
                user,
                new Credential(id, kind, "caller", authority, end, null),
                authority,
                new Origin("192.0.2.1", "decision"));
    }

    /** A live credential that exists already, created now. */
    CredentialId keep(
            @Nullable Principal owner, CredentialKind kind, Optional<List<String>> scopes, @Nullable Instant end) {
        return database.inTransaction(transaction -> keep(transaction, owner, kind, scopes, end));
    }

    CredentialId keep(
            Transaction transaction,
            @Nullable Principal owner,
            CredentialKind kind,
            Optional<List<String>> scopes,
            @Nullable Instant end) {
        var id = CredentialId.random();
        var credential = new StoredCredential(
                id,
                organization.id(),
                owner == null ? null : owner.id(),
                kind,
                "kept " + id,
                scopes,
                List.of(),
                null,
                null,
                null,
                now,
                null,
                null,
                end,
                null,
                new StoredCredential.State.Active());
        if (!store.insert(
                transaction, credential, owner == null ? 0 : owner.epoch(), new byte[32], Integer.MAX_VALUE)) {
            throw new AssertionError("not stored");
        }
        return id;
    }

    /** Asks for a credential as a feature does: admitted, then stored, then acknowledged. */
    Ruling create(Caller caller, NewCredential asked) {
        return feed.change(transaction -> switch (rules.admit(transaction, Actor.of(caller), asked, now)) {
            case Ruling.Broken broken -> Outcome.unchanged(broken);
            case Ruling.Allowed allowed -> {
                var id = keep(transaction, caller.principal(), asked.kind(), asked.scopes(), allowed.expiresAt());
                yield Outcome.changed(dev.sallyport.credential.Credentials.change(organization.id(), id), allowed);
            }
        });
    }

    void use(CredentialId id, Instant at) {
        write("""
                INSERT INTO credential_use (credential_id, organization_id, last_used_at) VALUES (?, ?, ?)
                ON CONFLICT (credential_id) DO UPDATE SET last_used_at = excluded.last_used_at
                """, id.value(), organization.id().value(), at);
    }

    boolean isLive(CredentialId id) {
        return database.reading(transaction -> transaction
                        .sql("SELECT count(*) AS n FROM credential WHERE id = ? AND revoked_at IS NULL")
                        .with(id.value())
                        .map(row -> row.number("n"))
                        .one())
                == 1;
    }

    Response read(Caller caller) {
        return call(Method.GET, PATH, caller, FakeRequest.get(PATH));
    }

    /** Sets rules that were read at that revision. */
    Response set(Caller caller, int revision, String rules) {
        return put(caller, "{\"revision\":" + revision + ",\"rules\":" + rules + "}");
    }

    Response put(Caller caller, String body) {
        return put(caller, body, "");
    }

    Response put(Caller caller, String body, String condition) {
        var request = FakeRequest.of(Method.PUT, PATH).withBody(body);
        return call(
                Method.PUT, PATH, caller, condition.isEmpty() ? request : request.withHeader("If-Match", condition));
    }

    Response preview(Caller caller, String rules) {
        var body = "{\"rules\":" + rules + "}";
        return call(Method.POST, PATH + "/preview", caller, FakeRequest.post(PATH + "/preview", body));
    }

    Response setAddresses(Caller caller, CredentialId id, String addresses) {
        var request = FakeRequest.of(Method.PUT, ADDRESSES_PATH.replace("{credential_id}", id.toString()))
                .withPathParameter("credential_id", id.toString())
                .withBody("{\"addresses\":" + addresses + "}");
        return call(Method.PUT, ADDRESSES_PATH, caller, request);
    }

    private Response call(Method method, String template, Caller caller, FakeRequest request) {
        var route = rules.routes().stream()
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

    static int status(Response response) {
        return switch (response) {
            case Reply reply -> reply.status();
            case Problem problem -> problem.status();
        };
    }

    /** The code of a problem; the status where it is none. */
    static String code(Response response) {
        return switch (response) {
            case Reply reply -> String.valueOf(reply.status());
            case Problem problem -> problem.code();
        };
    }

    static JsonNode json(Response response) {
        if (response instanceof Reply reply && reply.body() instanceof Reply.Body.Json(var value, var _)) {
            return JsonMapper.shared().valueToTree(value);
        }
        throw new AssertionError("no JSON: " + response);
    }

    void write(String sql, @Nullable Object... values) {
        database.inTransaction(transaction -> transaction.sql(sql).with(values).update());
    }

    /** The actions in the trail of the organization, in order. */
    List<String> trail() {
        return database.reading(transaction -> transaction
                .sql("SELECT action FROM change_event WHERE organization_id = ? ORDER BY sequence")
                .with(organization.id().value())
                .map(row -> row.text("action"))
                .list());
    }

    /** What the last event of the trail says beyond its asset. */
    JsonNode lastDetails() {
        return database.reading(transaction -> transaction
                .sql("SELECT record FROM change_event WHERE organization_id = ? ORDER BY sequence DESC LIMIT 1")
                .with(organization.id().value())
                .map(row -> JsonMapper.shared().readTree(row.text("record")).path("details"))
                .one());
    }

    @Override
    public void close() {
        rules.close();
        feed.close();
    }
}
