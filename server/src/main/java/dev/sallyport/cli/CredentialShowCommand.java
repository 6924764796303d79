package dev.sallyport.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        header = "Show a live credential and where it comes from.",
        description = "With what minted it, what minted that, and how many live ones it has minted in turn.",
        footer = {"", "Example:", "  sallyport credential show da1bd5f8-847b-4aec-a33d-11b04ebde244"})
final class CredentialShowCommand extends ServerCommand {

    @Parameters(paramLabel = "ID", description = "The credential's id, as 'sallyport credential list' shows it.")
    String id = "";

    CredentialShowCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        if (id.isBlank()) {
            throw new Failure(ExitCode.USAGE, "The id is empty. 'sallyport credential list' shows the ids.");
        }
        var credential = api().get(CredentialRows.PATH + "/" + Client.encoded(id));
        if (isJson()) {
            output.json(credential);
            return ExitCode.DONE.code();
        }
        output.facts(CredentialRows.facts(credential));
        var ancestors = Json.items(credential.path("ancestors"));
        if (!ancestors.isEmpty()) {
            output.line("");
            output.table(CredentialRows.ancestors(ancestors));
        }
        return ExitCode.DONE.code();
    }
}
