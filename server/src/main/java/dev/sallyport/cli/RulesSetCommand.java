package dev.sallyport.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "set",
        header = "Set the rules.",
        description =
                "They hold for what is created from now on. Credentials that are there are left alone unless --apply names"
                        + " a rule; 'sallyport rules preview' says how many would end. Nothing is set if somebody else has changed the"
                        + " rules since they were read.",
        footer = {
            "",
            "Examples:",
            "  sallyport rules set rules.json",
            "  sallyport rules set --set application_key.creatable=false --set addresses=192.0.2.0/24",
            "  sallyport rules set --set personal_access_token.longest_life_days=30 \\",
            "      --apply personal_access_token.longest_life_days --expect 12"
        })
final class RulesSetCommand extends ServerCommand {

    @Mixin
    RulesChange change = new RulesChange();

    @Option(
            names = "--expect",
            paramLabel = "N",
            description = "How many credentials --apply is to end; any other number, and nothing is done.")
    long expected;

    RulesSetCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        if (change.file == null && change.changes.isEmpty() && change.applied.isEmpty()) {
            throw new Failure(ExitCode.USAGE, "Give a file, --set or --apply. 'sallyport rules show' shows the rules.");
        }
        var api = api();
        var body = change.body(api);
        body.put("expect", expected);
        var answer = api.put(RulesChange.PATH, body);
        if (isJson()) {
            output.json(answer);
        } else {
            RulesChange.show(output, answer);
            output.remark("The rules are set. " + Json.text(answer, "ended") + " credentials ended.");
        }
        return ExitCode.DONE.code();
    }
}
