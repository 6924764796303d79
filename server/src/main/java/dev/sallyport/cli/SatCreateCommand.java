package dev.sallyport.cli;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "create",
        header = "Create an access token for a service account.",
        description = "Prints the token, which is never shown again. You can pass on only what your own token reaches,"
                + " and not beyond its end.",
        footer = {
            "",
            "Examples:",
            "  sallyport sat create deploy-bot --name ci --scopes monitors_read,dashboards_read",
            "  TOKEN=$(sallyport sat create deploy-bot --name ci --scopes metrics_read --days 7)"
        })
final class SatCreateCommand extends ServerCommand {

    @Mixin
    ServiceAccountArgument account = new ServiceAccountArgument();

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "What you will know it by.")
    String name = "";

    @Option(
            names = "--scopes",
            required = true,
            paramLabel = "NAMES",
            description = "What it may be used for, names joined by commas.")
    String scopes = "";

    @ArgGroup(exclusive = true)
    Lifetime lifetime = new Lifetime();

    static final class Lifetime {
        @Option(names = "--days", paramLabel = "N", description = "For how many days, 1 to 365; 30 unless given.")
        int days = 30;

        @Option(names = "--expires-at", paramLabel = "TIME", description = "Until when, like 2026-12-31T00:00:00Z.")
        String expiresAt = "";

        @Option(
                names = "--never-expires",
                description = "Until it is revoked. Your own credential must not end either.")
        boolean isEndless;
    }

    SatCreateCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        var attributes = new HashMap<String, Object>(
                Map.of("name", name, "scopes", List.of(scopes.strip().split("\\s*,\\s*"))));
        expiresAt().ifPresent(end -> attributes.put("expires_at", end.toString()));
        var body = Map.of("data", Map.of("type", "service_access_tokens", "attributes", attributes));
        var client = api();
        var created = client.post(account.tokens(client), body).path("data");
        if (isJson()) {
            output.json(created);
        } else {
            var end = Json.text(created, "attributes", "expires_at");
            output.line(Json.text(created, "attributes", "key"));
            output.remark("Token " + Json.text(created, "id") + " is good "
                    + (end.isEmpty() ? "until it is revoked" : "until " + end)
                    + ". It is shown this once: keep it now.");
        }
        return ExitCode.DONE.code();
    }

    private Optional<Instant> expiresAt() {
        if (lifetime.isEndless) {
            return Optional.empty();
        }
        return Optional.of(
                lifetime.expiresAt.isEmpty()
                        ? Expiry.in(lifetime.days, shell.clock().instant())
                        : Expiry.at(lifetime.expiresAt));
    }
}
