package dev.sallyport.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command takes. */
final class ServerOptions {

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The server's public address; else SALLYPORT_URL, else the server of --data, else"
                    + " http://localhost:8080.")
    String url = "";

    @Option(
            names = "--doors",
            paramLabel = "URL",
            description = "The address of its doors; else SALLYPORT_DOORS, else the server of --data, else"
                    + " http://127.0.0.1:8081.")
    String doors = "";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The data directory of a server on this machine; the folder 'data' unless given.")
    @Nullable
    Path data;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A file with the token, readable by you only; else SALLYPORT_TOKEN.")
    @Nullable
    Path tokenFile;

    @Option(names = "--json", description = "Write JSON and nothing else on standard output.")
    boolean json;
}
