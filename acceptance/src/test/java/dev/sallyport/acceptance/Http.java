package dev.sallyport.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** A caller with one token, over connections of its own. */
final class Http implements AutoCloseable {

    static final String TOKENS = "/api/v2/personal_access_tokens";

    private static final int LARGEST_PAGE = 1_000;

    private final HttpClient client;
    private final RunningServer server;
    private final String token;

    Http(RunningServer server, String token) {
        this(HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build(), server, token);
    }

    private Http(HttpClient client, RunningServer server, String token) {
        this.client = client;
        this.server = server;
        this.token = token;
    }

    /** The same connections with another credential. */
    Http as(Token other) {
        return new Http(client, server, other.key());
    }

    /** @param body missing where there is none */
    record Answer(int status, JsonNode body, Map<String, List<String>> headers) {

        String header(String name) {
            return headers.entrySet().stream()
                    .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                    .map(entry -> entry.getValue().getFirst())
                    .findFirst()
                    .orElse("");
        }
    }

    /** A token as it was acknowledged. */
    record Token(String id, String key) {
        @Override
        public String toString() {
            return "Token(" + id + ")";
        }
    }

    Answer get(String path) {
        return orUnchecked(request(server.url() + path).GET());
    }

    Answer post(String path, Object body) {
        return orUnchecked(request(server.url() + path).POST(json(body)));
    }

    Answer delete(String path) {
        return orUnchecked(request(server.url() + path).DELETE());
    }

    /** Creates a token that ends in 30 days. */
    Token issue(String name, String... scopes) {
        try {
            return tryIssue(name, scopes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Like {@link #issue}, for a server that may be gone before it answers. */
    Token tryIssue(String name, String... scopes) throws IOException {
        var attributes = Map.of(
                "name",
                name,
                "scopes",
                List.of(scopes),
                "expires_at",
                Instant.now()
                        .plus(30, ChronoUnit.DAYS)
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toString());
        var body = Map.of("data", Map.of("type", "personal_access_tokens", "attributes", attributes));
        var answer = send(request(server.url() + TOKENS).POST(json(body)));
        if (answer.status() != 201) {
            throw new AssertionError("no token: " + answer);
        }
        var data = answer.body().path("data");
        return new Token(
                data.path("id").asString(), data.path("attributes").path("key").asString());
    }

    /** @throws IOException if the server went away before it answered */
    Answer tryRevoke(String id) throws IOException {
        return send(request(server.url() + TOKENS + "/" + id).DELETE());
    }

    /** Asks a door as nginx would. */
    Answer ask(String api, String method, String uri) throws IOException {
        return send(request(server.doors() + "/gateway/nginx/" + api)
                .header("X-Original-Method", method)
                .header("X-Original-URI", uri)
                .GET());
    }

    /** Every event of the last hour that the query finds. */
    List<JsonNode> trail(String query) {
        var events = new ArrayList<JsonNode>();
        var cursor = "";
        do {
            var page = cursor.isEmpty()
                    ? Map.<String, Object>of("limit", LARGEST_PAGE)
                    : Map.<String, Object>of("limit", LARGEST_PAGE, "cursor", cursor);
            var answer = post(
                    "/api/v2/audit/events/search",
                    Map.of(
                            "filter",
                            Map.of("query", query, "from", "now-1h", "to", "now"),
                            "page",
                            page,
                            "sort",
                            "timestamp"));
            if (answer.status() != 200) {
                throw new AssertionError("no trail: " + answer);
            }
            answer.body().path("data").forEach(events::add);
            cursor = answer.body().path("meta").path("page").path("after").asString("");
        } while (!cursor.isEmpty());
        return events;
    }

    /** The ids of the things that those events are about. */
    Set<String> assets(String query) {
        var ids = new HashSet<String>();
        trail(query)
                .forEach(event -> ids.add(facts(event).path("asset").path("id").asString("")));
        return ids;
    }

    /** The part of an event that says what happened. */
    static JsonNode facts(JsonNode event) {
        return event.path("attributes").path("attributes");
    }

    private HttpRequest.Builder request(String uri) {
        return HttpRequest.newBuilder(URI.create(uri))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + token);
    }

    private static HttpRequest.BodyPublisher json(Object body) {
        return BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(body));
    }

    private Answer orUnchecked(HttpRequest.Builder request) {
        try {
            return send(request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer send(HttpRequest.Builder request) throws IOException {
        try {
            return answer(client.send(
                    request.header("Content-Type", "application/json").build(), BodyHandlers.ofString()));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Answer answer(HttpResponse<String> response) {
        var body = response.body().isEmpty()
                ? MissingNode.getInstance()
                : JsonMapper.shared().readTree(response.body());
        return new Answer(response.statusCode(), body, response.headers().map());
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
