package dev.sallyport;

import dev.sallyport.audit.Actor;
import dev.sallyport.audit.Durability;
import dev.sallyport.credential.Credentials;
import dev.sallyport.decision.LegacyKeys;
import dev.sallyport.directory.AddUser;
import dev.sallyport.directory.ChangeStanding;
import dev.sallyport.directory.Directory;
import dev.sallyport.directory.FoundOrganization;
import dev.sallyport.feed.Change;
import dev.sallyport.feed.Outcome;
import dev.sallyport.http.ClientHop;
import dev.sallyport.identity.Organization;
import dev.sallyport.identity.Principal;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.leak.LeakResponse;
import dev.sallyport.leak.LeakSettings;
import dev.sallyport.permission.ManagedRole;
import dev.sallyport.permission.Permission;
import dev.sallyport.secret.Secret;
import dev.sallyport.sql.DatabaseUrl;
import dev.sallyport.sql.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

/** The whole program on loopback, with a store of its own and a clock that stands still until it is moved. */
final class TestAuthority implements AutoCloseable {

    static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    final Installation installation;
    final Server server;
    private volatile Instant now = NOON;

    private final Config config;

    private TestAuthority(Config config) {
        this.config = config;
        try {
            installation = Installation.open(config, () -> now);
            server = Server.start(config, installation);
        } catch (StartFailure e) {
            throw new IllegalStateException(e);
        }
    }

    static TestAuthority on(TestDatabase kind) {
        return new TestAuthority(config(kind.url(), Optional.empty()));
    }

    /** At whose doors a gateway must show that secret. */
    static TestAuthority guarded(TestDatabase kind, String gatewayCredential) {
        return new TestAuthority(config(kind.url(), Optional.of(new Secret(gatewayCredential))));
    }

    /** Stops, and starts again on the same folder and store. */
    TestAuthority restarted() {
        close();
        return startedAgain();
    }

    /** One that was stopped, on the same folder and store. */
    TestAuthority startedAgain() {
        var next = new TestAuthority(config);
        next.now = now;
        return next;
    }

    Path folder() {
        return config.data();
    }

    static Config config(DatabaseUrl database, Optional<Secret> gatewayCredential) {
        return new Config(
                newFolder(),
                database,
                "127.0.0.1",
                0,
                Optional.empty(),
                "127.0.0.1",
                0,
                Optional.empty(),
                OptionalInt.of(0),
                gatewayCredential,
                ClientHop.DIRECT,
                new ClientHop(1),
                Duration.ofMinutes(1),
                Durability.STRICT,
                Set.of(),
                new LeakSettings("dd", LeakResponse.REVOKE, LeakSettings.GITHUB_KEYS),
                "dd",
                new LegacyKeys(Optional.of(Instant.parse("2026-06-30T00:00:00Z")), Optional.empty()));
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("sallyport-authority");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of an authority on SQLite. */
    Path databaseFile() {
        return ((DatabaseUrl.Sqlite) config.database()).file();
    }

    Instant now() {
        return now;
    }

    void passes(Duration time) {
        now = now.plus(time);
    }

    /** A new organization; its administrator has a first token with every scope. */
    TestPerson founds(String name) {
        var request = new FoundOrganization.Request(name, email(name), FoundOrganization.Store.ANY);
        var founded = (FoundOrganization.Result.Founded) installation.directory.found(request);
        return arrives(founded.organization(), founded.admin());
    }

    /** A new user of that person's organization, with a first token of every scope. */
    TestPerson joins(TestPerson colleague, String name, ManagedRole role) {
        var organization = colleague.organization();
        var request = new AddUser.Request(email(name), name, role);
        var added = (AddUser.Result.Added) installation.directory.addUser(Actor.operator(organization.id()), request);
        return arrives(organization, added.user());
    }

    private static String email(String name) {
        return name.toLowerCase(Locale.ROOT) + "-" + UUID.randomUUID() + "@example.com";
    }

    private TestPerson arrives(Organization organization, Principal user) {
        return new TestPerson(this, organization, user, firstToken(organization, user));
    }

    /** Every scope that there is now. */
    TestPerson.Shown firstToken(Organization organization, Principal user) {
        var scopes = installation.permissions.matching(Permission::isTokenScope);
        var actor = Actor.operator(organization.id());
        return installation.feed.change(transaction -> {
            var issued = installation.tokens.issueFirst(transaction, organization, user, scopes, actor);
            var id = issued.token().id();
            return Outcome.changed(
                    Credentials.change(organization.id(), id),
                    new TestPerson.Shown(id.toString(), issued.secret().reveal()));
        });
    }

    /** A service account of that person's organization, with a managed role. */
    PrincipalId serves(TestPerson colleague, ManagedRole role) {
        var id = PrincipalId.random();
        var organization = colleague.organization().id();
        return installation.feed.change(transaction -> {
            transaction
                    .sql("""
                            INSERT INTO principal (id, organization_id, kind, email, email_folded, name, name_folded,
                                state, epoch, created_at, modified_at)
                            VALUES (?, ?, 'service_account', 'ci@example.com', 'ci@example.com', 'CI', 'ci', 'active', 0,
                                ?, ?)
                            """)
                    .with(id.value(), organization.value(), now, now)
                    .update();
            transaction
                    .sql("""
                            INSERT INTO role_member (role_id, principal_id, organization_id)
                            SELECT id, ?, organization_id FROM role WHERE organization_id = ? AND managed = ?
                            """)
                    .with(id.value(), organization.value(), role.code())
                    .update();
            return Outcome.changed(new Change(Directory.PRINCIPAL, organization.value(), id.toString()), id);
        });
    }

    void disables(TestPerson person) {
        disables(person.organization(), person.principal().id());
    }

    void disables(Organization organization, PrincipalId principal) {
        changes(organization, principal, ChangeStanding.To.DISABLED);
    }

    /** The principal in its new epoch. */
    Principal enables(Organization organization, PrincipalId principal) {
        return changes(organization, principal, ChangeStanding.To.ACTIVE);
    }

    private Principal changes(Organization organization, PrincipalId principal, ChangeStanding.To to) {
        var result = installation.directory.change(Actor.operator(organization.id()), principal, to);
        if (result instanceof ChangeStanding.Result.Changed(var changed)) {
            return changed;
        }
        throw new AssertionError(result);
    }

    /** A request to the public address. */
    TestCall call(String method, String path) {
        return TestCall.of(method, server.url() + path);
    }

    /** A request to the doors' address. */
    TestCall atDoors(String method, String path) {
        return TestCall.of(method, server.doorsUrl() + path);
    }

    /** What nginx asks for a request to a protected API. */
    TestCall nginx(String api, String method, String uri) {
        return atDoors("GET", "/gateway/nginx/" + api)
                .with("X-Original-Method", method)
                .with("X-Original-URI", uri);
    }

    /** What Caddy and Traefik ask. */
    TestCall forwardAuth(String api, String method, String uri) {
        return atDoors("GET", "/gateway/forward-auth/" + api)
                .with("X-Forwarded-Method", method)
                .with("X-Forwarded-Uri", uri);
    }

    /** What Envoy asks. */
    TestCall envoy(String api, String method, String uri) {
        return atDoors(method, "/gateway/envoy/" + api + uri);
    }

    @Override
    public void close() {
        server.close();
    }
}
