package dev.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.Golden;
import java.io.StringWriter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class UsageTest {

    static Stream<String> commands() {
        return all(commandLine()).map(command -> command.getCommandSpec().qualifiedName());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void help_reads_as_it_was_reviewed(String command) {
        var arguments = (command.substring("sallyport ".length()) + " --help").split(" ");

        var run = new TestShell().run(arguments);

        assertThat(run.exitCode()).isZero();
        Golden.assertMatches("cli/usage/" + command.replace(' ', '-') + ".txt", run.out());
    }

    @Test
    void every_command_describes_itself_and_gives_examples() {
        assertThat(all(commandLine())).allSatisfy(command -> {
            var usage = command.getCommandSpec().usageMessage();
            assertThat(usage.description()).isNotEmpty();
            assertThat(String.join("\n", usage.footer())).contains("Example");
        });
    }

    @Test
    void no_option_takes_a_secret() {
        assertThat(all(commandLine()).flatMap(command -> command.getCommandSpec().optionsMap().keySet().stream()))
                .doesNotContain("--token", "--password", "--secret");
    }

    private static CommandLine commandLine() {
        return new TestShell().commandLine(new StringWriter(), new StringWriter());
    }

    private static Stream<CommandLine> all(CommandLine root) {
        return root.getSubcommands().values().stream()
                .flatMap(command -> Stream.concat(Stream.of(command), all(command)));
    }
}
