package io.ringsim.cli;

import java.util.ArrayList;
import java.util.List;

/** Columns of text, as wide as their widest value, two blanks apart. */
final class TextTable {
    private final List<List<String>> rows = new ArrayList<>();
    private final List<Boolean> right = new ArrayList<>();

    /**
     * Begins with the column names.
     *
     * @param columns a name that begins with {@code >} belongs to a column of numbers
     */
    TextTable(String... columns) {
        var names = new ArrayList<String>();
        for (String column : columns) {
            right.add(column.startsWith(">"));
            names.add(column.startsWith(">") ? column.substring(1) : column);
        }
        rows.add(names);
    }

    TextTable row(String... values) {
        rows.add(List.of(values));
        return this;
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        for (List<String> row : rows) {
            var line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                String padding = " ".repeat(width(i) - row.get(i).length());
                line.append(right.get(i) ? padding + row.get(i) : row.get(i) + padding)
                        .append("  ");
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
