package dev.sallyport.http;

import dev.sallyport.identity.Caller;
import dev.sallyport.identity.Credential;
import dev.sallyport.identity.CredentialId;
import dev.sallyport.identity.CredentialKind;
import dev.sallyport.identity.Organization;
import dev.sallyport.identity.OrganizationId;
import dev.sallyport.identity.Origin;
import dev.sallyport.identity.Principal;
import dev.sallyport.permission.Authority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A real server on a free port of the loopback address, for tests of anything that answers HTTP. */
public final class TestServer implements AutoCloseable {

    public static final Caller ALICE = alice();

    /** Lets everybody in, as Alice. */
    public static final Gate OPEN_GATE = gate((_, then) -> then.accept(new Gate.Admission.Admitted(ALICE)));

    private static final String LOOPBACK = "127.0.0.1";

    private final HttpServer server;
    private final Listener listener;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private TestServer(Limits limits, List<Route> routes, Gate gate, ClientHop hop) {
        server = HttpServer.open(limits, _ -> Optional.empty());
        listener = server.listen(LOOPBACK, 0, routes, gate, hop);
    }

    /** A gate whose first word is its last. */
    static Gate gate(BiConsumer<Exchange, Consumer<Gate.Admission>> admit) {
        return new Gate() {
            @Override
            public void admit(Route route, Exchange exchange, Consumer<Admission> then) {
                admit.accept(exchange, then);
            }

            @Override
            public Admission again(Route route, Exchange exchange, Caller caller) {
                return new Admission.Admitted(caller);
            }
        };
    }

    public static TestServer serving(List<Route> routes, Gate gate) {
        return new TestServer(Limits.DEFAULT, routes, gate, ClientHop.DIRECT);
    }

    public static TestServer serving(Limits limits, List<Route> routes, Gate gate) {
        return new TestServer(limits, routes, gate, ClientHop.DIRECT);
    }

    public static TestServer serving(ClientHop hop, List<Route> routes, Gate gate) {
        return new TestServer(Limits.DEFAULT, routes, gate, hop);
    }

    HttpServer server() {
        return server;
    }

    public Listener listener() {
        return listener;
    }

    public URI uri(String pathAndQuery) {
        return URI.create("http://" + LOOPBACK + ":" + listener.port() + pathAndQuery);
    }

    public HttpResponse<String> get(String pathAndQuery) throws IOException, InterruptedException {
        return send(pathAndQuery, HttpRequest.Builder::GET);
    }

    /** Posts JSON. */
    public HttpResponse<String> post(String pathAndQuery, String json) throws IOException, InterruptedException {
        return send(
                pathAndQuery,
                request -> request.header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    public HttpResponse<String> send(String pathAndQuery, UnaryOperator<HttpRequest.Builder> with)
            throws IOException, InterruptedException {
        var request = with.apply(HttpRequest.newBuilder(uri(pathAndQuery)).timeout(Duration.ofSeconds(20)))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** A connection to write bytes to that no client library would send. Reads give up after 20 s. */
    public Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), listener.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    /** Sends the text as it is, and returns all that comes back until the server closes the connection. */
    public String raw(String text) throws IOException {
        try (var socket = connect()) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }

    private static Caller alice() {
        var then = Instant.parse("2026-11-01T00:00:00Z");
        var organization = new Organization(OrganizationId.random(), "Acme", then);
        var user = Principal.user(organization.id(), "alice@acme.example", "Alice", then);
        var credential = new Credential(
                CredentialId.random(),
                CredentialKind.PERSONAL_ACCESS_TOKEN,
                "laptop",
                Authority.NONE,
                then.plusSeconds(86_400),
                null);
        return new Caller(organization, user, credential, Authority.NONE, new Origin(LOOPBACK, "test"));
    }
}
