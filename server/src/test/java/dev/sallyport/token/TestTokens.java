package dev.sallyport.token;

import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.credential.CredentialStore;
import dev.sallyport.credential.StoredCredential;
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
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.permission.Authority;
import dev.sallyport.permission.Permission;
import dev.sallyport.permission.Permissions;
import dev.sallyport.rule.Rules;
import dev.sallyport.secret.Pepper;
import dev.sallyport.sql.Database;
import dev.sallyport.sql.TestDatabase;
import dev.sallyport.sql.Transaction;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
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
final class TestTokens implements AutoCloseable {

    static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    static final Permissions PERMISSIONS = Permissions.shipped();
    static final Permission FOREIGN = PERMISSIONS.inNamespace("billing", "invoices_read");
    static final Pepper PEPPER = new Pepper(new byte[Pepper.KEY_BYTES]);

    private static final String PATH = "/api/v2/personal_access_tokens";
    private static final Map<TestDatabase, Database> SHARED = new ConcurrentHashMap<>();
    private static final SecureRandom RANDOM = new SecureRandom();

    final Database database;
    final Feed feed;
    final Rules rules;
    final Tokens tokens;
    final Organization organization;
    volatile Instant now = NOON;

    private final CredentialStore store = new CredentialStore();
    private final boolean isOwn;

    private TestTokens(Database database, boolean isOwn, TokenLimits limits) {
        this.database = database;
        this.isOwn = isOwn;
        InstantSource clock = () -> now;
        feed = new Feed(database, clock, Duration.ofMinutes(1));
        feed.start(new Passive());
        rules = new Rules(
                database, feed, new ChangeTrail(), PERMISSIONS, (_, permission) -> !permission.equals(FOREIGN), clock);
        tokens = new Tokens(
                database,
                feed,
                new ChangeTrail(),
                PERMISSIONS,
                rules,
                PEPPER,
                limits,
                (_, permission) -> !permission.equals(FOREIGN),
                "dd",
                clock,
                RANDOM);
        organization = organization();
    }

    static TestTokens on(TestDatabase kind) {
        return with(kind, TokenLimits.DEFAULT);
    }

    static TestTokens with(TestDatabase kind, TokenLimits limits) {
        return new TestTokens(SHARED.computeIfAbsent(kind, TestDatabase::open), false, limits);
    }

    /** On a database without any other organization. */
    static TestTokens alone(TestDatabase kind) {
        return new TestTokens(kind.open(), true, TokenLimits.DEFAULT);
    }

    private static final class Passive implements Follower {
        @Override
        public void load(Transaction transaction) {}

        @Override
        public void apply(Transaction transaction, Change change) {}
    }

    Organization organization() {
        var founded = new Organization(OrganizationId.random(), "Acme", now);
        write(
                "INSERT INTO organization (id, name, created_at) VALUES (?, ?, ?)",
                founded.id().value(),
                "Acme",
                now);
        return founded;
    }

    Principal user() {
        return user(organization);
    }

    Principal user(Organization home) {
        var id = PrincipalId.random();
        var email = id + "@example.com";
        write("""
                INSERT INTO principal (id, organization_id, email, email_folded, name, name_folded, state, epoch,
                    created_at, modified_at)
                VALUES (?, ?, ?, ?, 'Alice', 'alice', 'active', 1, ?, ?)
                """, id.value(), home.id().value(), email, email, now, now);
        return new Principal(
                id, home.id(), Principal.Kind.USER, email, "Alice", null, Principal.State.ACTIVE, 1, null, now, now);
    }

    Principal serviceAccount() {
        return serviceAccount(organization);
    }

    Principal serviceAccount(Organization home) {
        var account = new Principal(
                PrincipalId.random(),
                home.id(),
                Principal.Kind.SERVICE_ACCOUNT,
                "ci@example.com",
                "CI",
                null,
                Principal.State.ACTIVE,
                1,
                null,
                now,
                now);
        write("""
                INSERT INTO principal (id, organization_id, kind, email, email_folded, name, name_folded, state, epoch,
                    created_at, modified_at)
                VALUES (?, ?, 'service_account', ?, ?, 'CI', 'ci', 'active', 1, ?, ?)
                """, account.id().value(), home.id().value(), account.email(), account.email(), now, now);
        return account;
    }

    Principal administrator() {
        var user = user();
        var role = UUID.randomUUID();
        write("""
                INSERT INTO role (id, organization_id, name, name_folded, managed, created_at, modified_at)
                VALUES (?, ?, ?, ?, 'admin', ?, ?)
                """, role, organization.id().value(), role.toString(), role.toString(), now, now);
        write(
                "INSERT INTO role_member (role_id, principal_id, organization_id) VALUES (?, ?, ?)",
                role,
                user.id().value(),
                organization.id().value());
        return user;
    }

    /** What ends everything that the user owns, and stays so when the user comes back. */
    void disable(Principal user) {
        write(
                "UPDATE principal SET state = 'disabled', epoch = epoch + 1 WHERE organization_id = ? AND id = ?",
                user.organization().value(),
                user.id().value());
    }

    void enable(Principal user) {
        write(
                "UPDATE principal SET state = 'active' WHERE organization_id = ? AND id = ?",
                user.organization().value(),
                user.id().value());
    }

    /** A caller with a live token of a year, of those scopes. */
    Caller caller(Principal user, String... scopes) {
        return caller(user, NOON.plus(Duration.ofDays(366)), scopes);
    }

    Caller caller(Principal user, Instant end, String... scopes) {
        return token(user, end, scopes);
    }

    /** A caller with a token that never ends. */
    Caller endless(Principal user, String... scopes) {
        return token(user, null, scopes);
    }

    private Caller token(Principal user, @Nullable Instant end, String... scopes) {
        var kind = user.kind() == Principal.Kind.USER
                ? CredentialKind.PERSONAL_ACCESS_TOKEN
                : CredentialKind.SERVICE_ACCESS_TOKEN;
        return caller(user, kind, Optional.of(List.of(scopes)), end, PERMISSIONS.authorityOf(List.of(scopes)));
    }

    /** A caller with an application key that is not narrowed, whose owner holds that. */
    Caller unscoped(Principal user, String... held) {
        var authority = PERMISSIONS.authorityOf(List.of(held));
        return caller(user, CredentialKind.APPLICATION_KEY, Optional.empty(), null, authority);
    }

    private Caller caller(
            Principal user,
            CredentialKind kind,
            Optional<List<String>> scopes,
            @Nullable Instant end,
            Authority authority) {
        var token = new StoredCredential(
                CredentialId.random(),
                user.organization(),
                user.id(),
                kind,
                "caller",
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
        database.inTransaction(
                transaction -> store.insert(transaction, token, user.epoch(), digest(token.id()), Integer.MAX_VALUE));
        return new Caller(
                new Organization(user.organization(), "Acme", now),
                user,
                new Credential(token.id(), kind, "caller", authority, end, null),
                authority,
                new Origin("192.0.2.1", "decision"));
    }

    private static byte[] digest(CredentialId id) {
        return id.toString().getBytes(StandardCharsets.US_ASCII);
    }

    Response issue(Caller caller, String name, Instant expiresAt, String... scopes) {
        return call(Method.POST, PATH, caller, FakeRequest.post(PATH, issueBody(name, expiresAt.toString(), scopes)));
    }

    /** The data of the answer. */
    JsonNode issued(Caller caller, String name, String... scopes) {
        return json(issue(caller, name, NOON.plus(Duration.ofDays(30)), scopes)).path("data");
    }

    static String issueBody(String name, String expiresAt, String... scopes) {
        return JsonMapper.shared()
                .writeValueAsString(Map.of(
                        "data",
                        Map.of(
                                "type",
                                "personal_access_tokens",
                                "attributes",
                                Map.of("name", name, "expires_at", expiresAt, "scopes", scopes))));
    }

    Response post(Caller caller, String body) {
        return call(Method.POST, PATH, caller, FakeRequest.post(PATH, body));
    }

    Response read(Caller caller, String id) {
        return call(Method.GET, PATH + "/{token_id}", caller, at(Method.GET, id));
    }

    Response revoke(Caller caller, String id) {
        return call(Method.DELETE, PATH + "/{token_id}", caller, at(Method.DELETE, id));
    }

    /** @param attributes the JSON of them */
    Response edit(Caller caller, String id, String attributes) {
        return patch(
                caller,
                id,
                "{\"data\":{\"id\":\"" + id + "\",\"type\":\"personal_access_tokens\",\"attributes\":" + attributes
                        + "}}");
    }

    Response patch(Caller caller, String id, String body) {
        return call(
                Method.PATCH, PATH + "/{token_id}", caller, at(Method.PATCH, id).withBody(body));
    }

    /** @param query names and values by turns */
    Response list(Caller caller, String... query) {
        var request = FakeRequest.get(PATH);
        for (var i = 0; i < query.length; i += 2) {
            request = request.withQuery(query[i], query[i + 1]);
        }
        return call(Method.GET, PATH, caller, request);
    }

    private static FakeRequest at(Method method, String id) {
        return FakeRequest.of(method, PATH + "/" + id).withPathParameter("token_id", id);
    }

    Response call(Method method, String template, Caller caller, FakeRequest request) {
        var route = tokens.routes().stream()
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
        if (response instanceof Reply reply && reply.body() instanceof Reply.Body.Json(var value, var mediaType)) {
            if (!"application/vnd.api+json".equals(mediaType)) {
                throw new AssertionError("media type " + mediaType);
            }
            return JsonMapper.shared().valueToTree(value);
        }
        throw new AssertionError("no JSON: " + response);
    }

    /** Sets the organization's rules as they are stored. */
    void rule(String document) {
        write("""
                INSERT INTO credential_rules (organization_id, document, revision, modified_at) VALUES (?, ?, 1, ?)
                ON CONFLICT (organization_id) DO UPDATE SET document = excluded.document
                """, organization.id().value(), document, now);
    }

    void write(String sql, Object... values) {
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

    /** How many tokens of the owner would be taken at a door. */
    long live(Principal owner) {
        return database.reading(transaction -> transaction
                .sql("""
                        SELECT count(*) AS n FROM credential token JOIN principal ON principal.id = token.owner_id
                        WHERE token.owner_id = ? AND token.revoked_at IS NULL AND principal.state = 'active'
                          AND principal.epoch = token.owner_epoch
                        """)
                .with(owner.id().value())
                .map(row -> row.number("n"))
                .one());
    }

    @Override
    public void close() {
        rules.close();
        feed.close();
        if (isOwn) {
            database.close();
        }
    }
}
