package dev.sallyport;

import dev.sallyport.cli.Commands;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program: a server and its command line. */
@Command(
        name = "sallyport",
        description = "API credential authority: issues credentials, decides for every call, records who did what.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {ServeCommand.class, InitCommand.class},
        synopsisSubcommandLabel = "COMMAND")
public final class Main implements Callable<Integer> {

    private static final int FAILED = 1;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        var root = new CommandLine(new Main());
        root.setExecutionExceptionHandler((thrown, command, _) -> {
            if (thrown instanceof StartFailure || thrown instanceof ConfigProblem) {
                String.valueOf(thrown.getMessage())
                        .lines()
                        .forEach(line -> command.getErr().println("sallyport: " + line));
                return FAILED;
            }
            throw thrown;
        });
        return Commands.addTo(root).execute(arguments);
    }

    /** A command was wanted. */
    @Override
    public Integer call() {
        new CommandLine(this).usage(System.err);
        return CommandLine.ExitCode.USAGE;
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            var version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"sallyport " + (version == null ? "(not packaged)" : version)};
        }
    }
}
