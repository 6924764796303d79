package dev.sallyport.grpc;

import dev.sallyport.http.CannotListen;
import dev.sallyport.http.HttpServer;
import io.grpc.Codec;
import io.grpc.DecompressorRegistry;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** An address where gRPC is spoken, in clear text with prior knowledge (RFC 9113 §3.3). */
public final class GrpcListener implements AutoCloseable {

    /** Held, because a logger that nobody holds forgets its level. What strangers send is not worth a line for each. */
    private static final Logger LIBRARY = Logger.getLogger("io.grpc");

    /** No gateway compresses what it asks, and what is small when it comes in should not be large then. */
    private static final DecompressorRegistry PLAIN =
            DecompressorRegistry.emptyInstance().with(Codec.Identity.NONE, false);

    private static final int BACKLOG = 1_024;
    private static final Duration CUT_OFF = Duration.ofSeconds(5);

    /** A gateway that looks more often whether we are there is told to calm down. */
    private static final Duration BETWEEN_PINGS = Duration.ofSeconds(5);

    private final Server server;
    private final List<ScheduledFuture<?>> clocks;

    private GrpcListener(Server server, List<ScheduledFuture<?>> clocks) {
        this.server = server;
        this.clocks = clocks;
    }

    /** One event loop and what it has under way. */
    private record Loop(EventExecutor executor, OpenCalls calls) {}

    /**
     * Listens with the event loops of that server, which must be closed later than this.
     *
     * @param address an IP address of this machine
     * @param port 0 for any free one
     * @throws CannotListen if the address or the port cannot be had
     */
    public static GrpcListener listen(
            HttpServer http, String address, int port, List<UnaryMethod<?, ?>> methods, GrpcLimits limits) {
        LIBRARY.setLevel(Level.SEVERE);
        var open = new ConcurrentHashMap<SocketAddress, Channel>();
        var loops = loops(http.eventLoops(), limits);
        var builder = builder(http.eventLoops(), new InetSocketAddress(address, port), open, limits);
        methods.forEach(method -> builder.addService(service(method, loops, open)));
        try {
            var server = builder.build().start();
            return new GrpcListener(server, clocks(loops, limits));
        } catch (IOException failure) {
            throw CannotListen.at(address, port, failure.getCause() == null ? failure : failure.getCause());
        }
    }

    private static NettyServerBuilder builder(
            EventLoopGroup loops, SocketAddress address, Map<SocketAddress, Channel> open, GrpcLimits limits) {
        return NettyServerBuilder.forAddress(address)
                .bossEventLoopGroup(loops)
                .workerEventLoopGroup(loops)
                .channelFactory(() -> new BoundedServerChannel(limits.connections(), open))
                .withOption(ChannelOption.SO_BACKLOG, BACKLOG)
                .directExecutor()
                .decompressorRegistry(PLAIN)
                .maxInboundMessageSize(limits.messageBytes())
                .maxInboundMetadataSize(limits.metadataBytes())
                .maxConcurrentCallsPerConnection(limits.callsOfConnection())
                .maxRstFramesPerWindow(
                        limits.resets(), Math.toIntExact(limits.resetWindow().toSeconds()))
                .handshakeTimeout(limits.handshake().toMillis(), TimeUnit.MILLISECONDS)
                .maxConnectionIdle(limits.idle().toMillis(), TimeUnit.MILLISECONDS)
                .permitKeepAliveTime(BETWEEN_PINGS.toMillis(), TimeUnit.MILLISECONDS)
                .permitKeepAliveWithoutCalls(true);
    }

    private static List<Loop> loops(EventLoopGroup group, GrpcLimits limits) {
        var count = new AtomicInteger();
        var loops = new ArrayList<Loop>();
        group.forEach(executor -> loops.add(new Loop(executor, new OpenCalls(count, limits.calls()))));
        return List.copyOf(loops);
    }

    private static List<ScheduledFuture<?>> clocks(List<Loop> loops, GrpcLimits limits) {
        var millis = Math.max(1, limits.callTime().toMillis() / 4);
        var clocks = new ArrayList<ScheduledFuture<?>>();
        loops.forEach(loop -> clocks.add(
                loop.executor().scheduleAtFixedRate(loop.calls()::tick, millis, millis, TimeUnit.MILLISECONDS)));
        return List.copyOf(clocks);
    }

    private static <Q, A> ServerServiceDefinition service(
            UnaryMethod<Q, A> method, List<Loop> loops, Map<SocketAddress, Channel> open) {
        var name = method.descriptor().getServiceName();
        if (name == null) {
            throw new IllegalArgumentException(method.descriptor().getFullMethodName() + " is of no service");
        }
        return ServerServiceDefinition.builder(name)
                .addMethod(
                        method.descriptor().toBuilder(
                                        Received.marshaller(method.descriptor().getRequestMarshaller()),
                                        method.descriptor().getResponseMarshaller())
                                .build(),
                        (call, headers) -> begin(call, headers, method, loops, open))
                .build();
    }

    private static <Q, A> ServerCall.Listener<Received<Q>> begin(
            ServerCall<Received<Q>, A> call,
            Metadata headers,
            UnaryMethod<Q, A> method,
            List<Loop> loops,
            Map<SocketAddress, Channel> open) {
        var here = here(loops);
        var served = new ServedCall<>(
                call, headers, method.handler(), here.executor(), here.calls(), address -> cutOff(open.get(address)));
        served.begin();
        return served;
    }

    /** The library calls on the loop of the connection and does not say which that is. */
    private static Loop here(List<Loop> loops) {
        for (var loop : loops) {
            if (loop.executor().inEventLoop()) {
                return loop;
            }
        }
        throw new IllegalStateException("a call came in on no event loop");
    }

    /** Asked politely, the library would wait for what is not taken. */
    private static void cutOff(@Nullable Channel connection) {
        if (connection != null) {
            connection.unsafe().close(connection.voidPromise());
        }
    }

    /** The real one, also where any free one was asked for. */
    public int port() {
        return server.getPort();
    }

    /**
     * Refuses new connections, lets the calls under way finish, and closes each connection.
     *
     * @param patience what is not finished by then is cut off
     */
    public void drain(Duration patience) {
        server.shutdown();
        end(patience);
    }

    /** Cuts off whatever is under way. */
    @Override
    public void close() {
        end(Duration.ZERO);
    }

    private void end(Duration patience) {
        try {
            if (!server.awaitTermination(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                server.shutdownNow();
                var _ = server.awaitTermination(CUT_OFF.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException interrupted) {
            server.shutdownNow();
            Thread.currentThread().interrupt();
        }
        clocks.forEach(clock -> clock.cancel(false));
    }
}
