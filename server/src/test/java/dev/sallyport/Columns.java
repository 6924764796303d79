package dev.sallyport;

import dev.sallyport.permission.Permissions;
import dev.sallyport.permission.Requirement;
import java.util.List;
import java.util.stream.Collectors;

/** Tables of text, for golden files. */
final class Columns {

    private Columns() {}

    /** Rows of as many cells each, the first with the headings. */
    static String of(List<List<String>> rows) {
        var text = new StringBuilder();
        for (var row : rows) {
            var line = new StringBuilder();
            for (var i = 0; i < row.size(); i++) {
                line.append(row.get(i)).repeat(' ', width(rows, i) - row.get(i).length() + 2);
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    /** What a requirement asks for. */
    static String words(Requirement requirement, Permissions permissions) {
        return switch (requirement) {
            case Requirement.Open _ -> "nothing";
            case Requirement.SignedIn _ -> "any credential";
            case Requirement.ApiKey _ -> "an API key";
            case Requirement.Undeclared _ -> "not declared";
            case Requirement.Holding(var alternatives) ->
                alternatives.stream()
                        .map(alternative -> String.join(" and ", permissions.namesOf(alternative)))
                        .collect(Collectors.joining(" or "));
        };
    }
}
