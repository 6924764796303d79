package dev.sallyport.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "create",
        header = "Create an application key for yourself or a service account.",
        description = {
            "Prints the key, which is never shown again. No token can do this: put a pair of keys into DD_API_KEY and"
                    + " DD_APP_KEY. The organization must allow application keys.",
            "Without --scopes the key does all that its owner may do."
        },
        footer = {
            "",
            "Examples:",
            "  sallyport app-key create --name deploys --scopes monitors_read,monitors_write",
            "  sallyport app-key create --name robot --service-account 0abefcae-90ed-4670-94ab-7cea6ca9fb6f"
        })
final class AppKeyCreateCommand extends ServerCommand {

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "What you will know it by.")
    String name = "";

    @Option(
            names = "--scopes",
            paramLabel = "NAMES",
            description = "What it may be used for, names joined by commas; everything unless given.")
    String scopes = "";

    @Mixin
    AppKeyOwner owner = new AppKeyOwner();

    AppKeyCreateCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        var attributes = new LinkedHashMap<String, Object>();
        attributes.put("name", name);
        if (!scopes.isBlank()) {
            attributes.put("scopes", List.of(scopes.strip().split("\\s*,\\s*")));
        }
        var body = Map.of("data", Map.of("type", "application_keys", "attributes", attributes));
        var created = apiWithKeys().post(owner.path(), body).path("data");
        if (isJson()) {
            output.json(created);
        } else {
            output.line(Json.text(created, "attributes", "key"));
            output.remark(
                    "Application key " + Json.text(created, "id") + " has no end. It is shown this once: keep it now.");
        }
        return ExitCode.DONE.code();
    }
}
