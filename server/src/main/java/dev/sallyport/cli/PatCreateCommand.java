package dev.sallyport.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
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

    private static final int LONGEST_DAYS = 365;

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
        if (!lifetime.expiresAt.isEmpty()) {
            try {
                return OffsetDateTime.parse(lifetime.expiresAt).toInstant();
            } catch (DateTimeParseException e) {
                throw new Failure(
                        ExitCode.USAGE, "--expires-at takes a time with its offset, like 2026-12-31T00:00:00Z.");
            }
        }
        if (lifetime.days < 1 || lifetime.days > LONGEST_DAYS) {
            throw new Failure(ExitCode.USAGE, "--days takes a number from 1 to " + LONGEST_DAYS + ".");
        }
        var end = shell.clock().instant().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofDays(lifetime.days));
        // The least is a whole day, counted when the request arrives.
        return lifetime.days == 1 ? end.plus(Duration.ofMinutes(1)) : end;
    }
}
