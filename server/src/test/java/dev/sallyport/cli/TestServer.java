package dev.sallyport.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on loopback that says what it is told to say, and remembers what it was asked. */
final class TestServer implements AutoCloseable {

    /** @param keys the API key and the application key with a blank between, each null where it was not sent */
    record Asked(String method, String target, String authorization, String keys, String body) {}

    private record Answer(int status, String body) {}

    private final HttpServer http;
    private final Map<String, Queue<Answer>> answers = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    TestServer() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.createContext("/", this::handle);
        http.start();
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    /** The next answer to that path; the last one stays. */
    TestServer answers(String path, int status, String body) {
        answers.computeIfAbsent(path, _ -> new ConcurrentLinkedQueue<>()).add(new Answer(status, body));
        return this;
    }

    List<Asked> asked() {
        return asked;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var uri = exchange.getRequestURI();
            asked.add(new Asked(
                    exchange.getRequestMethod(),
                    uri.toString(),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                    exchange.getRequestHeaders().getFirst("DD-API-KEY") + " "
                            + exchange.getRequestHeaders().getFirst("DD-APPLICATION-KEY"),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            var queue = answers.getOrDefault(uri.getRawPath(), new ConcurrentLinkedQueue<>());
            var answer = queue.size() > 1 ? queue.poll() : queue.peek();
            answer = answer == null ? new Answer(404, "{\"errors\":[\"Not found\"]}") : answer;
            var body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
