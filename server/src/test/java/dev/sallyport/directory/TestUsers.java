package dev.sallyport.directory;

import dev.sallyport.audit.Actor;
import dev.sallyport.feed.Change;
import dev.sallyport.feed.ChangeKind;
import dev.sallyport.http.BadInput;
import dev.sallyport.http.FakeRequest;
import dev.sallyport.http.Method;
import dev.sallyport.http.Problem;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Response;
import dev.sallyport.http.Route;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.Organization;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.Origin;
import dev.sallyport.identity.Principal;
import dev.sallyport.identity.PrincipalId;
import dev.sallyport.permission.Authority;
import dev.sallyport.permission.ManagedRole;
import dev.sallyport.secret.Pepper;
import dev.sallyport.sql.TestDatabase;
import dev.sallyport.sql.Transaction;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Acme with its administrator Ann, and whoever she and others add and invite. */
final class TestUsers implements AutoCloseable {

    static final ChangeKind CREDENTIAL = new ChangeKind("credential");
    static final Origin SOMEWHERE = new Origin("203.0.113.7", "");

    /** What somebody who came in was given. */
    record First(Principal user, Authority scopes) {}

    final TestDirectory test;
    final Invitations invitations;
    final Organization acme;
    final Caller ann;

    private TestUsers(TestDirectory test) {
        this.test = test;
        invitations = test.directory.invitations(new Pepper(new byte[Pepper.KEY_BYTES]), "dd", new SecureRandom());
        var founded = test.founded("Acme", "ann@acme.example");
        acme = founded.organization();
        ann = test.signedIn(acme, founded.admin());
    }

    static TestUsers open(TestDatabase kind) {
        return new TestUsers(TestDirectory.open(kind));
    }

    /** An active user with a token of those scopes, or of all. */
    Caller joins(String email, ManagedRole role, String... scopes) {
        return test.signedIn(acme, test.added(acme, email, role), scopes);
    }

    /** A service account, which another piece makes. */
    PrincipalFact serviceAccount(String name, ManagedRole role) {
        var account = new Principal(
                PrincipalId.random(),
                acme.id(),
                Principal.Kind.SERVICE_ACCOUNT,
                "ann@acme.example",
                name,
                null,
                Principal.State.ACTIVE,
                0,
                ann.principal().id(),
                TestDirectory.NOON,
                TestDirectory.NOON);
        test.database.inTransaction(transaction -> {
            new PrincipalStore().insert(transaction, account);
            new RoleStore().grant(transaction, acme.id(), account.id(), role);
            return true;
        });
        return test.fact(account);
    }

    Response call(String operation, Caller caller, FakeRequest request) {
        var route = Stream.concat(
                        test.directory.routes().stream(),
                        invitations.routes(() -> "https://sallyport.example").stream())
                .filter(candidate -> candidate.operation().equals(operation))
                .findFirst()
                .orElseThrow();
        try {
            return ((Route.Target.Signed) route.target()).handler().handle(caller, request);
        } catch (BadInput e) {
            return e.problem();
        }
    }

    int status(String operation, Caller caller, FakeRequest request) {
        return switch (call(operation, caller, request)) {
            case Problem problem -> problem.status();
            case Reply reply -> reply.status();
        };
    }

    Problem problem(String operation, Caller caller, FakeRequest request) {
        return (Problem) call(operation, caller, request);
    }

    JsonNode json(String operation, Caller caller, FakeRequest request) {
        var response = call(operation, caller, request);
        if (response instanceof Reply reply && reply.body() instanceof Reply.Body.Json body) {
            return JsonMapper.shared().valueToTree(body.value());
        }
        throw new AssertionError(response);
    }

    PrincipalFact created(String email, String... roles) {
        return fact(
                json("CreateUser", ann, creation(email, roles)).at("/data/id").asString());
    }

    PrincipalFact fact(String id) {
        return test.database
                .reading(tx ->
                        test.directory.user(tx, acme.id(), PrincipalId.parse(id).orElseThrow()))
                .orElseThrow();
    }

    PrincipalFact fact(PrincipalFact before) {
        return fact(before.principal().id().toString());
    }

    static FakeRequest creation(String email, String... roles) {
        var references = Stream.of(roles)
                .map(role -> Map.of("type", "roles", "id", role))
                .toList();
        return FakeRequest.post(
                "/api/v2/users",
                text(Map.of(
                        "data",
                        Map.of(
                                "type",
                                "users",
                                "attributes",
                                Map.of("email", email, "name", "Bob", "title", "Builder"),
                                "relationships",
                                Map.of("roles", Map.of("data", references))))));
    }

    static FakeRequest edit(PrincipalId id, Map<String, ?> attributes) {
        return of(Method.PATCH, id)
                .withBody(text(Map.of("data", Map.of("type", "users", "id", id.toString(), "attributes", attributes))));
    }

    static FakeRequest of(Method method, PrincipalId id) {
        return FakeRequest.of(method, "/api/v2/users/" + id).withPathParameter("user_id", id.toString());
    }

    static FakeRequest invitation(PrincipalId... ids) {
        var data = Stream.of(ids)
                .map(id -> Map.of(
                        "type",
                        "user_invitations",
                        "relationships",
                        Map.of("user", Map.of("data", Map.of("type", "users", "id", id.toString())))))
                .toList();
        return FakeRequest.post("/api/v2/user_invitations", text(Map.of("data", data)));
    }

    /** The code in the link that Ann gets for that user. */
    String invited(PrincipalFact user) {
        var link = json("SendInvitations", ann, invitation(user.principal().id()))
                .at("/data/0/attributes/link")
                .asString();
        return link.substring(link.indexOf("?code=") + "?code=".length());
    }

    Optional<First> accepts(String code) {
        return invitations.accept(code, SOMEWHERE, new Noted());
    }

    /** Gives nothing but a note of who came in, whatever the rules say. */
    private static final class Noted implements FirstCredential<First> {

        @Override
        public void holdRules(Transaction transaction, OrganizationId organization, Instant now) {}

        @Override
        public boolean holdMaker(Transaction transaction, OrganizationId organization, CredentialId maker) {
            return true;
        }

        @Override
        public Issued<First> issue(
                Transaction transaction, Organization organization, Principal user, Authority scopes, Actor actor) {
            var change =
                    new Change(CREDENTIAL, organization.id().value(), user.id().toString());
            return new Issued<>(new First(user, scopes), Optional.of(change));
        }
    }

    List<String> trail() {
        return test.trail(acme.id());
    }

    static String text(Object value) {
        return JsonMapper.shared().writeValueAsString(value);
    }

    @Override
    public void close() {
        test.close();
    }
}
