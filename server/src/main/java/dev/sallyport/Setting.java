package dev.sallyport;

import java.util.Locale;
import java.util.Optional;

/**
 * Everything that can be configured. A key of the file ({@code gateway-listen}) is also an environment variable ({@code
 * SALLYPORT_GATEWAY_LISTEN}), and for some there is an option ({@code --gateway-listen}); an option outranks the environment,
 * which outranks the file.
 */
enum Setting {
    DATA("data", "./data", "Folder of the embedded database, the decision log and the key files."),
    DATABASE("database", "sqlite:<data>/sallyport.db", "Control database: sqlite:PATH or postgresql://USER@HOST/NAME."),
    LISTEN("listen", "127.0.0.1", "Address of the management API."),
    PORT("port", "8080", "Port of the management API, 0 to 65535; 0 takes any free one."),
    PUBLIC_URL(
            "public-url",
            "http://localhost:<port>",
            "How clients reach the management API; the issuer of identity headers."),
    GATEWAY_LISTEN(
            "gateway-listen", "127.0.0.1:8081", "Address and port of the doors, as ADDR:N; port 0 takes any free one."),
    GATEWAY_URL(
            "gateway-url",
            "http://<gateway-listen>",
            "How AuthZEN enforcement points reach the doors; the identifier in their metadata."),
    GATEWAY_GRPC_PORT(
            "gateway-grpc-port",
            "one more than the doors'",
            "Port of the doors' address where Envoy asks over gRPC, 0 to 65535; 0 takes any free one, off has no such door."),
    GATEWAY_CREDENTIAL_FILE(
            "gateway-credential-file",
            "",
            "File with the secret that gateways show in Sallyport-Gateway. Needed when the doors are not on loopback."),
    CLIENT_HOP(
            "client-hop",
            "0",
            "Whose address is the client's at the management API, 0 to 10: 0 the peer, N the Nth entry of"
                    + " X-Forwarded-For from the right."),
    GATEWAY_CLIENT_HOP("gateway-client-hop", "1", "The same at the doors."),
    MAX_STALE("max-stale", "60", "Seconds, 2 to 600, for which decisions go on without the database."),
    DECISION_LOG(
            "decision-log",
            "strict",
            "When an allowed call is answered: strict once its record is on stable storage; bounded at once, while at most 1000"
                    + " records and 50 ms of them are not, which a power cut may then lose."),
    OUTBOUND_ALLOW(
            "outbound-allow",
            "",
            "HOST:PORT entries, a blank between, at most 50, that webhooks may reach although their addresses are not"
                    + " public; on loopback also by plain http."),
    LEAK_RESPONSE(
            "leak-response",
            "revoke",
            "What a signed report of GitHub does to a live credential that was found in public: revoke ends it, report only"
                    + " writes it into the trail."),
    GITHUB_KEYS(
            "github-keys",
            "https://api.github.com/meta/public_keys/secret_scanning",
            "Where the keys are published that GitHub signs its reports with."),
    BRAND("brand", "dd", "First letters of every token prefix, 1 to 8 of a-z: dd makes ddpat_."),
    LEGACY_KEYS_DEPRECATED(
            "legacy-keys-deprecated",
            "2026-06-30",
            "Day since which application keys are deprecated, as Deprecation tells whoever calls with one; never for no"
                    + " header."),
    LEGACY_KEYS_SUNSET(
            "legacy-keys-sunset",
            "",
            "Day on which application keys are to stop working, as Sunset tells whoever calls with one.");

    private final String key;
    private final String standard;
    private final String meaning;

    Setting(String key, String standard, String meaning) {
        this.key = key;
        this.standard = standard;
        this.meaning = meaning;
    }

    String key() {
        return key;
    }

    /** What holds when nobody says otherwise, as it is documented. */
    String standard() {
        return standard;
    }

    String meaning() {
        return meaning;
    }

    String variable() {
        return "SALLYPORT_" + key.replace('-', '_').toUpperCase(Locale.ROOT);
    }

    static Optional<Setting> named(String key) {
        for (var setting : values()) {
            if (setting.key.equals(key)) {
                return Optional.of(setting);
            }
        }
        return Optional.empty();
    }
}
