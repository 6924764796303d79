package dev.sallyport.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real gateway, running with a configuration of the documents in which only addresses and the API's id are others. */
final class Gateway implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(20);

    private final Process process;
    private final Path log;
    private final int port;

    private Gateway(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /** @param port where it will listen */
    static Gateway running(Path folder, int port, List<String> command) throws IOException {
        var log = folder.resolve("gateway.log");
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("HOME", folder.toString());
        var gateway = new Gateway(builder.start(), log, port);
        gateway.awaitListening();
        return gateway;
    }

    /** @param adaptions what stands in the document, once, and what stands in its place */
    static String adapted(String document, Map<String, String> adaptions) {
        var text = Project.text(document);
        for (var adaption : adaptions.entrySet()) {
            var documented = adaption.getKey();
            if (text.indexOf(documented) < 0 || text.indexOf(documented) != text.lastIndexOf(documented)) {
                throw new AssertionError(document + " must say " + documented + " once");
            }
            text = text.replace(documented, adaption.getValue());
        }
        return text;
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitListening() {
        try {
            Eventually.holds("the gateway listens", START, () -> isListening(port) || !process.isAlive());
            if (!process.isAlive()) {
                throw new AssertionError("the gateway ended");
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
