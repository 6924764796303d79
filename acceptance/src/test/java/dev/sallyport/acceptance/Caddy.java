package dev.sallyport.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The gateway of {@code docs/gateways/Caddyfile}. */
final class Caddy {

    private Caddy() {}

    /** @param upstream the port of the API */
    static Gateway start(Path folder, RunningServer server, int upstream, String api) {
        try {
            Files.createDirectories(folder);
            var port = Gateway.freePort();
            Files.writeString(
                    folder.resolve("Caddyfile"),
                    Gateway.adapted(
                            "docs/gateways/Caddyfile",
                            Map.of(
                                    "127.0.0.1:8081", URI.create(server.doors()).getAuthority(),
                                    "127.0.0.1:9000", "127.0.0.1:" + upstream,
                                    "http://:8000", "http://:" + port,
                                    "/gateway/forward-auth/datadog", "/gateway/forward-auth/" + api)));
            return Gateway.running(
                    folder, port, List.of("caddy", "run", "--adapter", "caddyfile", "--config", "Caddyfile"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
