package dev.sallyport.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Calls one address of a server, with a credential where one is needed. */
final class Client {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long LONGEST_ANSWER_BYTES = 64L << 20;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final Connection.Address address;
    private final Shown shown;
    private final Duration patience;

    Client(Connection.Address address, Shown shown) {
        this(address, shown, PATIENCE);
    }

    private Client(Connection.Address address, Shown shown, Duration patience) {
        this.address = address;
        this.shown = shown;
        this.patience = patience;
    }

    /** The same for calls that may take as long as that. */
    Client waiting(Duration longer) {
        return new Client(address, shown, longer);
    }

    JsonNode get(String path) {
        return send(request(path).GET());
    }

    JsonNode post(String path, Object body) {
        return send("POST", path, body);
    }

    JsonNode patch(String path, Object body) {
        return send("PATCH", path, body);
    }

    private JsonNode send(String method, String path, Object body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(Json.line(body), StandardCharsets.UTF_8)));
    }

    JsonNode put(String path, Object body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(Json.line(body), StandardCharsets.UTF_8)));
    }

    void delete(String path) {
        send(request(path).DELETE());
    }

    /** Some calls name in their body what they take away. */
    JsonNode delete(String path, Object body) {
        return send("DELETE", path, body);
    }

    /** A value as one segment of a path, or as one value of a query. */
    static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(address.url() + path))
                .timeout(patience)
                .header("Accept", "application/json");
        return switch (shown) {
            case Shown.Token(var token) -> request.header("Authorization", "Bearer " + token);
            case Shown.KeyPair(var apiKey, var applicationKey) ->
                request.header("DD-API-KEY", apiKey).header("DD-APPLICATION-KEY", applicationKey);
            case Shown.Nothing() -> request;
        };
    }

    private JsonNode send(HttpRequest.Builder builder) {
        try {
            var response =
                    http.send(builder.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), LONGEST_ANSWER_BYTES));
            return read(response);
        } catch (HttpTimeoutException e) {
            throw new Failure(
                    ExitCode.UNAVAILABLE,
                    address.url() + " did not answer within " + patience.toSeconds()
                            + " seconds. Try again; if it stays so, look at the server's log.");
        } catch (ConnectException e) {
            throw new Failure(
                    ExitCode.UNAVAILABLE,
                    "Nothing answers at " + address.url()
                            + ". Start it with 'sallyport serve', or say where it is with " + address.option() + ".");
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.UNAVAILABLE,
                    "The connection to " + address.url() + " failed (" + Text.clean(String.valueOf(e.getMessage()))
                            + "). Check " + address.option() + " and try again.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.FAILED, "Interrupted before the answer came.");
        }
    }

    private JsonNode read(HttpResponse<byte[]> response) {
        if (response.statusCode() / 100 != 2) {
            throw Refusal.of(response.statusCode(), response.body());
        }
        if (response.body().length == 0) {
            return JsonNodeFactory.instance.objectNode();
        }
        return Json.parse(response.body())
                .orElseThrow(() -> new Failure(
                        ExitCode.FAILED,
                        "The answer of " + address.url() + " is not JSON. Is it a Sallyport server? Check "
                                + address.option() + "."));
    }
}
