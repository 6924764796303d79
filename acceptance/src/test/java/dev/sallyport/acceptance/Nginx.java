package dev.sallyport.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A real nginx with the configuration of the documents, but for its addresses and the id of the protected API. */
final class Nginx implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(20);

    private final Process process;
    private final Path log;
    private final int port;

    private Nginx(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    static Nginx start(Path folder, RunningServer server, Upstream upstream, String api) {
        try {
            Files.createDirectories(folder);
            var port = freePort();
            Files.writeString(folder.resolve("sallyport.conf"), adapted(port, server, upstream, api));
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
            var log = folder.resolve("nginx.log");
            var process = new ProcessBuilder("nginx", "-p", folder.toString(), "-c", "nginx.conf", "-e", "stderr")
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            var nginx = new Nginx(process, log, port);
            nginx.awaitListening();
            return nginx;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String adapted(int port, RunningServer server, Upstream upstream, String api) {
        var configuration = Project.text("docs/gateways/nginx.conf");
        configuration = replaced(
                configuration, "127.0.0.1:8081", URI.create(server.doors()).getAuthority());
        configuration = replaced(configuration, "127.0.0.1:9000", "127.0.0.1:" + upstream.port());
        configuration = replaced(configuration, "127.0.0.1:8000", "127.0.0.1:" + port);
        return replaced(configuration, "/gateway/nginx/datadog", "/gateway/nginx/" + api);
    }

    private static String replaced(String text, String documented, String actual) {
        if (text.indexOf(documented) < 0 || text.indexOf(documented) != text.lastIndexOf(documented)) {
            throw new AssertionError("docs/gateways/nginx.conf must say " + documented + " once");
        }
        return text.replace(documented, actual);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitListening() {
        try {
            Eventually.holds("nginx listens", START, () -> isListening(port) || !process.isAlive());
            if (!process.isAlive()) {
                throw new AssertionError("nginx ended");
            }
        } catch (AssertionError e) {
            close();
            throw new AssertionError(e.getMessage() + "\n" + log(), e);
        }
    }

    static boolean isListening(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    int port() {
        return port;
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
