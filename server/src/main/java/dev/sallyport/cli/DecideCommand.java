package dev.sallyport.cli;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

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

    private static final int SHOWN_NAMES = 10;

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
            show(answer, isPermitted);
        }
        return (isPermitted ? ExitCode.DONE : ExitCode.DENIED).code();
    }

    private void show(JsonNode answer, boolean isPermitted) {
        output.line(
                isPermitted ? Output.Colour.GREEN : Output.Colour.RED,
                Json.text(answer, "decision") + ": " + Json.text(answer, "reason"));
        var explanation = Json.text(answer, "explanation");
        if (!explanation.isEmpty()) {
            output.line(explanation);
        }
        output.facts(new Table()
                .row("operation", together(Json.text(answer, "operation"), Json.text(answer, "template")))
                .row("required", required(answer))
                .row("held", Output.some(Json.texts(answer.path("held")), SHOWN_NAMES))
                .row("missing", Output.some(Json.texts(answer.path("missing")), SHOWN_NAMES))
                .row("credential", credential(answer.path("credential")))
                .row("revision", Json.text(answer, "revision")));
    }

    private static String required(JsonNode answer) {
        var alternatives = ApiFacts.alternatives(answer.path("required"));
        return alternatives.isEmpty() ? Json.text(answer, "requirement") : alternatives;
    }

    private static String credential(JsonNode credential) {
        return together(Json.text(credential, "kind"), Json.text(credential, "id"), Json.text(credential, "name"));
    }

    private static String together(String... texts) {
        return Stream.of(texts).filter(text -> !text.isEmpty()).collect(Collectors.joining(" "));
    }
}
