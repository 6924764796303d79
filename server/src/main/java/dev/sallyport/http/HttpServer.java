package dev.sallyport.http;

import io.netty.channel.EventLoopGroup;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The event loops and the workers that all listeners share. */
public final class HttpServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final Duration START = Duration.ofSeconds(30);
    private static final int ATTEMPTS = 10;
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(50);
    private static final int BODIES_AT_ONCE = 64;

    private final Vertx vertx;
    private final int loops;
    private final Limits limits;
    private final Workers workers;
    private final BodyRoom room;
    private final Json json;
    private final Failures failures;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final Set<Integer> ports = ConcurrentHashMap.newKeySet();
    private final AtomicInteger anyPort = new AtomicInteger();

    private HttpServer(Limits limits, Function<RuntimeException, Optional<Problem>> failures) {
        this.limits = limits;
        this.failures = new Failures(failures);
        loops = Math.max(2, Runtime.getRuntime().availableProcessors());
        workers = new Workers(limits.workers(), limits.queuedRequests());
        room = new BodyRoom((long) BODIES_AT_ONCE * limits.bodyBytes());
        json = new Json(limits);
        vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(loops)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setDisableTCCL(true)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    }

    /**
     * @param failures which exceptions of handlers are no defects, and what the client hears of them; a failure of the database
     *     is 503 with {@code Retry-After}. What it does not know becomes a bare 500
     */
    public static HttpServer open(Limits limits, Function<RuntimeException, Optional<Problem>> failures) {
        return new HttpServer(limits, failures);
    }

    /**
     * Listens with every event loop.
     *
     * @param address an IP address of this machine, or a name of it
     * @param port 0 for any free one
     * @throws CannotListen if the address or the port cannot be had
     * @throws IllegalArgumentException if the routes contradict each other
     */
    public Listener listen(String address, int port, List<Route> routes, Gate gate, ClientHop hop) {
        return listen(address, port, routes, gate, hop, limits);
    }

    /** The same with bounds of its own for what one connection sends; bodies and workers stay those of the server. */
    public Listener listen(String address, int port, List<Route> routes, Gate gate, ClientHop hop, Limits limits) {
        var service = new Service(
                new RouteTable(routes), gate, hop, limits, workers, room, json, new Renderer(json), failures);
        var socket = socketAddress(address, port);
        for (var attempt = 1; ; attempt++) {
            try {
                return listen(socket, service);
            } catch (ExecutionException failure) {
                var cause = failure.getCause() == null ? failure : failure.getCause();
                if (attempt == ATTEMPTS || !CannotListen.isInUse(cause)) {
                    throw CannotListen.at(address, port, cause);
                }
                // A closed listener gives its port back when its event loop next looks, a moment after the close was
                // reported.
                LockSupport.parkNanos(BETWEEN_ATTEMPTS.toNanos());
            } catch (TimeoutException failure) {
                throw CannotListen.at(address, port, failure);
            }
        }
    }

    /** The event loops, for a listener of another protocol; they end with the server. */
    public EventLoopGroup eventLoops() {
        return ((VertxInternal) vertx).nettyEventLoopGroup();
    }

    private Listener listen(SocketAddress socket, Service service) throws ExecutionException, TimeoutException {
        var connections = new AtomicInteger();
        var parts = new ConcurrentLinkedQueue<LoopListener>();
        var deployment = vertx.deployVerticle(
                () -> {
                    var part = new LoopListener(socket, service, connections);
                    parts.add(part);
                    return part;
                },
                new DeploymentOptions().setInstances(loops));
        var id = await(deployment, START);
        var listened = parts.element().port();
        ports.add(listened);
        var listener = new Listener(listened, patience -> {
            end(id, List.copyOf(parts), patience);
            ports.remove(listened);
        });
        listeners.add(listener);
        return listener;
    }

    private SocketAddress socketAddress(String address, int port) {
        if (port < 0 || port > 65_535) {
            throw new CannotListen(
                    "Port " + port + " does not exist; choose one from 1 to 65535, or 0 for any free one.", null);
        }
        // Vert.x lets servers of one process share a port, and would deal requests to both at random.
        if (ports.contains(port)) {
            throw new CannotListen(
                    "Port " + port + " is asked for twice; give each address of the server a port of its own.", null);
        }
        try {
            var host = InetAddress.getByName(address).getHostAddress();
            return port == 0
                    ? SocketAddress.sharedRandomPort(anyPort.incrementAndGet(), host)
                    : SocketAddress.inetSocketAddress(port, host);
        } catch (UnknownHostException unknown) {
            throw CannotListen.atNoAddress(address, unknown);
        }
    }

    private void end(String deployment, List<LoopListener> parts, Duration patience) {
        var ended = patience.isZero()
                ? Future.succeededFuture()
                : Future.join(parts.stream().map(part -> part.drain(patience)).toList());
        settle(
                ended.eventually(() -> vertx.undeploy(deployment).recover(_ -> Future.succeededFuture())),
                patience.plus(START));
    }

    /** Cuts off the listeners that were not drained, lets handlers end for up to five seconds, and stops the event loops. */
    @Override
    public void close() {
        listeners.forEach(Listener::close);
        workers.close();
        settle(vertx.close(), START);
    }

    private static void settle(Future<?> ending, Duration patience) {
        try {
            await(ending, patience);
        } catch (ExecutionException | TimeoutException failure) {
            LOG.warn("a listener did not end cleanly", failure);
        }
    }

    private static <T> T await(Future<T> future, Duration patience) throws ExecutionException, TimeoutException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ExecutionException(interrupted);
        }
    }
}
