package dev.sallyport.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** An API with a router that is not ours, Express, which says to which operation a request led. */
final class Router implements AutoCloseable {

    private final Process process;
    private final int port;

    private Router(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * @param operation empty where the router has none
     * @param decision what the gateway said the decision is
     */
    record Arrived(String operation, String method, String url, String decision) {}

    static Router start() {
        try {
            var process = new ProcessBuilder(
                            "node", Project.file("acceptance/client/router.mjs").toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            var line = process.inputReader().readLine();
            if (line == null) {
                throw new AssertionError("router.mjs ended");
            }
            return new Router(process, Integer.parseInt(line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    /** Everything that got through since it was last asked. */
    List<Arrived> arrivedSince() {
        var answer = RawCall.send(port, "GET /", List.of("X-Since: last"));
        var arrived = new ArrayList<Arrived>();
        JsonMapper.shared()
                .readTree(answer.body())
                .forEach(one -> arrived.add(new Arrived(
                        one.path("operation").asString(),
                        one.path("method").asString(),
                        one.path("url").asString(),
                        one.path("decision").asString())));
        return arrived;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
