package dev.sallyport.cli;

import dev.sallyport.chooser.Choice;
import dev.sallyport.chooser.Chooser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "choose",
        header = "Find out which credential fits.",
        description = "Asks up to four questions, or takes the answers as options, and names the credential with the"
                + " command that makes it. It needs no server. What this version cannot issue yet is named all the same,"
                + " with what to use until then. With --check it asks a server which live credentials are used like"
                + " another kind, and exits with 11 if there are any.",
        footer = {
            "",
            "Examples:",
            "  sallyport choose",
            "  sallyport choose --what intake",
            "  sallyport choose --check --days 30",
            "  sallyport choose --what api --who pipeline_or_service --from ci_cd --how-long long_running --json"
        })
final class ChooseCommand extends ServerCommand {

    private static final int WRONG_ANSWERS = 3;

    @Option(names = "--what", paramLabel = "ANSWER", description = "What it calls: api or intake.")
    String what = "";

    @Option(
            names = "--who",
            paramLabel = "ANSWER",
            description = "Who authenticates: developer, first_party_client, pipeline_or_service, autonomous_agent,"
                    + " workload or application_for_user.")
    String who = "";

    @Option(
            names = "--from",
            paramLabel = "ANSWER",
            description = "Where it runs: laptop, ci_cd, aws, platform (another cloud, Kubernetes, GitHub, GitLab) or"
                    + " elsewhere.")
    String from = "";

    @Option(
            names = "--how-long",
            paramLabel = "ANSWER",
            description = "For how long it is used: short_or_interactive, long_running, temporary_delegated or"
                    + " ephemeral.")
    String howLong = "";

    @Option(names = "--check", description = "Ask a server instead which live credentials are used like another kind.")
    boolean isCheck;

    @Mixin
    DaysOption days = new DaysOption();

    ChooseCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        if (isCheck) {
            if (!(what + who + from + howLong).isEmpty()) {
                throw new Failure(ExitCode.USAGE, "--check looks at credentials and takes no answers. Leave them out.");
            }
            return new CredentialCheck(api(), output)
                    .run(days.value(), isJson())
                    .code();
        }
        var chooser = new Chooser();
        var answers = new LinkedHashMap<String, String>();
        put(answers, "what", what);
        put(answers, "who", who);
        put(answers, "from", from);
        put(answers, "how_long", howLong);
        while (true) {
            switch (choice(chooser, answers)) {
                case Choice.Advice advice -> {
                    show(advice);
                    return ExitCode.DONE.code();
                }
                case Choice.Ask ask -> answers.put(ask.question(), answer(ask));
            }
        }
    }

    private static void put(Map<String, String> answers, String question, String answer) {
        if (!answer.isEmpty()) {
            answers.put(question, answer);
        }
    }

    private static Choice choice(Chooser chooser, Map<String, String> answers) {
        try {
            return chooser.choose(answers);
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    private String answer(Choice.Ask ask) {
        var offered = List.copyOf(ask.answers().keySet());
        if (!shell.isTerminal() || isJson()) {
            throw new Failure(
                    ExitCode.USAGE,
                    ask.text() + " Add --" + ask.question().replace('_', '-') + " with one of "
                            + String.join(", ", offered) + ".");
        }
        output.line(Output.Colour.BOLD, ask.text());
        for (var number = 1; number <= offered.size(); number++) {
            output.line("  " + number + "  " + ask.answers().get(offered.get(number - 1)));
        }
        for (var attempt = 0; attempt < WRONG_ANSWERS; attempt++) {
            var typed = typed();
            var number = typed.length() == 1 ? Character.digit(typed.charAt(0), 10) : -1;
            if (number >= 1 && number <= offered.size()) {
                output.line("");
                return offered.get(number - 1);
            }
            output.remark("Type a number from 1 to " + offered.size() + ".");
        }
        throw new Failure(ExitCode.USAGE, "No answer was chosen.");
    }

    private String typed() {
        try {
            var line = shell.in().readLine();
            if (line == null) {
                throw new Failure(ExitCode.USAGE, "No answer was chosen.");
            }
            return line.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void show(Choice.Advice advice) {
        if (isJson()) {
            output.json(Map.of(
                    "best", described(advice.best()),
                    "reason", advice.reason(),
                    "use", described(advice.use()),
                    "life", advice.life(),
                    "command", advice.command()));
            return;
        }
        output.line(Output.Colour.GREEN, advice.best().name());
        output.line(advice.reason());
        var facts = new Table();
        if (!advice.best().isOffered()) {
            facts.row("until then", advice.use().name() + ", because this version does not issue the other yet");
        }
        output.facts(facts.row("life", advice.life()).row("next", advice.command()));
    }

    private static Map<String, Object> described(Choice.Credential credential) {
        return Map.of(
                "id", credential.id(),
                "name", credential.name(),
                "is_offered", credential.isOffered(),
                "is_stored", credential.isStored());
    }
}
