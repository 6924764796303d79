package dev.sallyport.cli;

import picocli.CommandLine.Command;

@Command(
        name = "show",
        header = "Show the rules.",
        description = "With --json it prints a document that 'sallyport rules set' takes back.",
        footer = {"", "Examples:", "  sallyport rules show", "  sallyport rules show --json > rules.json"})
final class RulesShowCommand extends ServerCommand {

    RulesShowCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        var answer = api().get(RulesChange.PATH);
        if (isJson()) {
            output.json(answer);
        } else {
            RulesChange.show(output, answer);
        }
        return ExitCode.DONE.code();
    }
}
