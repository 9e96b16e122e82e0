package io.ringsim.storage.sstable;

import io.ringsim.data.Bytes;
import io.ringsim.data.Cell;
import io.ringsim.data.ComparatorType;
import io.ringsim.data.Deletion;
import io.ringsim.data.Marker;
import io.ringsim.data.Row;
import io.ringsim.data.TableMetadata;
import io.ringsim.data.UnfilteredRows;
import java.io.IOException;

/** Prints each row on its line, as {@code sstabledump -d} does. */
final class RowLines {
    private final TableMetadata table;
    private final boolean rawTimes;
    private final Appendable out;

    RowLines(TableMetadata table, boolean rawTimes, Appendable out) {
        this.table = table;
        this.rawTimes = rawTimes;
        this.out = out;
    }

    void print(UnfilteredRows partition, long position) throws IOException {
        var start = "[" + Printed.bytes(partition.key().bytes()) + "]@" + position + " ";
        if (!partition.deletion().isLive()) {
            out.append(start).append(deletion(partition.deletion())).append('\n');
        }
        if (!partition.staticRow().isEmpty()) {
            out.append(start).append(row("STATIC", partition.staticRow(), ComparatorType.BYTES));
        }
        while (partition.hasNext()) {
            var item = partition.next();
            out.append(start);
            if (item instanceof Row row) {
                out.append(
                        row(name(row.clustering()), row, table.subcomparator().orElse(ComparatorType.BYTES)));
            } else if (item instanceof Marker marker) {
                out.append(marker(marker));
            }
        }
    }

    private String name(Bytes clustering) {
        return table.comparator() == ComparatorType.BYTES
                ? Printed.bytes(clustering)
                : table.comparator().print(clustering);
    }

    private String row(String name, Row row, ComparatorType columns) {
        var text = new StringBuilder("Row[info=[ts=");
        text.append(row.liveness().isEmpty() ? "-" : micros(row.liveness().timestamp()));
        if (row.liveness().isExpiring()) {
            text.append(" ttl=").append(row.liveness().ttl());
            text.append(", let=").append(seconds(row.liveness().localExpirationTime()));
        }
        text.append(']');
        if (!row.deletion().isLive()) {
            text.append(" del=").append(deletion(row.deletion()));
        }
        text.append(" ]: ").append(name).append(" |");
        for (int i = 0; i < row.size(); i++) {
            text.append(i == 0 ? " " : ", ").append(cell(row.cell(i), columns));
        }
        return text.append('\n').toString();
    }

    private String cell(Cell cell, ComparatorType columns) {
        var name = columns == ComparatorType.BYTES ? Printed.bytes(cell.column()) : columns.print(cell.column());
        var value = cell.isTombstone() ? "<tombstone>" : Printed.bytes(cell.value());
        var text = "[" + name + "=" + value + " ts=" + micros(cell.timestamp());
        if (cell.isExpiring()) {
            text += " ttl=" + cell.ttl();
        }
        return text
                + (cell.localDeletionTime() == Cell.NEVER ? "]" : " ldt=" + seconds(cell.localDeletionTime()) + "]");
    }

    private String marker(Marker marker) {
        var at = marker.position().isEdge()
                ? "everything"
                : name(marker.position().clustering());
        var before = marker.position().side() < 0;
        var text = "Marker " + (before ? "before " : "after ") + at;
        text += marker.closes() ? " closes " + deletion(marker.before()) : "";
        return text + (marker.opens() ? " opens " + deletion(marker.after()) : "") + "\n";
    }

    private String deletion(Deletion deletion) {
        return "deletedAt=" + micros(deletion.markedForDeleteAt()) + ", localDeletion="
                + seconds(deletion.localDeletionTime());
    }

    private String micros(long timestamp) {
        return Printed.micros(timestamp, rawTimes);
    }

    private String seconds(long time) {
        return Printed.seconds(time, rawTimes);
    }
}
