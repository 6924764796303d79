package dev.sallyport.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Where the server is: from the options, else the environment, else what a server on this machine wrote down. */
final class Connection {

    private static final String DEFAULT_URL = "http://localhost:8080";
    private static final String DEFAULT_DOORS = "http://127.0.0.1:8081";
    private static final String DEFAULT_DATA = "data";
    private static final String SERVER_FILE = "server.json";
    private static final long LONGEST_SERVER_FILE = 64 << 10;
    private static final Pattern NUMERIC_ADDRESS = Pattern.compile("[0-9.]+|\\[[0-9a-fA-F:.]+]");

    private final ServerOptions options;
    private final Shell shell;

    Connection(ServerOptions options, Shell shell) {
        this.options = options;
        this.shell = shell;
    }

    /** @param option what names another one */
    record Address(String url, String option) {}

    Address url() {
        return address(options.url, "--url", "SALLYPORT_URL", "url", DEFAULT_URL);
    }

    Address doors() {
        return address(options.doors, "--doors", "SALLYPORT_DOORS", "doors", DEFAULT_DOORS);
    }

    private Address address(String given, String option, String variable, String field, String otherwise) {
        if (!given.isBlank()) {
            return checked(given, option);
        }
        if (!shell.variable(variable).isEmpty()) {
            return checked(shell.variable(variable), option + " (" + variable + ")");
        }
        var written = Json.text(serverFile(), field);
        return new Address(written.isEmpty() ? otherwise : written(written, option), option);
    }

    private static Address checked(String text, String option) {
        return new Address(
                parsed(text)
                        .orElseThrow(() -> new Failure(
                                ExitCode.USAGE,
                                "'" + Text.clean(text) + "' is no address for " + option
                                        + ". Write it like https://auth.example.com or http://127.0.0.1:8081.")),
                option);
    }

    /** The folder that happens to be here may be anybody's: only a folder named by the user may send a token elsewhere. */
    private String written(String text, String option) {
        var file = dataDirectory().resolve(SERVER_FILE);
        var url = parsed(text)
                .orElseThrow(() -> new Failure(
                        ExitCode.FAILED, file + " holds no usable address. Name the server with " + option + "."));
        if (options.data == null && !isOnThisMachine(URI.create(url).getHost())) {
            throw new Failure(
                    ExitCode.FAILED,
                    file + " names a server on another machine, " + url + ". If you trust it, name it with " + option
                            + ", or the folder with --data.");
        }
        return url;
    }

    private static Optional<String> parsed(String text) {
        try {
            var uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            var isWeb = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            // A URI with two '@' has no host at all.
            return isWeb
                            && uri.getHost() != null
                            && uri.getRawUserInfo() == null
                            && uri.getRawQuery() == null
                            && uri.getRawFragment() == null
                    ? Optional.of(uri.toString())
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    static boolean isOnThisMachine(String host) {
        if (host.equals("localhost")) {
            return true;
        }
        if (!NUMERIC_ADDRESS.matcher(host).matches()) {
            return false;
        }
        try {
            var address = InetAddress.getByName(host);
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (UnknownHostException | SocketException e) {
            return false;
        }
    }

    private JsonNode serverFile() {
        var file = dataDirectory().resolve(SERVER_FILE);
        try {
            if (!Files.isRegularFile(file) || Files.size(file) > LONGEST_SERVER_FILE) {
                return JsonNodeFactory.instance.objectNode();
            }
            return Json.parse(Files.readAllBytes(file)).orElseGet(JsonNodeFactory.instance::objectNode);
        } catch (IOException e) {
            // Another user's server: the addresses by default are as good a guess.
            return JsonNodeFactory.instance.objectNode();
        }
    }

    private Path dataDirectory() {
        return options.data == null ? shell.directory().resolve(DEFAULT_DATA) : options.data;
    }
}
