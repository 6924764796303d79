package dev.sallyport.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.audit.Audit;
import dev.sallyport.audit.Durability;
import dev.sallyport.authentication.Authentication;
import dev.sallyport.authentication.Named;
import dev.sallyport.authentication.TestReplica;
import dev.sallyport.catalogue.CanonicalPath;
import dev.sallyport.catalogue.ProtectedApi;
import dev.sallyport.door.Doors;
import dev.sallyport.feed.Change;
import dev.sallyport.feed.Feed;
import dev.sallyport.feed.Follower;
import dev.sallyport.http.Gate;
import dev.sallyport.http.Method;
import dev.sallyport.http.Problem;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Route;
import dev.sallyport.http.TestExchange;
import dev.sallyport.identity.Origin;
import dev.sallyport.jose.JwtSigner;
import dev.sallyport.jose.KeyEncryption;
import dev.sallyport.jose.KeyRing;
import dev.sallyport.limit.Throttle;
import dev.sallyport.permission.ManagedRole;
import dev.sallyport.permission.Permissions;
import dev.sallyport.permission.Requirement;
import dev.sallyport.sql.Database;
import dev.sallyport.sql.Micros;
import dev.sallyport.sql.TestDatabase;
import dev.sallyport.sql.Transaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What must hold before a permit is handed on: a trail that takes it, and a memory that is fresh. */
class JudgeTest {

    private static final Route ROUTE =
            Route.of(Method.GET, "/things", "ListThings", Requirement.SIGNED_IN, (_, _) -> Reply.noContent());

    private final Permissions permissions = Permissions.shipped();
    private final TestReplica replica = new TestReplica(permissions);
    private final SecureRandom random = new SecureRandom();
    private final InstantSource clock = InstantSource.fixed(TestReplica.NOON);
    private final TestReplica.Shown token = token();

    private final Database database = TestDatabase.SQLITE.open();
    private final Audit audit = new Audit(database, permissions, folder(), Durability.STRICT, clock, random, () -> "");

    private static Path folder() {
        try {
            return Files.createTempDirectory("sallyport-judge");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TestReplica.Shown token() {
        var acme = replica.organization("Acme");
        replica.api(TestApis.billing(permissions, acme));
        return replica.token(replica.user(acme, Set.of(ManagedRole.ADMIN)), permissions.matching(_ -> true));
    }

    @AfterEach
    void close() {
        audit.close();
        database.close();
    }

    private Decisions decisions(Duration maxStale) {
        var feed = new Feed(database, clock, maxStale);
        feed.start(new Follower() {
            @Override
            public void load(Transaction transaction) {}

            @Override
            public void apply(Transaction transaction, Change change) {}
        });
        if (maxStale.isNegative()) {
            feed.close();
        }
        return new Decisions(
                replica.replica, replica.authenticator, audit.decisions(), new Throttle(), permissions, feed, clock);
    }

    private Reply atDoor(Decisions decisions) {
        var keys = KeyRing.open(database, new KeyEncryption(new byte[32], random), clock, random);
        var door = new Doors(
                        replica.replica,
                        decisions.judge(),
                        permissions,
                        new JwtSigner(keys),
                        "https://issuer.example",
                        Optional.empty(),
                        clock)
                .routes()
                .getFirst();
        var exchange = new TestExchange(Map.of("api", "billing"))
                .with("X-Original-Method", "GET")
                .with("X-Original-URI", "/either")
                .with("Authorization", "Bearer " + token.secret().reveal());
        ((Route.Target.OnLoop) door.target()).handler().handle(exchange);
        return exchange.reply();
    }

    private Problem atGate(Decisions decisions) {
        var api = ProtectedApi.ofRoutes("sallyport", "Sallyport", List.of(ROUTE));
        var exchange = new TestExchange()
                .with("Authorization", "Bearer " + token.secret().reveal());
        var admission = new AtomicReference<Gate.Admission>();
        decisions.gate(api, new LegacyKeys(Optional.empty(), Optional.empty())).admit(ROUTE, exchange, admission::set);
        return (Problem) ((Gate.Admission.Refused) admission.get()).response();
    }

    @Test
    void a_permit_that_cannot_be_recorded_is_a_denial() {
        var decisions = decisions(Duration.ofMinutes(1));
        audit.close();

        var door = atDoor(decisions);
        var gate = atGate(decisions);

        assertThat(door.status()).isEqualTo(403);
        assertThat(door.headers()).contains(new Reply.Header("Sallyport-Reason", "trail_unavailable"));
        assertThat(door.headers()).contains(new Reply.Header("Sallyport-Identity", ""));
        assertThat(gate.status()).isEqualTo(503);
        assertThat(gate.code()).isEqualTo("trail_unavailable");
    }

    private Judge.Evaluation evaluated(Decisions decisions) {
        var api = Objects.requireNonNull(replica.replica.api("billing"));
        var path = ((CanonicalPath.Parsed.Canonical) CanonicalPath.parse("/either")).path();
        var call = new Judge.Call(api, "billing", Question.Target.of(api, "GET", path), "GET", "/either", "");
        // It asks about itself.
        var asked = replica.authenticator.prove(
                token.secret().reveal(), new Origin("203.0.113.9", ""), Micros.of(clock.instant()));
        var asker = ((Authentication.Accepted) asked).caller();
        return decisions
                .judge()
                .evaluate(asker, new Named.OfCredential(token.facts().id()), call);
    }

    @Test
    void an_evaluation_that_cannot_be_recorded_is_settled_as_a_denial() {
        var decisions = decisions(Duration.ofMinutes(1));
        var recorded = evaluated(decisions);
        assertThat(recorded.settled().join()).isInstanceOf(Decision.Permit.class);
        audit.close();

        var unrecorded = evaluated(decisions);

        assertThat(unrecorded.decision()).isInstanceOf(Decision.Permit.class);
        assertThat(((Decision.Deny) unrecorded.settled().join()).reason()).isEqualTo(Reason.TRAIL_UNAVAILABLE);
    }

    @Test
    void a_node_that_is_too_stale_evaluates_to_a_denial() {
        var settled = evaluated(decisions(Duration.ofMillis(-1))).settled().join();

        assertThat(((Decision.Deny) settled).reason()).isEqualTo(Reason.STALE_REPLICA);
    }

    @Test
    void a_node_that_is_too_stale_denies() {
        var decisions = decisions(Duration.ofMillis(-1));

        var door = atDoor(decisions);
        var gate = atGate(decisions);

        assertThat(door.status()).isEqualTo(403);
        assertThat(door.headers()).contains(new Reply.Header("Sallyport-Reason", "stale_replica"));
        assertThat(gate.status()).isEqualTo(503);
        assertThat(gate.headers()).contains(new Reply.Header("Retry-After", "1"));
    }
}
