package io.ringsim.nodetool;

import io.ringsim.input.Problems;
import io.ringsim.input.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code nodetool ring} or {@code nodetool status}, row by row, datacenter by datacenter.
 *
 * @param isRing ring rather than status
 */
record Listing(Source source, boolean isRing, List<Row> rows) {
    Listing {
        rows = List.copyOf(rows);
    }

    /** Whether each row carries a token. */
    boolean hasTokens() {
        return !rows.isEmpty() && !rows.get(0).token().isEmpty();
    }

    static Listing ring(Source source, Problems problems) {
        return new Reader(source, problems, true).read();
    }

    static Listing status(Source source, Problems problems) {
        return new Reader(source, problems, false).read();
    }

    private static final class Reader {
        private final Source source;
        private final Problems problems;
        private final boolean isRing;
        private final List<Row> rows = new ArrayList<>();
        private String datacenter = "";
        private Optional<RowReader> reader = Optional.empty();
        private int headerLine;
        private String lastToken = "";
        private int lastTokenLine;

        Reader(Source source, Problems problems, boolean isRing) {
            this.source = source;
            this.problems = problems;
            this.isRing = isRing;
        }

        Listing read() {
            List<String> lines = source.lines();
            for (int i = 0; i < lines.size(); i++) {
                line(i + 1, lines.get(i));
            }
            endOfDatacenter();
            if (rows.isEmpty() && !problems.hasErrors()) {
                problems.error(
                        source, "lists no node", "give the whole output of nodetool " + (isRing ? "ring" : "status"));
            }
            return new Listing(source, isRing, rows);
        }

        private void line(int number, String line) {
            if (line.isBlank() || isRule(line) || isLegend(line)) {
                return;
            }
            if (line.startsWith("Datacenter:")) {
                endOfDatacenter();
                datacenter(number, line.substring("Datacenter:".length()).strip());
                return;
            }
            if (isHeader(line)) {
                header(number, line);
                return;
            }
            if (isRing && reader.isPresent() && number == headerLine + 1 && line.startsWith("   ")) {
                lastToken = line.strip();
                lastTokenLine = number;
                return;
            }
            row(number, line);
        }

        private void datacenter(int number, String name) {
            datacenter = name;
            reader = Optional.empty();
            if (name.isEmpty()) {
                problems.error(source, number, 12, 1, "the datacenter has no name", "Datacenter: NAME");
                datacenter = "?";
            }
        }

        private void header(int number, String line) {
            headerLine = number;
            lastToken = "";
            if (isRing) {
                boolean old = line.contains(" DC ");
                reader = Optional.of(new RingRows(old));
                if (datacenter.isEmpty() && !old) {
                    problems.error(
                            source, number, 1, 7, "no 'Datacenter:' line before the table", "give the whole output");
                    datacenter = "?";
                }
            } else {
                boolean counts = line.contains(" Tokens ");
                reader = Optional.of(new StatusRows(counts, !counts && line.contains(" Token ")));
            }
        }

        private void row(int number, String line) {
            if (reader.isEmpty()) {
                if (!Chatter.isChatter(line)) {
                    beforeTable(number, line);
                }
                return;
            }
            var cursor = new Cursor(line);
            Optional<Row> row = reader.get().read(cursor, number, line, datacenter);
            if (row.isPresent()) {
                rows.add(row.get());
            } else if (!Chatter.isChatter(line)) {
                cursor.report(problems, source, number);
            }
        }

        private void beforeTable(int number, String line) {
            if (line.strip().startsWith("Error:") || line.startsWith("nodetool:")) {
                problems.error(source, number, 1, line.length(), "nodetool itself failed here", "run it again");
                return;
            }
            problems.error(
                    source,
                    number,
                    1,
                    line.strip().length(),
                    "not a line of nodetool " + (isRing ? "ring" : "status") + ", and no table began yet",
                    "the table begins with 'Datacenter: NAME' and a line of column names");
        }

        /** The line under the column names repeats the last token; when the list ends with another, it was cut off. */
        private void endOfDatacenter() {
            if (lastToken.isEmpty() || rows.isEmpty()) {
                lastToken = "";
                return;
            }
            Row last = rows.get(rows.size() - 1);
            if (!last.token().equals(lastToken) && !problems.hasErrors()) {
                problems.error(
                        source,
                        last.line(),
                        last.column(),
                        last.token().length(),
                        "the list ends with token " + last.token() + " but line " + lastTokenLine + " announces "
                                + lastToken + " as the last",
                        "the output was cut off: give all of it");
            }
            lastToken = "";
        }

        private static boolean isRule(String line) {
            return line.startsWith("==") && line.strip().chars().allMatch(c -> c == '=');
        }

        private boolean isHeader(String line) {
            return isRing
                    ? line.startsWith("Address ") && line.contains(" Token")
                    : line.startsWith("--") && line.contains("Address") && line.contains("Rack");
        }

        private static boolean isLegend(String line) {
            return line.startsWith("Status=") || line.startsWith("|/ State=");
        }
    }
}
