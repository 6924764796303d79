package dev.sallyport.notice;

import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.http.BadInput;
import dev.sallyport.http.FakeRequest;
import dev.sallyport.http.Method;
import dev.sallyport.http.Outbound;
import dev.sallyport.http.OutboundLimits;
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
import dev.sallyport.jose.KeyEncryption;
import dev.sallyport.permission.Permissions;
import dev.sallyport.sql.Database;
import dev.sallyport.sql.TestDatabase;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real wiring of this feature on a database of its own, with a clock that stands still and a receiver on loopback. */
final class TestNotices implements AutoCloseable {

    static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private static final Permissions PERMISSIONS = Permissions.shipped();
    private static final String PATH = "/sallyport/v1/webhooks";

    final Database database;
    final Receiver receiver = new Receiver();
    final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    final Organization organization;
    final Caller caller;
    volatile Instant now = NOON;

    private final Outbound outbound = Outbound.open(OutboundLimits.DEFAULT, Set.of(receiver.hostAndPort()));
    private final List<Outbound> outbounds = new ArrayList<>(List.of(outbound));
    private final Notices notices;

    private TestNotices(Database database) {
        this.database = database;
        notices = another();
        organization = organization();
        caller = caller(organization);
    }

    static TestNotices on(TestDatabase kind) {
        return new TestNotices(kind.open());
    }

    /** Another node on the same database, which counts where the first does. */
    Notices another() {
        return node(outbound);
    }

    /** The same, which may call that receiver as well. */
    Notices another(Receiver further) {
        outbounds.add(Outbound.open(OutboundLimits.DEFAULT, Set.of(receiver.hostAndPort(), further.hostAndPort())));
        return node(outbounds.getLast());
    }

    private Notices node(Outbound calling) {
        return new Notices(
                database,
                new ChangeTrail(),
                PERMISSIONS,
                new KeyEncryption(new byte[KeyEncryption.KEY_BYTES], new SecureRandom()),
                calling,
                registry,
                () -> now,
                new SecureRandom());
    }

    Notices notices() {
        return notices;
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

    PrincipalId user(Organization home) {
        var id = PrincipalId.random();
        var email = id + "@example.com";
        write("""
                INSERT INTO principal (id, organization_id, email, email_folded, name, name_folded, state, epoch,
                    created_at, modified_at)
                VALUES (?, ?, ?, ?, 'Alice', 'alice', 'active', 1, ?, ?)
                """, id.value(), home.id().value(), email, email, now, now);
        return id;
    }

    Caller caller(Organization home) {
        var user = new Principal(
                user(home),
                home.id(),
                Principal.Kind.USER,
                "alice@example.com",
                "Alice",
                null,
                Principal.State.ACTIVE,
                1,
                null,
                now,
                now);
        var authority = PERMISSIONS.authorityOf(List.of("org_management"));
        return new Caller(
                home,
                user,
                new Credential(
                        CredentialId.random(), CredentialKind.PERSONAL_ACCESS_TOKEN, "laptop", authority, null, null),
                authority,
                new Origin("192.0.2.1", "decision"));
    }

    CredentialId token(PrincipalId owner, Duration life) {
        return credential(CredentialKind.PERSONAL_ACCESS_TOKEN, owner, now.plus(life));
    }

    CredentialId credential(CredentialKind kind, @Nullable PrincipalId owner, @Nullable Instant end) {
        var id = CredentialId.random();
        write(
                """
                INSERT INTO credential (id, organization_id, owner_id, kind, name, name_folded, scopes, digest,
                    pepper_version, owner_epoch, created_at, expires_at)
                VALUES (?, ?, ?, ?, ?, ?, 'monitors_read', ?, 1, 1, ?, ?)
                """,
                id.value(),
                organization.id().value(),
                owner == null ? null : owner.value(),
                kind.code(),
                "name of " + id,
                "name of " + id,
                "canary-digest".getBytes(StandardCharsets.UTF_8),
                now,
                end);
        return id;
    }

    void write(String sql, @Nullable Object... values) {
        database.inTransaction(transaction -> transaction.sql(sql).with(values).update());
    }

    /** The data of the answer. */
    JsonNode created() {
        return created(caller);
    }

    JsonNode created(Caller by) {
        return json(create(by, "{\"name\":\"pager\",\"url\":\"" + receiver.url() + "\"}"));
    }

    Response create(Caller by, String body) {
        return call(notices, Method.POST, PATH, by, FakeRequest.post(PATH, body));
    }

    Response create(Notices node, Caller by, String url) {
        var body = "{\"name\":\"pager\",\"url\":\"" + url + "\"}";
        return call(node, Method.POST, PATH, by, FakeRequest.post(PATH, body));
    }

    Response list(Caller by) {
        return call(notices, Method.GET, PATH, by, FakeRequest.get(PATH));
    }

    /** @param part what follows the id: nothing, or {@code /test} and the like */
    Response at(Method method, Caller by, String id, String part) {
        return at(method, by, id, part, "{}");
    }

    Response at(Method method, Caller by, String id, String part, String body) {
        return at(notices, method, by, id, part, body);
    }

    Response at(Notices node, Method method, Caller by, String id, String part) {
        return at(node, method, by, id, part, "{}");
    }

    private static Response at(Notices node, Method method, Caller by, String id, String part, String body) {
        var request = FakeRequest.of(method, PATH + "/" + id + part)
                .withPathParameter("webhook_id", id)
                .withBody(body);
        return call(node, method, PATH + "/{webhook_id}" + part, by, request);
    }

    private static Response call(Notices node, Method method, String template, Caller by, FakeRequest request) {
        var route = node.routes().stream()
                .filter(candidate ->
                        candidate.method() == method && candidate.path().equals(template))
                .findFirst()
                .orElseThrow();
        if (!(route.target() instanceof Route.Target.Signed(var handler))) {
            throw new IllegalStateException(template + " is for anybody");
        }
        try {
            return handler.handle(by, request);
        } catch (BadInput e) {
            return e.problem();
        }
    }

    JsonNode deliveries(String id) {
        return json(at(Method.GET, caller, id, "/deliveries")).path("deliveries");
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
        if (response instanceof Reply reply && reply.body() instanceof Reply.Body.Json json) {
            return JsonMapper.shared().valueToTree(json.value());
        }
        throw new AssertionError("no JSON: " + response);
    }

    /** Actions and records in the trail of all organizations, in order. */
    List<String> trail() {
        return database.reading(transaction -> transaction
                .sql("SELECT action, record FROM change_event ORDER BY sequence")
                .map(row -> row.text("action") + " " + row.text("record"))
                .list());
    }

    List<String> actions() {
        return trail().stream()
                .map(line -> line.substring(0, line.indexOf(' ')))
                .toList();
    }

    double deliveriesCounted(String outcome) {
        return registry.get("sallyport_webhook_deliveries")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    double expiring(String within) {
        return registry.get("sallyport_credentials_expiring")
                .tag("within", within)
                .gauge()
                .value();
    }

    @Override
    public void close() {
        notices.close();
        outbounds.forEach(Outbound::close);
        receiver.close();
        database.close();
    }
}
