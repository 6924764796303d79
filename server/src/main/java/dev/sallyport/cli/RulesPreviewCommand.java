package dev.sallyport.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "preview",
        header = "Show which credentials break rules that are not set yet.",
        description =
                "Changes nothing. With --apply it counts what those rules would end, otherwise what all of them would.",
        footer = {
            "",
            "Examples:",
            "  sallyport rules preview --set personal_access_token.longest_life_days=30",
            "  sallyport rules preview rules.json --apply api_key.unused_days"
        })
final class RulesPreviewCommand extends ServerCommand {

    private static final int SHOWN_NAMES = 5;

    @Mixin
    RulesChange change = new RulesChange();

    RulesPreviewCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        var api = api();
        var answer = api.post(RulesChange.PATH + "/preview", change.body(api));
        if (isJson()) {
            output.json(answer);
            return ExitCode.DONE.code();
        }
        var table = new Table("RULE", "CREDENTIALS", "AMONG THEM");
        for (var finding : Json.items(answer.path("broken"))) {
            var names = Json.items(finding.path("sample")).stream()
                    .map(credential -> Json.text(credential, "name"))
                    .limit(SHOWN_NAMES)
                    .toList();
            table.row(Json.text(finding, "rule"), Json.text(finding, "count"), String.join(", ", names));
        }
        output.table(table);
        output.remark(Json.text(answer, "would_end") + " credentials would end.");
        return ExitCode.DONE.code();
    }
}
