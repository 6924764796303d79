package dev.sallyport.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The commands of a documented tour, each with the output that the document shows. */
record Tour(List<Step> steps) {

    private static final String BEGIN = "<!-- tour -->";
    private static final String END = "<!-- /tour -->";
    private static final String FENCE = "```";
    private static final String PROMPT = "$ ";

    /**
     * @param isServer whether the command goes on in a terminal of its own while the rest is done in another
     * @param output lines in which {@code …} stands for anything; a line of nothing else stands for any number of lines
     */
    record Step(boolean isServer, String command, List<String> output) {

        Step {
            output = List.copyOf(output);
        }

        /** Matches the whole of what the command printed. */
        Pattern expected() {
            var regex = new StringBuilder();
            for (var line : output) {
                if (line.equals("…")) {
                    regex.append("(?:.*\n)*?");
                } else {
                    for (var part : line.stripTrailing().splitWithDelimiters("…", -1)) {
                        regex.append(part.equals("…") ? ".*" : Pattern.quote(part));
                    }
                    regex.append("[ \t]*\n");
                }
            }
            return Pattern.compile(regex.toString());
        }
    }

    Tour {
        steps = List.copyOf(steps);
    }

    /** @throws AssertionError if there is no tour between the marks, or a fence is not closed */
    static Tour in(String markdown) {
        var begin = markdown.indexOf(BEGIN);
        var end = markdown.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new AssertionError("no tour between " + BEGIN + " and " + END);
        }
        var steps = new ArrayList<Step>();
        var fence = "";
        var block = new ArrayList<String>();
        for (var line : markdown.substring(begin, end).lines().toList()) {
            if (fence.isEmpty()) {
                fence = line.startsWith(FENCE) ? line : "";
            } else if (line.equals(FENCE)) {
                if (fence.startsWith(FENCE + "console")) {
                    steps.addAll(steps(block, fence.equals(FENCE + "console serve")));
                }
                fence = "";
                block.clear();
            } else {
                block.add(line);
            }
        }
        if (!fence.isEmpty()) {
            throw new AssertionError("a fence is not closed: " + fence);
        }
        return new Tour(steps);
    }

    private static List<Step> steps(List<String> block, boolean isServer) {
        var steps = new ArrayList<Step>();
        for (var line : block) {
            if (line.startsWith(PROMPT)) {
                steps.add(new Step(isServer, line.substring(PROMPT.length()), List.of()));
            } else if (steps.isEmpty()) {
                throw new AssertionError("output without a command: " + line);
            } else {
                var last = steps.removeLast();
                var output = new ArrayList<>(last.output());
                output.add(line);
                steps.add(new Step(isServer, last.command(), output));
            }
        }
        return steps;
    }
}
