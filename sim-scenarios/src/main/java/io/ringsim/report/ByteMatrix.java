package io.ringsim.report;

import static io.ringsim.report.Markup.element;

import io.ringsim.report.Markup.Element;
import io.ringsim.scenario.RunResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** Who streamed how much to whom: senders down, receivers across, the darker the more. */
final class ByteMatrix {
    private static final int ROWS = 30;
    private static final int COLUMNS = 12;
    private static final String OTHERS = "others";
    private static final double DARKEST = 0.55;

    private final SortedMap<String, SortedMap<String, Long>> cells = new TreeMap<>(NaturalOrder.INSTANCE);
    private final SortedMap<String, Long> sent = new TreeMap<>(NaturalOrder.INSTANCE);
    private final SortedMap<String, Long> received = new TreeMap<>(NaturalOrder.INSTANCE);

    private ByteMatrix() {}

    static Markup of(RunResult run) {
        var all = new ByteMatrix();
        for (var operation : run.operations()) {
            String node = operation.node().value();
            for (var session : operation.sessions()) {
                all.count(node, session.peer().value(), session.bytesSent());
                all.count(session.peer().value(), node, session.bytesReceived());
            }
        }
        return all.cells.isEmpty()
                ? HtmlParts.paragraph("Nothing was streamed.")
                : all.folded().table();
    }

    private void count(String from, String to, long bytes) {
        if (bytes > 0) {
            cells.computeIfAbsent(from, sender -> new TreeMap<>(NaturalOrder.INSTANCE))
                    .merge(to, bytes, Long::sum);
            sent.merge(from, bytes, Long::sum);
            received.merge(to, bytes, Long::sum);
        }
    }

    /** The same with the smallest senders and receivers put together when there are too many to read. */
    private ByteMatrix folded() {
        var senders = largest(sent, ROWS);
        var receivers = largest(received, COLUMNS);
        var folded = new ByteMatrix();
        cells.forEach((from, row) -> row.forEach((to, bytes) ->
                folded.count(senders.contains(from) ? from : OTHERS, receivers.contains(to) ? to : OTHERS, bytes)));
        return folded;
    }

    private static List<String> largest(SortedMap<String, Long> totals, int count) {
        int kept = totals.size() <= count ? count : count - 1;
        return totals.entrySet().stream()
                .sorted(Comparator.comparing(total -> -total.getValue()))
                .limit(kept)
                .map(total -> total.getKey())
                .toList();
    }

    private Markup table() {
        long most = most();
        int unit = Units.unitOf(most);
        var columns = new ArrayList<String>();
        columns.add("From \\ to");
        received.keySet().forEach(receiver -> columns.add("#" + receiver));
        columns.add("#Sent in all");
        var rows = new ArrayList<Element>();
        cells.forEach((sender, row) -> rows.add(row(sender, row, most, unit)));
        rows.add(totals(unit));
        return HtmlParts.table("File bytes in " + Units.unitName(unit), columns, rows);
    }

    /** The most that one node sent to one other; what was put together does not count. */
    private long most() {
        long most = 1;
        for (var row : cells.entrySet()) {
            for (var cell : row.getValue().entrySet()) {
                boolean isPair = !row.getKey().equals(OTHERS) && !cell.getKey().equals(OTHERS);
                most = isPair ? Math.max(most, cell.getValue()) : most;
            }
        }
        return most;
    }

    private Element row(String sender, SortedMap<String, Long> row, long most, int unit) {
        var cells = new ArrayList<Element>();
        received.keySet().forEach(receiver -> {
            Long bytes = row.get(receiver);
            cells.add(bytes == null ? element("td") : shaded(bytes, most, unit));
        });
        return HtmlParts.row(HtmlParts.rowHead(sender))
                .add(cells)
                .add(HtmlParts.number(figure(unit, sent.getOrDefault(sender, 0L))));
    }

    private static Element shaded(long bytes, long most, int unit) {
        String alpha = Units.decimal(DARKEST * Math.min(1, (double) bytes / most), 2);
        return HtmlParts.number(figure(unit, bytes)).with("style", "background:rgba(80,140,220," + alpha + ")");
    }

    private Element totals(int unit) {
        long all = sent.values().stream().mapToLong(Long::longValue).sum();
        return HtmlParts.row(HtmlParts.rowHead("Received in all"))
                .with("class", "totals")
                .add(received.values().stream()
                        .map(bytes -> HtmlParts.number(figure(unit, bytes)))
                        .toList())
                .add(HtmlParts.number(figure(unit, all)));
    }

    /** With one digit behind the point in all cells, so that they line up. */
    private static String figure(int unit, long bytes) {
        return unit == 0 ? Long.toString(bytes) : String.format(Locale.ROOT, "%,.1f", bytes / Math.pow(1024, unit));
    }
}
