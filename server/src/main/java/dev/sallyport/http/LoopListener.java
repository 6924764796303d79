package dev.sallyport.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.Context;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One event loop's share of a listener: its connections, and the clock that ends the slow ones. */
final class LoopListener implements Deployable {

    private static final int BACKLOG = 1_024;

    private final SocketAddress address;
    private final Service service;
    private final AtomicInteger connections;
    private final Dispatch dispatch;
    private final Map<HttpConnection, OpenConnection> open = new HashMap<>();
    private final int idleTicks;

    private io.vertx.core.http.@Nullable HttpServer server;
    private @Nullable EventExecutor loop;

    /** @param connections counts those of all event loops of the listener */
    LoopListener(SocketAddress address, Service service, AtomicInteger connections) {
        this.address = address;
        this.service = service;
        this.connections = connections;
        dispatch = new Dispatch(service);
        idleTicks = (int) Math.ceilDiv(service.limits().idle().toMillis(), tickMillis());
    }

    private long tickMillis() {
        return Math.max(1, service.limits().bodyTime().toMillis() / 4);
    }

    @Override
    public Future<?> deploy(Context context) {
        var vertx = context.owner();
        // Not the context, of which each listener has its own: answers are batched by event loop.
        loop = ((ContextInternal) context).nettyEventLoop();
        var limits = service.limits();
        var options = new HttpServerOptions()
                .setMaxHeaderSize(limits.headerBytes())
                .setMaxInitialLineLength(limits.requestLineBytes())
                .setAcceptBacklog(BACKLOG)
                .setHttp2ClearTextEnabled(false);
        var listening = vertx.createHttpServer(options)
                .connectionHandler(this::opened)
                .requestHandler(this::requested)
                .invalidRequestHandler(this::malformed);
        server = listening;
        vertx.setPeriodic(tickMillis(), _ -> tick());
        return listening.listen(address);
    }

    int port() {
        return listening().actualPort();
    }

    Future<Void> drain(Duration patience) {
        return listening().shutdown(patience);
    }

    private io.vertx.core.http.HttpServer listening() {
        var listening = server;
        if (listening == null) {
            throw new IllegalStateException("not deployed");
        }
        return listening;
    }

    private void opened(HttpConnection socket) {
        if (connections.incrementAndGet() > service.limits().connections()) {
            connections.decrementAndGet();
            var _ = socket.close();
            return;
        }
        var connection = new OpenConnection(socket);
        open.put(socket, connection);
        socket.closeHandler(_ -> {
            open.remove(socket);
            connections.decrementAndGet();
            connection.closed();
        });
    }

    private void requested(HttpServerRequest request) {
        var connection = open.get(request.connection());
        var here = loop;
        if (connection == null || here == null || connection.isClosing()) {
            return;
        }
        var exchange = new SocketExchange(request, connection, here, service);
        connection.begun(exchange);
        if (exchange.body().isFramed()) {
            dispatch.begin(exchange);
        } else {
            exchange.respond(malformed());
            connection.close();
        }
    }

    /** What the decoder refused. The connection is closed after the answer, because nobody knows where the next request begins. */
    private void malformed(HttpServerRequest request) {
        var connection = open.get(request.connection());
        var here = loop;
        if (connection == null || here == null) {
            return;
        }
        var problem = switch (request.decoderResult().cause()) {
            case TooLongHttpLineException _ -> new Problem(414, "uri_too_long", "The request line is too long.");
            case TooLongHttpHeaderException _ -> new Problem(431, "headers_too_large", "The headers are too large.");
            case null, default -> malformed();
        };
        new SocketExchange(request, connection, here, service).respond(problem);
    }

    private static Problem malformed() {
        return Problem.badRequest("malformed_request", "The request is not well-formed HTTP/1.1.");
    }

    private void tick() {
        // A copy, because a connection that is closed leaves the map.
        List.copyOf(open.values()).forEach(connection -> connection.tick(idleTicks));
    }
}
