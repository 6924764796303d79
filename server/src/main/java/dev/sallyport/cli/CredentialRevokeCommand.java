package dev.sallyport.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(
        name = "revoke",
        header = "Revoke every credential that the options describe.",
        description =
                "Shows what it would revoke, and revokes nothing without --yes. What is revoked stops working at once, and"
                        + " for ever. Kinds that the token may not revoke are left out.",
        footer = {
            "",
            "Examples:",
            "  sallyport credential revoke --owner ada@acme.example --with-descendants",
            "  sallyport credential revoke --name laptop --reason 'laptop lost' --yes"
        })
final class CredentialRevokeCommand extends ServerCommand {

    /** Ten thousand end in portions, each of which may take two seconds. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @Mixin
    CredentialFilterOptions filter = new CredentialFilterOptions();

    @Option(names = "--all", description = "Every credential of the organization; stands alone.")
    boolean isAll;

    @Option(names = "--with-descendants", description = "And what they have minted, directly or not.")
    boolean hasDescendants;

    @Option(names = "--include-own", description = "And the one that this command shows, if it is among them.")
    boolean includesOwn;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why, for the audit trail.")
    @Nullable
    String reason;

    @Option(names = "--yes", description = "Revoke them.")
    boolean isConfirmed;

    CredentialRevokeCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        if (filter.members().isEmpty() != isAll) {
            throw new Failure(
                    ExitCode.USAGE, "Say which credentials are meant: by options that describe them, or --all alone.");
        }
        var client = api().waiting(PATIENCE);
        var order = order(client);
        var found = client.post(CredentialRows.PATH + "/revoke", order);
        if (!isJson()) {
            show(found);
        }
        if (!isConfirmed || count(found) == 0) {
            leave(found);
            return ExitCode.DONE.code();
        }
        order.put("dry_run", false);
        order.put("expect", count(found));
        report(client.post(CredentialRows.PATH + "/revoke", order));
        return ExitCode.DONE.code();
    }

    private Map<String, Object> order(Client client) {
        var order = new LinkedHashMap<String, Object>();
        order.put("filter", isAll ? Map.of("all", true) : filter.members(client));
        order.put("with_descendants", hasDescendants);
        order.put("include_own", includesOwn);
        if (reason != null) {
            order.put("reason", reason);
        }
        order.put("dry_run", true);
        return order;
    }

    private static int count(JsonNode answer) {
        return answer.path("count").asInt(0);
    }

    private void show(JsonNode found) {
        if (count(found) == 0) {
            return;
        }
        var sample = Json.items(found.path("sample"));
        output.line("Found " + count(found) + ": " + kinds(found) + "."
                + (sample.size() < count(found) ? " The first " + sample.size() + ":" : ""));
        output.table(CredentialRows.table(sample));
    }

    private static String kinds(JsonNode answer) {
        return answer.path("kinds").properties().stream()
                .map(kind -> Json.text(kind.getValue()) + " " + kind.getKey())
                .collect(Collectors.joining(", "));
    }

    private void leave(JsonNode found) {
        if (isJson()) {
            output.json(found);
        }
        output.remark(count(found) == 0 ? "Nothing matches." : "Nothing is revoked yet. Add --yes to revoke them.");
    }

    private void report(JsonNode done) {
        if (isJson()) {
            output.json(done);
        } else {
            output.line("Revoked " + count(done) + ".");
        }
        if (Json.text(done, "complete").equals("false")) {
            output.remark("There are more than one call revokes. Run the same command again.");
        }
    }
}
