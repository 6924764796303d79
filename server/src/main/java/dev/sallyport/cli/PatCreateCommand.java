package dev.sallyport.cli;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "create",
        header = "Create a personal access token for yourself.",
        description =
                "Prints the token, which is never shown again. A token that creates another one can pass on only its"
                        + " own scopes, and not beyond its own end.",
        footer = {
            "",
            "Examples:",
            "  sallyport pat create --name laptop --scopes monitors_read,dashboards_read",
            "  TOKEN=$(sallyport pat create --name ci --scopes metrics_read --days 7)"
        })
final class PatCreateCommand extends ServerCommand {

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
    }

    PatCreateCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        var attributes = Map.of(
                "name", name,
                "scopes", List.of(scopes.strip().split("\\s*,\\s*")),
                "expires_at", expiresAt().toString());
        var body = Map.of("data", Map.of("type", "personal_access_tokens", "attributes", attributes));
        var created = api().post("/api/v2/personal_access_tokens", body).path("data");
        if (isJson()) {
            output.json(created);
        } else {
            output.line(Json.text(created, "attributes", "key"));
            output.remark("Token " + Json.text(created, "id") + " is yours until "
                    + Json.text(created, "attributes", "expires_at") + ". It is shown this once: keep it now.");
        }
        return ExitCode.DONE.code();
    }

    private Instant expiresAt() {
        return lifetime.expiresAt.isEmpty()
                ? Expiry.in(lifetime.days, shell.clock().instant())
                : Expiry.at(lifetime.expiresAt);
    }
}
