package dev.sallyport;

import dev.sallyport.audit.Audit;
import dev.sallyport.authentication.Authenticator;
import dev.sallyport.authentication.ReplicaFollower;
import dev.sallyport.authentication.ReplicaSnapshots;
import dev.sallyport.authzen.Authzen;
import dev.sallyport.catalogue.ProtectedApi;
import dev.sallyport.chooser.Chooser;
import dev.sallyport.console.Console;
import dev.sallyport.credential.StoredCredential;
import dev.sallyport.decision.Decisions;
import dev.sallyport.door.Doors;
import dev.sallyport.explain.Explanations;
import dev.sallyport.feed.Change;
import dev.sallyport.feed.FeedStalled;
import dev.sallyport.feed.Follower;
import dev.sallyport.feed.History;
import dev.sallyport.grpc.GrpcLimits;
import dev.sallyport.grpc.GrpcListener;
import dev.sallyport.http.CannotListen;
import dev.sallyport.http.HttpServer;
import dev.sallyport.http.Limits;
import dev.sallyport.http.Listener;
import dev.sallyport.http.Method;
import dev.sallyport.http.Outbound;
import dev.sallyport.http.OutboundLimits;
import dev.sallyport.http.Problem;
import dev.sallyport.http.Reply;
import dev.sallyport.http.Route;
import dev.sallyport.identity.Caller;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.identity.Origin;
import dev.sallyport.jose.JwtSigner;
import dev.sallyport.jose.KeyRing;
import dev.sallyport.leak.KeySource;
import dev.sallyport.leak.Leaks;
import dev.sallyport.notice.Notices;
import dev.sallyport.sql.SqlFailure;
import dev.sallyport.sql.Transaction;
import dev.sallyport.token.Redemption;
import dev.sallyport.usage.Usage;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A running server: the data plane and the control plane over one {@link Installation}. */
final class Server implements AutoCloseable {

    /** A gateway passes on what it took itself; nginx takes four buffers of 8 KiB unless told otherwise. */
    private static final int DOOR_HEADER_BYTES = 64 << 10;

    private static final Duration DRAIN = Duration.ofSeconds(5);

    private final Installation installation;
    private final Audit audit;
    private final KeyRing keys;
    private final ReplicaSnapshots snapshots;
    private final KeyRotation rotation;
    private final Metrics metrics = new Metrics();
    private final Outbound outbound;
    private final Notices notices;
    private final Leaks leaks;
    private final Authzen authzen;
    private final Chooser chooser = new Chooser();
    private final Usage usage;
    private final ProtectedApi managementApi;
    private final HttpServer http;
    private final List<Route> publicRoutes;
    private final Listener management;
    private final List<Route> doorRoutes;
    private final Listener doors;
    private final @Nullable GrpcListener grpc;
    private final Config config;

    private Server(Config config, Installation installation) {
        this.config = config;
        this.installation = installation;
        keys = KeyRing.open(
                installation.database(), installation.keys.encryption(), installation.clock, installation.random);
        snapshots = new ReplicaSnapshots(
                installation.folder().path().resolve("replica.snapshot"),
                installation.keys.pepper(),
                installation.replica,
                installation.permissions,
                installation.feed,
                installation.clock);
        installation.feed.start(new Followers(
                new ReplicaFollower(
                        installation.replica,
                        snapshots,
                        installation.directory,
                        installation.credentials,
                        installation.rules,
                        installation.limits,
                        installation.catalogue,
                        installation.permissions,
                        installation.clock),
                keys));
        snapshots.start();
        rotation = new KeyRotation(keys, installation.feed, installation.trail, installation.clock);
        audit = new Audit(
                installation.database(),
                installation.permissions,
                installation.folder().path(),
                config.durability(),
                installation.clock,
                installation.random,
                this::publicUrl);
        audit.start();
        outbound = Outbound.open(OutboundLimits.DEFAULT, config.outboundAllowed());
        notices = new Notices(
                installation.database(),
                installation.trail,
                installation.permissions,
                installation.keys.encryption(),
                outbound,
                metrics.registry(),
                installation.clock,
                installation.random);
        installation.rules.startSweep();
        http = HttpServer.open(Limits.DEFAULT, Server::failure);
        var authenticator = new Authenticator(
                installation.replica, installation.permissions, installation.keys.pepper(), config.brand());
        var decisions = new Decisions(
                installation.replica,
                authenticator,
                audit.decisions(),
                installation.limits.throttle(),
                installation.permissions,
                installation.feed,
                installation.clock);
        leaks = new Leaks(
                config.leaks(),
                new StoredLeaks(
                        authenticator,
                        installation.inventory,
                        installation.database(),
                        installation.feed,
                        installation.trail,
                        installation.clock),
                KeySource.over(outbound),
                System::nanoTime);
        authzen = new Authzen(installation.replica, decisions.judge(), installation.permissions, this::gatewayUrl);
        usage = usage(decisions);
        managementApi = managementApi(decisions);
        var gate = decisions.gate(managementApi, config.legacyKeys());
        publicRoutes = publicRoutes(decisions);
        management = http.listen(config.listen(), config.port(), publicRoutes, gate, config.clientHop());
        // The issuer of assertions may be the port that was only now found.
        var gatewayDoors = gatewayDoors(decisions);
        doorRoutes = doorRoutes(gatewayDoors);
        doors = http.listen(
                config.gatewayListen(),
                config.gatewayPort(),
                doorRoutes,
                gate,
                config.gatewayClientHop(),
                Limits.DEFAULT.withHeaders(DOOR_HEADER_BYTES));
        grpc = grpc(gatewayDoors);
        notices.start();
    }

    /** @throws StartFailure if an address cannot be listened on or the log cannot be written */
    static Server start(Config config, Installation installation) throws StartFailure {
        try {
            return new Server(config, installation);
        } catch (CannotListen e) {
            throw new StartFailure(String.valueOf(e.getMessage()));
        } catch (SqlFailure | FeedStalled e) {
            throw new StartFailure("The database cannot be used: " + e.getMessage());
        } catch (UncheckedIOException e) {
            throw new StartFailure(String.valueOf(e.getMessage()));
        }
    }

    private List<Route> publicRoutes(Decisions decisions) {
        var jwks = Route.open(
                Method.GET,
                "/.well-known/jwks.json",
                "Jwks",
                _ -> Reply.text(200, "application/jwk-set+json", keys.jwks())
                        .with("Cache-Control", "public, max-age=" + KeyRing.JWKS_LIFETIME.toSeconds()));
        return Stream.of(
                        managedRoutes(decisions).stream(),
                        health(),
                        Stream.of(jwks),
                        leaks.routes().stream(),
                        new Console(installation.tokens::redeem, this::accept).routes().stream())
                .flatMap(part -> part)
                .toList();
    }

    private Redemption accept(String code, Origin origin) {
        return installation
                .invitations
                .accept(code, origin, new InvitedToken(installation.rules, installation.tokens))
                .orElseGet(Redemption.Refused::new);
    }

    private @Nullable GrpcListener grpc(Doors gatewayDoors) {
        if (config.gatewayGrpcPort().isEmpty()) {
            return null;
        }
        return GrpcListener.listen(
                http,
                config.gatewayListen(),
                config.gatewayGrpcPort().getAsInt(),
                gatewayDoors.methods(config.gatewayClientHop()),
                GrpcLimits.DEFAULT);
    }

    private List<Route> doorRoutes(Doors gatewayDoors) {
        return Stream.of(
                        gatewayDoors.routes().stream(),
                        installation.catalogue.routes().stream(),
                        authzen.routes().stream(),
                        Stream.of(authzen.configuration(), metrics.route()),
                        health())
                .flatMap(part -> part)
                .toList();
    }

    private Doors gatewayDoors(Decisions decisions) {
        return new Doors(
                installation.replica,
                decisions.judge(),
                installation.permissions,
                new JwtSigner(keys),
                publicUrl(),
                config.gatewayCredential(),
                installation.clock);
    }

    private List<Route> managedRoutes(Decisions decisions) {
        return Stream.of(
                        installation.directory.routes(),
                        installation.rules.routes(),
                        installation.limits.routes(),
                        installation.invitations.routes(this::publicUrl),
                        installation.inventory.routes(),
                        installation.tokens.routes(),
                        installation.legacyKeys.routes(),
                        audit.routes(),
                        notices.routes(),
                        chooser.routes(),
                        usage.routes(),
                        explanations(decisions).routes(),
                        decisions.routes(this::publicUrl))
                .flatMap(List::stream)
                .toList();
    }

    private Usage usage(Decisions decisions) {
        return new Usage(
                installation.database(),
                installation.permissions,
                decisions.rehearsals(),
                this::api,
                installation.replica::isVisible,
                chooser,
                this::rescope,
                audit::awaitCounts,
                installation.clock);
    }

    private @Nullable ProtectedApi api(String id) {
        return id.equals(ProtectedApi.SALLYPORT) ? managementApi : installation.replica.api(id);
    }

    private Optional<Problem> rescope(Caller caller, StoredCredential credential, List<String> scopes) {
        return credential.kind() == CredentialKind.APPLICATION_KEY
                ? installation.legacyKeys.rescope(caller, credential, scopes)
                : installation.tokens.rescope(caller, credential, scopes);
    }

    private Explanations explanations(Decisions decisions) {
        return new Explanations(
                audit,
                installation.replica,
                decisions.judge(),
                installation.permissions,
                installation.directory,
                installation.database(),
                installation.feed);
    }

    private ProtectedApi managementApi(Decisions decisions) {
        var routes = Stream.of(managedRoutes(decisions), installation.catalogue.routes(), authzen.routes())
                .flatMap(List::stream)
                .toList();
        return ProtectedApi.ofRoutes(ProtectedApi.SALLYPORT, "Sallyport", routes);
    }

    private Stream<Route> health() {
        return Stream.of(
                Route.onLoop(Method.GET, "/healthz", "Health", exchange -> exchange.answer(Reply.ok(new Health("ok")))),
                Route.onLoop(Method.GET, "/readyz", "Ready", exchange -> exchange.answer(readiness())));
    }

    record Health(String status) {}

    private Reply readiness() {
        return installation.feed.isFresh()
                ? Reply.ok(new Health("ready"))
                : Reply.json(503, new Health("stale: the database has not answered for too long"));
    }

    private static Optional<Problem> failure(RuntimeException thrown) {
        return thrown instanceof SqlFailure || thrown instanceof FeedStalled
                ? Optional.of(new Problem(503, "unavailable", "The database did not answer in time. Try again.")
                        .with("Retry-After", "1"))
                : Optional.empty();
    }

    /** What is answered at the public address. */
    List<Route> publicRoutes() {
        return publicRoutes;
    }

    /** What is answered at the doors' address. */
    List<Route> doorRoutes() {
        return doorRoutes;
    }

    String url() {
        return "http://" + shown(config.listen()) + ":" + management.port();
    }

    String doorsUrl() {
        return "http://" + bracketed(config.gatewayListen()) + ":" + doors.port();
    }

    /** HOST:PORT where gateways ask over gRPC; empty where that is off. */
    Optional<String> grpcAddress() {
        return Optional.ofNullable(grpc).map(listener -> bracketed(config.gatewayListen()) + ":" + listener.port());
    }

    String publicUrl() {
        return config.publicUrl().map(Object::toString).orElseGet(this::url);
    }

    private String gatewayUrl() {
        return config.gatewayUrl().map(Object::toString).orElseGet(this::doorsUrl);
    }

    private static String shown(String address) {
        return address.equals("127.0.0.1") || address.equals("0.0.0.0") ? "localhost" : bracketed(address);
    }

    private static String bracketed(String address) {
        return address.indexOf(':') < 0 ? address : "[" + address + "]";
    }

    /** Answers what is under way, refuses what comes, and puts everything acknowledged to rest. */
    @Override
    public void close() {
        // Both at once: whoever asks a server to stop waits ten seconds, as a rule, before killing it.
        var drainingDoors = Thread.ofPlatform().name("drain-doors").start(() -> doors.drain(DRAIN));
        var drainingGrpc = Thread.ofPlatform().name("drain-grpc").start(this::drainGrpc);
        management.drain(DRAIN);
        try {
            drainingDoors.join();
            drainingGrpc.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        http.close();
        notices.close();
        outbound.close();
        metrics.close();
        rotation.close();
        snapshots.close();
        audit.close();
        installation.close();
    }

    private void drainGrpc() {
        var listener = grpc;
        if (listener != null) {
            listener.drain(DRAIN);
        }
    }

    /** What has to follow the feed: calls are answered from the one, assertions are signed with the other. */
    private record Followers(ReplicaFollower replica, KeyRing keys) implements Follower {

        @Override
        public void load(Transaction transaction) {
            replica.load(transaction);
            keys.reload(transaction);
        }

        @Override
        public long load(Transaction transaction, History history) {
            keys.reload(transaction);
            return replica.load(transaction, history);
        }

        @Override
        public void apply(Transaction transaction, Change change) {
            if (change.kind().equals(KeyRotation.KIND)) {
                keys.reload(transaction);
            } else {
                replica.apply(transaction, change);
            }
        }
    }
}
