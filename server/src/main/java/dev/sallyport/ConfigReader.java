package dev.sallyport;

import dev.sallyport.audit.Durability;
import dev.sallyport.decision.LegacyKeys;
import dev.sallyport.http.ClientHop;
import dev.sallyport.http.Outbound;
import dev.sallyport.leak.LeakResponse;
import dev.sallyport.leak.LeakSettings;
import dev.sallyport.secret.Secret;
import dev.sallyport.sql.DatabaseUrl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads options, environment and file into a {@link Config}, and reports all problems together. */
final class ConfigReader {

    /** Variables of the command line's client side, which are no settings of a server. */
    private static final Set<String> CLIENT_VARIABLES =
            Set.of("SALLYPORT_URL", "SALLYPORT_DOORS", "SALLYPORT_TOKEN", "SALLYPORT_JAVA_OPTIONS");

    private static final int LARGEST_FILE = 64 << 10;
    private static final int MOST_ALLOWED = 50;
    private static final int SHORTEST_GATEWAY_CREDENTIAL = 20;
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,5}");
    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Pattern BRAND = Pattern.compile("[a-z]{1,8}");

    private final Map<Setting, String> values = new EnumMap<>(Setting.class);
    private final List<String> problems = new ArrayList<>();

    /** @param options what was said on the command line */
    static Config read(Map<Setting, String> options, @Nullable Path file, Map<String, String> environment)
            throws ConfigProblem {
        var reader = new ConfigReader();
        if (file != null) {
            reader.takeFile(file);
        }
        reader.takeEnvironment(environment);
        reader.values.putAll(options);
        var config = reader.config();
        if (!reader.problems.isEmpty() || config.isEmpty()) {
            throw new ConfigProblem(reader.problems);
        }
        return config.get();
    }

    private void takeFile(Path file) {
        try {
            if (Files.size(file) > LARGEST_FILE) {
                problems.add(file + ": larger than " + LARGEST_FILE + " bytes");
                return;
            }
            var mapper = YAMLMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build();
            var tree = mapper.readTree(Files.readString(file));
            if (tree.isMissingNode() || tree.isNull()) {
                return;
            }
            if (!tree.isObject()) {
                problems.add(file + ": must be a list of KEY: VALUE lines");
                return;
            }
            tree.properties().forEach(entry -> takeFromFile(file, entry.getKey(), entry.getValue()));
        } catch (IOException | JacksonException e) {
            problems.add(file + ": cannot be read as YAML; check that it exists and is a list of KEY: VALUE lines");
        }
    }

    private void takeFromFile(Path file, String key, JsonNode value) {
        var setting = Setting.named(key);
        if (setting.isEmpty()) {
            problems.add(file + ": unknown key '" + key + "'; the keys are " + keys());
        } else if (value.isNull() || !value.isValueNode()) {
            problems.add(file + ": '" + key + "' must be one value");
        } else {
            values.put(setting.get(), value.asString());
        }
    }

    private static String keys() {
        return String.join(
                ", ", List.of(Setting.values()).stream().map(Setting::key).toList());
    }

    private void takeEnvironment(Map<String, String> environment) {
        for (var setting : Setting.values()) {
            var value = environment.get(setting.variable());
            if (value != null) {
                values.put(setting, value);
            }
        }
        environment.keySet().stream()
                .filter(name -> name.startsWith("SALLYPORT_") && !CLIENT_VARIABLES.contains(name))
                .filter(name -> List.of(Setting.values()).stream()
                        .noneMatch(setting -> setting.variable().equals(name)))
                .forEach(name -> problems.add("environment: unknown variable " + name));
    }

    private Optional<Config> config() {
        var data = path(Setting.DATA, text(Setting.DATA, "data"));
        var database = database(data);
        var gateway = gatewayListen();
        var credential = gatewayCredential(gateway.host());
        var config = new Config(
                data,
                database,
                address(Setting.LISTEN, text(Setting.LISTEN, "127.0.0.1")),
                number(Setting.PORT, 8080, 0, 65_535),
                url(Setting.PUBLIC_URL),
                gateway.host(),
                gateway.port(),
                url(Setting.GATEWAY_URL),
                gatewayGrpcPort(gateway.port()),
                credential,
                new ClientHop(number(Setting.CLIENT_HOP, 0, 0, 10)),
                new ClientHop(number(Setting.GATEWAY_CLIENT_HOP, 1, 0, 10)),
                Duration.ofSeconds(number(Setting.MAX_STALE, 60, 2, 600)),
                durability(),
                outboundAllowed(),
                leaks(),
                brand(),
                legacyKeys());
        return problems.isEmpty() ? Optional.of(config) : Optional.empty();
    }

    private String text(Setting setting, String standard) {
        return values.getOrDefault(setting, standard);
    }

    private Path path(Setting setting, String text) {
        try {
            // An empty path would be the folder that the program happens to be started in.
            if (!text.isBlank()) {
                return Path.of(text).toAbsolutePath().normalize();
            }
        } catch (InvalidPathException e) {
            // Reported below, with the same words.
        }
        problems.add(setting.key() + ": not a path");
        return Path.of("data");
    }

    private int number(Setting setting, int standard, int least, int most) {
        var text = values.get(setting);
        if (text == null) {
            return standard;
        }
        if (DIGITS.matcher(text).matches()) {
            var number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        problems.add(setting.key() + ": must be a whole number from " + least + " to " + most);
        return standard;
    }

    private DatabaseUrl database(Path data) {
        var standard = new DatabaseUrl.Sqlite(data.resolve("sallyport.db"));
        var text = values.get(Setting.DATABASE);
        if (text == null) {
            return standard;
        }
        try {
            var url = DatabaseUrl.parse(text);
            if (url.isPresent()) {
                return url.get();
            }
        } catch (InvalidPathException e) {
            // Reported below, with the same words.
        }
        // The text may hold a password: it is not repeated.
        problems.add("database: must be sqlite:PATH or postgresql://[USER[:PASSWORD]@]HOST[:PORT]/NAME");
        return standard;
    }

    private String address(Setting setting, String text) {
        try {
            // Java takes an empty name for the loopback address.
            if (!text.isBlank()) {
                return InetAddress.getByName(text).getHostAddress();
            }
        } catch (UnknownHostException e) {
            // Reported below, with the same words.
        }
        problems.add(setting.key() + ": '" + text + "' is no address of this machine");
        return "127.0.0.1";
    }

    private record HostAndPort(String host, int port) {}

    private HostAndPort gatewayListen() {
        var text = text(Setting.GATEWAY_LISTEN, "127.0.0.1:8081");
        var colon = text.lastIndexOf(':');
        var port = text.substring(colon + 1);
        if (colon < 1 || !DIGITS.matcher(port).matches() || Integer.parseInt(port) > 65_535) {
            problems.add("gateway-listen: must be ADDR:N with N from 0 to 65535, such as 127.0.0.1:8081");
            return new HostAndPort("127.0.0.1", 0);
        }
        var host = text.substring(0, colon);
        var bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return new HostAndPort(address(Setting.GATEWAY_LISTEN, bare), Integer.parseInt(port));
    }

    /** Next to the doors', unless it is said otherwise; any free one where theirs is, or where there is no next. */
    private OptionalInt gatewayGrpcPort(int doorsPort) {
        var text = values.get(Setting.GATEWAY_GRPC_PORT);
        if (text == null) {
            return OptionalInt.of(doorsPort == 0 || doorsPort == 65_535 ? 0 : doorsPort + 1);
        }
        if (text.equals("off")) {
            return OptionalInt.empty();
        }
        if (DIGITS.matcher(text).matches() && Integer.parseInt(text) <= 65_535) {
            return OptionalInt.of(Integer.parseInt(text));
        }
        problems.add("gateway-grpc-port: must be a whole number from 0 to 65535, or off");
        return OptionalInt.empty();
    }

    /** Whoever reaches a door can try stolen tokens there, so beyond this machine a gateway must show who it is. */
    private Optional<Secret> gatewayCredential(String gatewayHost) {
        var file = values.get(Setting.GATEWAY_CREDENTIAL_FILE);
        if (file == null) {
            if (!isLoopback(gatewayHost)) {
                problems.add("gateway-listen: " + gatewayHost
                        + " is not loopback; set gateway-credential-file to a file with a secret that the gateway sends in"
                        + " Sallyport-Gateway");
            }
            return Optional.empty();
        }
        try {
            var secret = Files.readString(path(Setting.GATEWAY_CREDENTIAL_FILE, file))
                    .strip();
            if (secret.length() >= SHORTEST_GATEWAY_CREDENTIAL) {
                return Optional.of(new Secret(secret));
            }
            problems.add("gateway-credential-file: holds fewer than " + SHORTEST_GATEWAY_CREDENTIAL + " characters");
        } catch (IOException e) {
            problems.add("gateway-credential-file: cannot be read");
        }
        return Optional.empty();
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private Optional<URI> url(Setting setting) {
        var text = values.get(setting);
        if (text == null) {
            return Optional.empty();
        }
        try {
            var url = new URI(text);
            var isHttp = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
            var isBare = url.getRawQuery() == null && url.getRawFragment() == null && url.getRawUserInfo() == null;
            if (isHttp && isBare && url.getHost() != null && url.getRawPath().isEmpty()) {
                return Optional.of(url);
            }
        } catch (URISyntaxException e) {
            // Reported below, with the same words.
        }
        problems.add(setting.key()
                + ": must be http:// or https:// with a host and no path, such as https://sallyport.example");
        return Optional.empty();
    }

    private Set<String> outboundAllowed() {
        var text = text(Setting.OUTBOUND_ALLOW, "").strip();
        var entries = text.isEmpty() ? List.<String>of() : List.of(text.split(" +"));
        if (entries.size() > MOST_ALLOWED || !entries.stream().allMatch(Outbound::isAllowance)) {
            problems.add("outbound-allow: must be at most " + MOST_ALLOWED
                    + " entries of HOST:PORT with a blank between, such as hooks.internal:8443 [fd00::1]:443");
            return Set.of();
        }
        return Set.copyOf(entries);
    }

    private Durability durability() {
        return switch (text(Setting.DECISION_LOG, "strict")) {
            case "strict" -> Durability.STRICT;
            case "bounded" -> Durability.BOUNDED;
            default -> {
                problems.add("decision-log: must be strict or bounded");
                yield Durability.STRICT;
            }
        };
    }

    private LeakSettings leaks() {
        var response = LeakResponse.named(text(Setting.LEAK_RESPONSE, LeakResponse.REVOKE.code()));
        if (response.isEmpty()) {
            problems.add("leak-response: must be revoke or report");
        }
        return new LeakSettings(
                text(Setting.BRAND, "dd"),
                response.orElse(LeakResponse.REVOKE),
                githubKeys(text(Setting.GITHUB_KEYS, LeakSettings.GITHUB_KEYS.toString())));
    }

    /** How it may be reached is judged when it is: see {@code outbound-allow}. */
    private URI githubKeys(String text) {
        try {
            var url = new URI(text);
            if (url.getHost() != null && url.getRawUserInfo() == null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // Reported below, with the same words.
        }
        problems.add("github-keys: must be a URL with a host, such as " + LeakSettings.GITHUB_KEYS);
        return LeakSettings.GITHUB_KEYS;
    }

    private LegacyKeys legacyKeys() {
        var deprecated = text(Setting.LEGACY_KEYS_DEPRECATED, Setting.LEGACY_KEYS_DEPRECATED.standard());
        var since = deprecated.equals("never")
                ? Optional.<Instant>empty()
                : day(Setting.LEGACY_KEYS_DEPRECATED, deprecated, " or never");
        var sunset = values.containsKey(Setting.LEGACY_KEYS_SUNSET)
                ? day(Setting.LEGACY_KEYS_SUNSET, text(Setting.LEGACY_KEYS_SUNSET, ""), "")
                : Optional.<Instant>empty();
        if (since.isPresent() && sunset.isPresent() && sunset.get().isBefore(since.get())) {
            problems.add("legacy-keys-sunset: must not be before legacy-keys-deprecated");
            return new LegacyKeys(since, Optional.empty());
        }
        return new LegacyKeys(since, sunset);
    }

    /** The beginning of that day in UTC. */
    private Optional<Instant> day(Setting setting, String text, String otherwise) {
        try {
            if (DAY.matcher(text).matches()) {
                return Optional.of(
                        LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
            }
        } catch (DateTimeParseException e) {
            // Reported below, with the same words.
        }
        problems.add(setting.key() + ": must be a day like 2027-01-31" + otherwise);
        return Optional.empty();
    }

    private String brand() {
        var text = text(Setting.BRAND, "dd");
        if (!BRAND.matcher(text).matches()) {
            problems.add("brand: must be 1 to 8 letters of a-z");
        }
        return text;
    }
}
