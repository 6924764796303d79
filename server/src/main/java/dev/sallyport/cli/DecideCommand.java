package dev.sallyport.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "decide",
        header = "Ask whether a call with your token would be permitted, and why.",
        description =
                "Decides like a door, and calls nothing. Exits with 0 if the call would be permitted, with 10 if not.",
        footer = {
            "",
            "Examples:",
            "  sallyport decide GET /api/v1/monitor",
            "  sallyport decide POST /orders --api orders --json"
        })
final class DecideCommand extends ServerCommand {

    @Parameters(index = "0", paramLabel = "METHOD", description = "The call's method, like GET.")
    String method = "";

    @Parameters(index = "1", paramLabel = "PATH", description = "Its path, as it is sent.")
    String path = "";

    @Option(names = "--api", paramLabel = "ID", description = "The protected API; datadog unless given.")
    String api = "datadog";

    DecideCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        var answer = api().post("/sallyport/v1/decide", Map.of("api", api, "method", method, "path", path));
        var isPermitted = Json.text(answer, "decision").equals("permit");
        if (isJson()) {
            output.json(answer);
        } else {
            Explained.show(output, answer);
        }
        return (isPermitted ? ExitCode.DONE : ExitCode.DENIED).code();
    }
}
