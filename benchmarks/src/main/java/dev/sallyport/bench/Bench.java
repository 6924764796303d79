package dev.sallyport.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./bench}: progress goes to stderr, the findings to stdout. */
final class Bench {

    private static final int USAGE = 2;

    private Bench() {}

    /** Arguments: the folder of the checkout, then what stands on the command line. */
    public static void main(String[] arguments) throws Exception {
        var words = List.of(arguments);
        try {
            run(Plan.parse(Path.of(words.getFirst()), words.subList(1, words.size())));
        } catch (IllegalArgumentException e) {
            System.err.println("bench: " + e.getMessage());
            System.err.print(Plan.USAGE);
            System.exit(USAGE);
        }
    }

    private static void run(Plan plan) throws Exception {
        if (plan.subject().equals("doors")) {
            doors(plan);
            return;
        }
        var measured = new DecideBench(plan).run();
        if (plan.isWritten()) {
            Files.writeString(plan.home().resolve("docs").resolve("performance.md"), Report.page(measured));
        }
        System.out.print(
                plan.isJson() ? JsonMapper.shared().writeValueAsString(measured) + "\n" : Report.table(measured));
    }

    private static void doors(Plan plan) throws Exception {
        var measured = new DoorsBench(plan).run();
        if (plan.isWritten()) {
            Files.writeString(plan.home().resolve("docs").resolve("performance-doors.md"), DoorsReport.page(measured));
        }
        System.out.print(
                plan.isJson() ? JsonMapper.shared().writeValueAsString(measured) + "\n" : DoorsReport.table(measured));
    }
}
