package dev.sallyport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One HTTP request by hand. Each {@code with} gives another. */
record TestCall(String method, String url, List<Header> headers, String body) {

    record Header(String name, String value) {}

    /** @param headers by lower-case name, sorted */
    record Answer(int status, Map<String, List<String>> headers, String body) {

        /** The one value of a header; a header that is missing or repeated is an error. */
        String header(String name) {
            var values = headers.getOrDefault(name, List.of());
            if (values.size() != 1) {
                throw new AssertionError(name + ": " + values + " in " + this);
            }
            return values.getFirst();
        }

        JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }
    }

    /** How a token travels. */
    enum Carrier {
        BEARER("Authorization", "Bearer "),
        APPLICATION_KEY("DD-APPLICATION-KEY", "");

        private final String header;
        private final String before;

        Carrier(String header, String before) {
            this.header = header;
            this.before = before;
        }

        String header() {
            return header;
        }
    }

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    static TestCall of(String method, String url) {
        return new TestCall(method, url, List.of(), "");
    }

    TestCall with(String name, String value) {
        return new TestCall(
                method,
                url,
                Stream.concat(headers.stream(), Stream.of(new Header(name, value)))
                        .toList(),
                body);
    }

    TestCall with(Carrier carrier, String token) {
        return with(carrier.header, carrier.before + token);
    }

    TestCall withToken(String token) {
        return with(Carrier.BEARER, token);
    }

    TestCall withJson(String json) {
        return new TestCall(method, url, headers, json).with("Content-Type", "application/json");
    }

    TestCall withForm(String form) {
        return new TestCall(method, url, headers, form).with("Content-Type", "application/x-www-form-urlencoded");
    }

    Answer send() {
        var request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(20))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(header -> request.header(header.name(), header.value()));
        try {
            var response = CLIENT.send(request.build(), BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(), new TreeMap<>(response.headers().map()), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
