package dev.sallyport;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that are settings; each outranks the environment and the file. */
final class ServerOptions {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "YAML file of KEY: VALUE lines; the keys are the long options.")
    private @Nullable Path config;

    @Option(names = "--data", paramLabel = "DIR", description = "Data folder. Default: ./data.")
    private @Nullable String data;

    @Option(
            names = "--database",
            paramLabel = "URL",
            description =
                    "sqlite:PATH or postgresql://USER@HOST/NAME (password by PGPASSFILE). Default: SQLite in the data folder.")
    private @Nullable String database;

    @Option(names = "--listen", paramLabel = "ADDR", description = "Address of the management API. Default: 127.0.0.1.")
    private @Nullable String listen;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Port of the management API; 0 takes any free one. Default: 8080.")
    private @Nullable String port;

    @Option(
            names = "--public-url",
            paramLabel = "URL",
            description = "How clients reach it. Default: http://localhost:PORT.")
    private @Nullable String publicUrl;

    @Option(
            names = "--gateway-listen",
            paramLabel = "ADDR:N",
            description = "Address and port of the doors; port 0 takes any free one. Default: 127.0.0.1:8081.")
    private @Nullable String gatewayListen;

    Config read() throws ConfigProblem {
        var options = new EnumMap<Setting, String>(Setting.class);
        put(options, Setting.DATA, data);
        put(options, Setting.DATABASE, database);
        put(options, Setting.LISTEN, listen);
        put(options, Setting.PORT, port);
        put(options, Setting.PUBLIC_URL, publicUrl);
        put(options, Setting.GATEWAY_LISTEN, gatewayListen);
        return ConfigReader.read(options, config, System.getenv());
    }

    private static void put(Map<Setting, String> options, Setting setting, @Nullable String value) {
        if (value != null) {
            options.put(setting, value);
        }
    }
}
