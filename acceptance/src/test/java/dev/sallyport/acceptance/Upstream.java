package dev.sallyport.acceptance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A small API behind a gateway. It serves everything, and keeps what it was sent. */
final class Upstream implements AutoCloseable {

    static final String SERVED = "served by the API";

    private final HttpServer server;
    private final List<Arrived> arrived = new CopyOnWriteArrayList<>();

    private Upstream(HttpServer server) {
        this.server = server;
    }

    /** @param headers with names as they differ when case does not count */
    record Arrived(String method, String uri, Map<String, List<String>> headers, String body) {

        /** The one value; empty if there is none. */
        String header(String name) {
            var values = headers.getOrDefault(name, List.of());
            if (values.size() > 1) {
                throw new AssertionError(name + " arrived more than once: " + values);
            }
            return values.isEmpty() ? "" : values.getFirst();
        }
    }

    static Upstream start() {
        try {
            var upstream =
                    new Upstream(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
            upstream.server.createContext("/", upstream::serve);
            upstream.server.start();
            return upstream;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Everything that got through since it was last asked. */
    List<Arrived> arrivedSince() {
        var since = List.copyOf(arrived);
        arrived.clear();
        return since;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, List.copyOf(values)));
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            arrived.add(new Arrived(
                    exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body));
            var answer = SERVED.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
