package dev.sallyport.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "import",
        header = "Protect an API by its OpenAPI document.",
        description = "Every operation of the document is then decided by the permission it declares. Importing again"
                + " replaces the document.",
        footer = {"", "Example:", "  sallyport api import orders.yaml --id orders --host orders.example.com"})
final class ApiImportCommand extends ServerCommand {

    private static final long LONGEST_DOCUMENT = 1 << 20;
    private static final int SHOWN_PERMISSIONS = 10;

    @Parameters(paramLabel = "FILE", description = "An OpenAPI 3 document, JSON or YAML, at most 1 MiB.")
    Path file = Path.of("");

    @Option(names = "--id", required = true, paramLabel = "ID", description = "The API's short name, for ever.")
    String id = "";

    @Option(names = "--host", required = true, paramLabel = "HOST", description = "The host that serves it.")
    String host = "";

    ApiImportCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        var answer = doors().post("/sallyport/v1/apis", Map.of("id", id, "host", host, "document", document()));
        if (isJson()) {
            output.json(answer);
        } else {
            show(answer);
        }
        return ExitCode.DONE.code();
    }

    private void show(JsonNode api) {
        output.facts(new Table()
                .row("imported", ApiFacts.id(api))
                .row("title", ApiFacts.title(api))
                .row("host", ApiFacts.host(api))
                .row("operations", ApiFacts.operationCount(api))
                .row("permissions", Output.some(Json.texts(api.path("permissions")), SHOWN_PERMISSIONS)));
        var undeclared = api.path("undeclared_operations");
        if (!undeclared.isEmpty()) {
            output.remark("These operations declare no permission and are denied until they do:");
            ApiFacts.operations(undeclared).lines().forEach(output::remark);
        }
    }

    private String document() {
        try {
            if (Files.size(file) > LONGEST_DOCUMENT) {
                throw new Failure(ExitCode.BAD_INPUT, file + " is larger than 1 MiB. Leave out examples and texts.");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Failure(ExitCode.BAD_INPUT, file + " is not UTF-8. Save it as UTF-8 and try again.");
        } catch (IOException e) {
            throw new Failure(ExitCode.BAD_INPUT, file + " cannot be read. Check its name.");
        }
    }
}
