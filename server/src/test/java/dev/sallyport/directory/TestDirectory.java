package dev.sallyport.directory;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.ChangeTrail;
import dev.sallyport.feed.Change;
import dev.sallyport.feed.Feed;
import dev.sallyport.feed.Follower;
import dev.sallyport.http.BadInput;
import dev.sallyport.http.FakeRequest;
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
import dev.sallyport.permission.Authority;
import dev.sallyport.permission.ManagedRole;
import dev.sallyport.permission.Permission;
import dev.sallyport.permission.Permissions;
import dev.sallyport.sql.Database;
import dev.sallyport.sql.TestDatabase;
import dev.sallyport.sql.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The real directory over a new database, with a clock that stands still until it is moved. */
final class TestDirectory implements AutoCloseable {

    static final Instant NOON = Instant.parse("2026-11-23T12:00:00.000001Z");

    final Permissions permissions = Permissions.shipped();
    /** The organizations and namespaces that see each other, as {@code organization/namespace}. */
    final Set<String> visible = new HashSet<>();

    final List<Change> applied = new CopyOnWriteArrayList<>();
    final Database database;
    final Directory directory;
    private final Feed feed;
    private Instant now = NOON;

    private TestDirectory(Database database) {
        this.database = database;
        InstantSource clock = () -> now;
        feed = new Feed(database, clock, Duration.ofSeconds(60));
        feed.start(new Follower() {
            @Override
            public void load(Transaction transaction) {}

            @Override
            public void apply(Transaction transaction, Change change) {
                applied.add(change);
            }
        });
        directory = new Directory(database, feed, new ChangeTrail(), permissions, this::isVisible, clock);
    }

    static TestDirectory open(TestDatabase kind) {
        return new TestDirectory(kind.open());
    }

    Feed feed() {
        return feed;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    FoundOrganization.Result.Founded founded(String name, String adminEmail) {
        return (FoundOrganization.Result.Founded)
                directory.found(new FoundOrganization.Request(name, adminEmail, FoundOrganization.Store.ANY));
    }

    Principal added(Organization organization, String email, ManagedRole role) {
        var result = directory.addUser(Actor.operator(organization.id()), new AddUser.Request(email, email, role));
        return ((AddUser.Result.Added) result).user();
    }

    PrincipalFact fact(Principal user) {
        return database.reading(transaction -> directory.user(transaction, user.organization(), user.id()))
                .orElseThrow();
    }

    /** What is read of a principal that holds those roles. */
    PrincipalFact holding(Principal principal, ManagedRole... roles) {
        var wanted = Set.of(roles);
        var ids = database.reading(transaction -> directory.roles(transaction, principal.organization())).stream()
                .filter(role -> role.managed().filter(wanted::contains).isPresent())
                .map(RoleFact::id)
                .collect(Collectors.toSet());
        return new PrincipalFact(principal, ids);
    }

    /** The actions on the trail of an organization, in order. */
    List<String> trail(OrganizationId organization) {
        return database.reading(transaction -> transaction
                .sql("SELECT action FROM change_event WHERE organization_id = ? ORDER BY sequence")
                .with(organization.value())
                .map(row -> row.text("action"))
                .list());
    }

    static Caller caller(Organization organization, Principal user) {
        var credential = new Credential(
                CredentialId.random(),
                CredentialKind.PERSONAL_ACCESS_TOKEN,
                "laptop",
                Authority.NONE,
                NOON.plus(Duration.ofDays(1)),
                null);
        return new Caller(organization, user, credential, Authority.NONE, new Origin("192.0.2.1", ""));
    }

    /** A caller with a live token of that user, as the gate lets it in now; without scopes it carries all of them. */
    Caller signedIn(Organization organization, Principal user, String... scopes) {
        var carriable = permissions.matching(Permission::isTokenScope);
        var carried = scopes.length == 0 ? carriable : permissions.authorityOf(List.of(scopes));
        var credential = new Credential(
                CredentialId.random(),
                CredentialKind.PERSONAL_ACCESS_TOKEN,
                "laptop",
                carried,
                NOON.plus(Duration.ofDays(1)),
                null);
        database.inTransaction(transaction -> transaction
                .sql("""
                        INSERT INTO credential (id, organization_id, owner_id, kind, name, name_folded, scopes, digest,
                            pepper_version, owner_epoch, created_at, expires_at)
                        VALUES (?, ?, ?, 'personal_access_token', 'laptop', 'laptop', ?, ?, 1, ?, ?, ?)
                        """)
                .with(
                        credential.id().value(),
                        organization.id().value(),
                        user.id().value(),
                        String.join(" ", permissions.namesOf(carried)),
                        new byte[32],
                        user.epoch(),
                        NOON,
                        credential.expiresAt())
                .update());
        return again(organization, user, credential);
    }

    /** The same caller as the gate would let it in now. */
    Caller again(Caller caller) {
        return again(caller.organization(), caller.principal(), caller.credential());
    }

    private Caller again(Organization organization, Principal user, Credential credential) {
        var authority = authorityOf(user).intersect(credential.scopes());
        return new Caller(organization, user, credential, authority, new Origin("192.0.2.1", ""));
    }

    /** What a principal may do now. */
    Authority authorityOf(Principal user) {
        var visiblePermissions = new VisiblePermissions(permissions, this::isVisible);
        return database.reading(transaction -> visiblePermissions.heldBy(
                user.organization(),
                directory
                        .user(transaction, user.organization(), user.id())
                        .orElseThrow()
                        .roles(),
                new RoleStore().all(transaction, user.organization())));
    }

    void revoke(Caller caller) {
        database.inTransaction(transaction -> transaction
                .sql("UPDATE credential SET revoked_at = ? WHERE id = ?")
                .with(NOON, caller.credential().id().value())
                .update());
    }

    /** A custom role of those permissions, made by somebody who may. */
    String role(Caller administrator, String name, String... names) {
        var body = RoleRequests.creation(name, ids(names));
        return json("CreateRole", administrator, FakeRequest.post("/api/v2/roles", body))
                .at("/data/id")
                .asString();
    }

    List<String> ids(String... names) {
        return List.of(names).stream()
                .map(name -> permissions.require(name).id().toString())
                .toList();
    }

    String roleNamed(Caller caller, ManagedRole role) {
        return json("ListRoles", caller, FakeRequest.get("/api/v2/roles").withQuery("filter", role.title()))
                .at("/data/0/id")
                .asString();
    }

    /** What the route of that operation answers. */
    Response call(String operation, Caller caller, FakeRequest request) {
        var route = directory.routes().stream()
                .filter(candidate -> candidate.operation().equals(operation))
                .findFirst()
                .orElseThrow();
        try {
            return switch (route.target()) {
                case Route.Target.Signed(var handler) -> handler.handle(caller, request);
                case Route.Target.Open _, Route.Target.OnLoop _ ->
                    throw new IllegalStateException(operation + " asks nobody who they are");
            };
        } catch (BadInput e) {
            return e.problem();
        }
    }

    /** The body of a good answer, as a client reads it. */
    JsonNode json(String operation, Caller caller, FakeRequest request) {
        var reply = (Reply) call(operation, caller, request);
        if (reply.status() != 200) {
            throw new AssertionError("status " + reply.status());
        }
        var body = (Reply.Body.Json) reply.body();
        return JsonMapper.shared().valueToTree(body.value());
    }

    int status(String operation, Caller caller, FakeRequest request) {
        return switch (call(operation, caller, request)) {
            case Problem problem -> problem.status();
            case Reply reply -> reply.status();
        };
    }

    private boolean isVisible(OrganizationId organization, Permission permission) {
        return visible.contains(organization + "/" + permission.namespace());
    }

    @Override
    public void close() {
        feed.close();
        database.close();
    }
}
