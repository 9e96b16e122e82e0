package io.ringsim.nodetool;

import java.util.Arrays;

/** Prints rings as the versions of nodetool do. */
final class Printed {
    private final StringBuilder text = new StringBuilder();
    private int width = 9;

    static Printed ring() {
        var printed = new Printed();
        printed.text.append("\n");
        return printed;
    }

    static Printed status() {
        return new Printed();
    }

    Printed addressesOf(int newWidth) {
        width = newWidth;
        return this;
    }

    Printed line(String line) {
        text.append(line).append("\n");
        return this;
    }

    /** Rows are {@code address rack status state load owns token}, separated by bars. */
    Printed datacenter(String name, String... rows) {
        line("Datacenter: " + name).line("==========");
        row("Address", "Rack", "Status", "State", "Load", "Owns", "Token");
        String last = rows[rows.length - 1];
        if (rows.length > 1) {
            row("", "", "", "", "", "", last.substring(last.lastIndexOf('|') + 1));
        } else {
            line("");
        }
        for (String row : rows) {
            row((Object[]) row.split("\\|", -1));
        }
        return line("");
    }

    private void row(Object... cells) {
        text.append(String.format("%-" + width + "s  %-12s%-7s%-8s%-16s%-20s%-44s%n", cells));
    }

    /** Columns as TableBuilder of 4.0 and later sets them; the first row names them. */
    Printed statusDatacenter(String name, String... rows) {
        line("Datacenter: " + name).line("=".repeat(12 + name.length()));
        line("Status=Up/Down").line("|/ State=Normal/Leaving/Joining/Moving");
        String[][] cells = Arrays.stream(rows).map(row -> row.split("\\|", -1)).toArray(String[][]::new);
        int[] widths = new int[cells[0].length];
        for (String[] row : cells) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        for (String[] row : cells) {
            for (int i = 0; i < row.length; i++) {
                text.append(String.format("%-" + widths[i] + "s", row[i])).append(i + 1 < row.length ? "  " : "\n");
            }
        }
        return line("");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
