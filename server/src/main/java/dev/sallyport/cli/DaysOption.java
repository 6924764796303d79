package dev.sallyport.cli;

import picocli.CommandLine.Option;

/** How far back the counts are looked at. */
final class DaysOption {

    @Option(
            names = "--days",
            paramLabel = "N",
            description = "How many days to look at, today among them: 1 to 90; 30 unless given.")
    int days = 30;

    int value() {
        if (days < 1 || days > 90) {
            throw new Failure(ExitCode.USAGE, "--days takes a whole number from 1 to 90.");
        }
        return days;
    }
}
