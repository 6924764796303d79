package dev.sallyport.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Rows under each other, each column as wide as its widest cell. Cells are cleaned and bounded. */
final class Table {

    private static final int WIDEST_CELL = 80;
    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    Table(String... header) {
        if (header.length > 0) {
            row(header);
        }
    }

    Table row(String... cells) {
        rows.add(List.of(cells).stream()
                .map(cell -> cell.isBlank() ? "-" : Text.shortened(Text.clean(cell), WIDEST_CELL))
                .toList());
        return this;
    }

    List<String> lines() {
        var columns = rows.stream().mapToInt(List::size).max().orElse(0);
        var widths = IntStream.range(0, columns)
                .map(column -> rows.stream()
                        .filter(row -> column < row.size())
                        .mapToInt(row -> Text.width(row.get(column)))
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (var column = 0; column < row.size(); column++) {
            var cell = row.get(column);
            line.append(column == 0 ? "" : GAP).append(cell);
            if (column < row.size() - 1) {
                line.repeat(' ', widths[column] - Text.width(cell));
            }
        }
        return line.toString();
    }
}
