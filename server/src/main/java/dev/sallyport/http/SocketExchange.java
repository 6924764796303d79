package dev.sallyport.http;

import io.netty.util.concurrent.EventExecutor;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An exchange on a connection. It looks things up when asked, because most requests ask for little. */
final class SocketExchange implements Exchange {

    private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
    private static final CharSequence CONTENT_TYPE_OPTIONS = HttpHeaders.createOptimized("x-content-type-options");
    private static final CharSequence NO_SNIFF = HttpHeaders.createOptimized("nosniff");

    private static final String REQUEST_ID = "X-Request-ID";
    private static final Pattern ECHOED = Pattern.compile("[!-~]{1,200}");

    private final HttpServerRequest request;
    private final OpenConnection connection;
    private final EventExecutor loop;
    private final Service service;
    private final RequestBody body;
    private final String path;

    private RouteTable.Match.@Nullable Found found;
    private @Nullable String clientAddress;
    private List<Reply.Header> admissionHeaders = List.of();
    private boolean isAnswered;
    private volatile boolean isGone;

    SocketExchange(HttpServerRequest request, OpenConnection connection, EventExecutor loop, Service service) {
        this.request = request;
        this.connection = connection;
        this.loop = loop;
        this.service = service;
        path = Objects.requireNonNullElse(request.path(), "");
        body = new RequestBody(request, service.limits(), service.room(), this::settle);
    }

    void found(RouteTable.Match.Found match) {
        found = match;
    }

    /** From here on every answer carries these, too. Called on the event loop. */
    void admitted(List<Reply.Header> headers) {
        admissionHeaders = headers;
    }

    RequestBody body() {
        return body;
    }

    @Override
    public String rawQuery() {
        var query = request.query();
        return query == null ? "" : query;
    }

    @Override
    public String method() {
        return request.method().name();
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public String pathParameter(String name) {
        var match = found;
        var index = match == null ? -1 : match.names().indexOf(name);
        if (match == null || index < 0) {
            throw new IllegalArgumentException("the route has no parameter " + name);
        }
        return match.values().get(index);
    }

    @Override
    public List<String> headers(String name) {
        return request.headers().getAll(HeaderText.name(name));
    }

    @Override
    public @Nullable String header(String name) {
        return request.headers().get(HeaderText.name(name));
    }

    @Override
    public String peer() {
        return connection.peer();
    }

    @Override
    public String clientAddress() {
        var address = clientAddress;
        if (address == null) {
            var hop = service.hop();
            address = hop.hops() == 0 ? peer() : hop.address(peer(), headers("X-Forwarded-For"));
            clientAddress = address;
        }
        return address;
    }

    @Override
    public Executor loop() {
        return loop;
    }

    @Override
    public void answer(Response response) {
        respond(response);
    }

    void respond(Response response) {
        send(service.renderer().render(response, Surface.of(path)));
    }

    /** For what a step on the event loop throws: a bare 500, unless the answer is out already. */
    void fail(Throwable thrown) {
        var operation = found == null ? "unmatched" : found.route().operation();
        var problem = service.failures().problem(thrown, operation);
        if (!isAnswered) {
            respond(problem);
        }
    }

    void send(Rendered rendered) {
        if (!loop.inEventLoop() || isAnswered) {
            throw new IllegalStateException("an exchange is answered once, on its event loop");
        }
        isAnswered = true;
        if (isGone) {
            return;
        }
        var response = request.response();
        try {
            var headers = response.setStatusCode(rendered.status()).headers();
            writeHead(headers, rendered);
            echoRequestId(headers);
            admissionHeaders.forEach(
                    header -> headers.add(HeaderText.name(header.name()), HeaderText.value(header.value())));
        } catch (IllegalArgumentException illegal) {
            response.headers().clear();
            isAnswered = false;
            fail(illegal);
            return;
        }
        body.discard();
        // Before the end is written: writing it may begin the next request of the connection.
        settle();
        var _ = rendered.body().length == 0 ? response.end() : response.end(Buffer.buffer(rendered.body()));
    }

    /** The standard wants it back, whatever is answered; what could not stand in a header or is long is not repeated. */
    private void echoRequestId(MultiMap headers) {
        if (Surface.of(path) == Surface.AUTHZEN) {
            var sent = headers(REQUEST_ID);
            if (sent.size() == 1 && ECHOED.matcher(sent.getFirst()).matches()) {
                headers.set(HeaderText.name(REQUEST_ID), HeaderText.value(sent.getFirst()));
            }
        }
    }

    private static void writeHead(MultiMap headers, Rendered rendered) {
        headers.set(HttpHeaders.CACHE_CONTROL, NO_STORE);
        headers.set(CONTENT_TYPE_OPTIONS, NO_SNIFF);
        var mediaType = rendered.mediaType();
        if (mediaType != null) {
            headers.set(HttpHeaders.CONTENT_TYPE, mediaType);
        }
        if (rendered.status() == 408) {
            headers.set(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        var own = rendered.headers();
        for (var i = 0; i < own.size(); i++) {
            var header = own.get(i);
            if (header.name().equalsIgnoreCase("Cache-Control")) {
                headers.set(HttpHeaders.CACHE_CONTROL, HeaderText.value(header.value()));
            } else {
                headers.add(HeaderText.name(header.name()), HeaderText.value(header.value()));
            }
        }
    }

    private void settle() {
        if (isAnswered && !body.isPending()) {
            connection.settled();
        }
    }

    boolean isGone() {
        return isGone;
    }

    /** The connection is closed. Whoever still works on an answer may go on; nobody will hear it. */
    void abandon() {
        isGone = true;
        body.abandon();
    }
}
