package io.ringsim.storage.sstable;

import io.ringsim.data.Bytes;
import io.ringsim.data.Cell;
import io.ringsim.data.Deletion;
import io.ringsim.data.Marker;
import io.ringsim.data.Position;
import io.ringsim.data.Row;
import io.ringsim.data.Unfiltered;
import java.util.Comparator;

/** Counts what is written. */
final class ContentStatistics {
    private final Comparator<Bytes> order;
    private long partitions;
    private long rows;
    private long cells;
    private long tombstones;
    private long minTimestamp = Long.MAX_VALUE;
    private long maxTimestamp = Long.MIN_VALUE;
    private long minDeletionTime = Long.MAX_VALUE;
    private long maxDeletionTime = Long.MIN_VALUE;
    private Position lowest = Position.TOP;
    private Position highest = Position.BOTTOM;
    private boolean hasPartitionDeletions;
    private boolean estimated;
    private final DeletionTimes deletionTimes = new DeletionTimes();

    ContentStatistics(Comparator<Bytes> order) {
        this.order = order;
    }

    long partitions() {
        return partitions;
    }

    void addPartition(Deletion deletion) {
        partitions++;
        if (!deletion.isLive()) {
            hasPartitionDeletions = true;
            add(deletion);
        }
    }

    /** A partition of which no more is known than its rows' number and the SSTable that it is from. */
    void addVerbatim(int more, SSTableStats source) {
        partitions++;
        rows += more;
        cells += source.rows() == 0 ? 0 : more * source.cells() / source.rows();
        addTimestamp(source.minTimestamp());
        addTimestamp(source.maxTimestamp());
        addDeletionTime(source.minLocalDeletionTime());
        addDeletionTime(source.maxLocalDeletionTime());
        addExtent(source.lowest(), source.highest());
        estimated = true;
    }

    void addStatic(Row row) {
        addContent(row);
    }

    void add(Unfiltered unfiltered) {
        if (unfiltered instanceof Row row) {
            rows++;
            addContent(row);
        } else if (unfiltered instanceof Marker marker) {
            if (marker.closes()) {
                add(marker.before());
            }
            if (marker.opens()) {
                add(marker.after());
            }
        }
    }

    /** Takes note of where a partition's rows begin and end. */
    void addExtent(Position first, Position last) {
        if (first.compareTo(lowest, order) < 0) {
            lowest = first;
        }
        if (last.compareTo(highest, order) > 0) {
            highest = last;
        }
    }

    private void addContent(Row row) {
        var liveness = row.liveness();
        if (!liveness.isEmpty()) {
            addTimestamp(liveness.timestamp());
            addDeletionTime(liveness.localExpirationTime());
            if (liveness.isExpiring()) {
                deletionTimes.add(liveness.localExpirationTime());
            }
        }
        if (!row.deletion().isLive()) {
            add(row.deletion());
        }
        int size = row.size();
        cells += size;
        for (int i = 0; i < size; i++) {
            var cell = row.cell(i);
            addTimestamp(cell.timestamp());
            addDeletionTime(cell.localDeletionTime());
            if (cell.localDeletionTime() != Cell.NEVER) {
                tombstones += cell.isTombstone() ? 1 : 0;
                deletionTimes.add(cell.localDeletionTime());
            }
        }
    }

    private void add(Deletion deletion) {
        tombstones++;
        addTimestamp(deletion.markedForDeleteAt());
        addDeletionTime(deletion.localDeletionTime());
        deletionTimes.add(deletion.localDeletionTime());
    }

    private void addTimestamp(long timestamp) {
        minTimestamp = Math.min(minTimestamp, timestamp);
        maxTimestamp = Math.max(maxTimestamp, timestamp);
    }

    private void addDeletionTime(long time) {
        minDeletionTime = Math.min(minDeletionTime, time);
        maxDeletionTime = Math.max(maxDeletionTime, time);
    }

    SSTableStats finish(long dataLength, long dataFileSize, SSTableOrigin origin) {
        return new SSTableStats(
                partitions,
                rows,
                cells,
                tombstones,
                minTimestamp,
                maxTimestamp,
                minDeletionTime,
                maxDeletionTime,
                lowest,
                highest,
                hasPartitionDeletions,
                estimated,
                dataLength,
                dataFileSize,
                deletionTimes,
                origin);
    }
}
