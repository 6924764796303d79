package dev.sallyport.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "explain",
        header = "Show why a call was allowed or refused, and what would change that.",
        description =
                "Takes the id of a decision: it stands in the header Sallyport-Decision of every answer and in the trail. You"
                        + " see your own calls, and with audit_logs_read those of your organization.",
        footer = {
            "",
            "Examples:",
            "  sallyport explain dec_562f05c400000001000000000000000a",
            "  sallyport explain dec_562f05c400000001000000000000000a --json"
        })
final class ExplainCommand extends ServerCommand {

    @Parameters(
            index = "0",
            paramLabel = "ID",
            description = "The decision, like dec_562f05c400000001000000000000000a.")
    String id = "";

    ExplainCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        if (!id.matches("dec_[0-9a-f]{32}")) {
            throw new Failure(ExitCode.USAGE, "An id of a decision is dec_ and 32 hexadecimal digits.");
        }
        var answer = api().get("/sallyport/v1/decisions/" + id);
        if (isJson()) {
            output.json(answer);
        } else {
            Explained.show(output, answer);
        }
        return ExitCode.DONE.code();
    }
}
