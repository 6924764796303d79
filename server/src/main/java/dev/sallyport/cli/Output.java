package dev.sallyport.cli;

import java.util.List;

/** What a command says: answers on standard output, remarks on standard error. */
final class Output {

    private final Shell shell;

    Output(Shell shell) {
        this.shell = shell;
    }

    /** A colour of a terminal, by its SGR parameter. */
    enum Colour {
        BOLD("1"),
        RED("31"),
        GREEN("32");

        private final String parameter;

        Colour(String parameter) {
            this.parameter = parameter;
        }
    }

    void line(String text) {
        shell.out().println(Text.clean(text));
    }

    void line(Colour colour, String text) {
        shell.out().println(painted(colour, Text.clean(text)));
    }

    void json(Object value) {
        shell.out().println(Json.readable(value, shell.isTerminal()));
    }

    /** The first row is the header. */
    void table(Table table) {
        var lines = table.lines();
        shell.out().println(painted(Colour.BOLD, lines.getFirst()));
        lines.stream().skip(1).forEach(shell.out()::println);
    }

    void facts(Table table) {
        table.lines().forEach(shell.out()::println);
    }

    void remark(String text) {
        shell.err().println(Text.clean(text));
    }

    private String painted(Colour colour, String text) {
        return shell.hasColours() ? "\u001b[" + colour.parameter + "m" + text + "\u001b[0m" : text;
    }

    /** The first few of many names, and how many more there are. */
    static String some(List<String> names, int shown) {
        var some = String.join(", ", names.subList(0, Math.min(shown, names.size())));
        return names.size() > shown ? some + " and " + (names.size() - shown) + " more" : some;
    }
}
