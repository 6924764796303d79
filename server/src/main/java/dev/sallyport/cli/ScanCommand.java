package dev.sallyport.cli;

import dev.sallyport.secret.LeakedText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "scan",
        header = "Find our credentials in files and in the history of git.",
        description =
                "Reads files and folders, binary files too, and prints where tokens, application keys and API keys"
                        + " stand, but never a whole one. Exits with 0 if there are none, with 11 if there are, whether they live"
                        + " or not, and with 1 if none was found but not everything could be read.",
        footer = {
            "",
            "Examples:",
            "  sallyport scan .",
            "  sallyport scan ~/projects/shop --history",
            "  sallyport scan backup.tar logs --ask --url https://auth.example.com --json"
        })
final class ScanCommand extends ServerCommand {

    private static final Pattern BRAND = Pattern.compile("[a-z]{1,8}");
    private static final int ASKED_AT_ONCE = 100;

    @Parameters(
            arity = "1..*",
            paramLabel = "PATH",
            description = "Files and folders. Links in folders are not followed, and .git is left out.")
    List<Path> paths = List.of();

    @Option(
            names = "--history",
            description = "Read every version of every file in the git repositories of the paths too, and the messages"
                    + " of their commits.")
    boolean history;

    @Option(
            names = "--ask",
            description = "Send what was found to the server, and say which still live. Needs no token.")
    boolean ask;

    @Option(
            names = "--brand",
            paramLabel = "LETTERS",
            description = "What the prefixes of the server's tokens begin with; dd unless given, as in ddpat_.")
    String brand = "dd";

    ScanCommand(Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        if (!BRAND.matcher(brand).matches()) {
            throw new Failure(ExitCode.USAGE, "--brand takes 1 to 8 of the letters a-z.");
        }
        var report = new ScanReport(shell, brand);
        scan(report);
        var found = report.credentials();
        var lives = ask && !found.isEmpty() ? answers(found) : Map.<String, Boolean>of();
        show(report, found, lives);
        if (!found.isEmpty()) {
            return ExitCode.FOUND.code();
        }
        return (report.isComplete() ? ExitCode.DONE : ExitCode.FAILED).code();
    }

    private void scan(ScanReport report) {
        var files = new FileScan(report);
        var versions = new HistoryScan(report, "git");
        for (var path : paths) {
            var resolved = shell.directory().resolve(path);
            files.scan(resolved);
            if (history) {
                versions.scan(resolved);
            }
        }
    }

    /** Whether each text lives. What was found is told in any case, also when the server cannot say. */
    private Map<String, Boolean> answers(List<Finding> found) {
        var texts = new LinkedHashSet<String>();
        found.forEach(finding -> texts.add(text(finding.leaked())));
        var unique = new ArrayList<>(texts);
        var lives = new HashMap<String, Boolean>();
        try {
            var client = open();
            for (var from = 0; from < unique.size(); from += ASKED_AT_ONCE) {
                var asked = unique.subList(from, Math.min(unique.size(), from + ASKED_AT_ONCE));
                var answers = Json.items(client.post("/sallyport/v1/leaks/lookup", Map.of("credentials", asked)));
                if (answers.size() != asked.size()) {
                    throw new Failure(ExitCode.FAILED, "The server did not answer for every credential.");
                }
                for (var i = 0; i < asked.size(); i++) {
                    lives.put(asked.get(i), Json.text(answers.get(i), "lives").equals("true"));
                }
            }
        } catch (Failure failure) {
            shell.warn(failure.message());
        }
        return lives;
    }

    private void show(ScanReport report, List<Finding> found, Map<String, Boolean> lives) {
        if (isJson()) {
            output.json(report.all().stream()
                    .map(finding -> finding.json(lives.get(text(finding.leaked()))))
                    .toList());
            return;
        }
        for (var finding : found) {
            var life = lives.get(text(finding.leaked()));
            var line = finding.line(life);
            if (Boolean.TRUE.equals(life)) {
                output.line(Output.Colour.RED, line);
            } else {
                output.line(line);
            }
        }
        output.remark("Credentials found: " + found.size() + ", in " + report.texts()
                + (history ? " files, versions of files and commits." : " files."));
    }

    private static String text(LeakedText leaked) {
        return leaked.text().reveal();
    }
}
