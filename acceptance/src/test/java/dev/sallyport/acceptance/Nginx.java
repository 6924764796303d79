package dev.sallyport.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The gateway of {@code docs/gateways/nginx.conf}. */
final class Nginx {

    private Nginx() {}

    /** @param upstream the port of the API */
    static Gateway start(Path folder, RunningServer server, int upstream, String api) {
        try {
            Files.createDirectories(folder);
            var port = Gateway.freePort();
            Files.writeString(
                    folder.resolve("sallyport.conf"),
                    Gateway.adapted(
                            "docs/gateways/nginx.conf",
                            Map.of(
                                    "127.0.0.1:8081", URI.create(server.doors()).getAuthority(),
                                    "127.0.0.1:9000", "127.0.0.1:" + upstream,
                                    "127.0.0.1:8000", "127.0.0.1:" + port,
                                    "/gateway/nginx/datadog", "/gateway/nginx/" + api)));
            Files.writeString(folder.resolve("nginx.conf"), """
                    # One process: what is killed is then all of it.
                    daemon off;
                    master_process off;
                    pid nginx.pid;
                    error_log stderr warn;
                    events {}
                    http {
                        access_log off;
                        client_body_temp_path body;
                        proxy_temp_path proxy;
                        fastcgi_temp_path fastcgi;
                        uwsgi_temp_path uwsgi;
                        scgi_temp_path scgi;
                        include sallyport.conf;
                    }
                    """);
            return Gateway.running(
                    folder, port, List.of("nginx", "-p", folder.toString(), "-c", "nginx.conf", "-e", "stderr"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
