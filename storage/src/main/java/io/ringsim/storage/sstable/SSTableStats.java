package io.ringsim.storage.sstable;

import io.ringsim.data.Position;

/**
 * What is known of an SSTable's content as a whole.
 *
 * @param partitions at least 1
 * @param rows static rows not counted
 * @param cells live ones, expiring ones and tombstones
 * @param tombstones of cells, rows, ranges (each of their ends) and partitions
 * @param minTimestamp of all cells, rows and deletions
 * @param maxTimestamp of all cells, rows and deletions: what is older elsewhere cannot win over what is here, and the reverse
 * @param minLocalDeletionTime of tombstones and of what expires, in seconds since 1970; {@link Long#MAX_VALUE} for none
 * @param maxLocalDeletionTime the same of what goes last; {@link Long#MAX_VALUE} if something never goes
 * @param lowest before it there is no row or marker; {@link Position#TOP} when there is none at all
 * @param highest after it there is no row or marker; {@link Position#BOTTOM} when there is none at all
 * @param estimated whether rows, cells and tombstones are estimates and the extremes no more than bounds, as in an SSTable
 *     that was received as sections of another
 * @param dataLength bytes of all partitions before compression
 * @param dataFileSize bytes of {@link Component#DATA}
 */
public record SSTableStats(
        long partitions,
        long rows,
        long cells,
        long tombstones,
        long minTimestamp,
        long maxTimestamp,
        long minLocalDeletionTime,
        long maxLocalDeletionTime,
        Position lowest,
        Position highest,
        boolean hasPartitionDeletions,
        boolean estimated,
        long dataLength,
        long dataFileSize,
        DeletionTimes deletionTimes,
        SSTableOrigin origin) {
    public SSTableStats {
        if (partitions < 1 || rows < 0 || cells < 0 || tombstones < 0 || dataLength < 1 || dataFileSize < 1) {
            throw new IllegalArgumentException("no SSTable has " + partitions + " partitions, " + rows + " rows, "
                    + cells + " cells, " + tombstones + " tombstones in " + dataLength + " bytes");
        }
    }

    /** The share of tombstones that may be forgotten among all cells, 0 to 1. */
    public double droppableRatio(long gcBefore) {
        long all = Math.max(1, cells + tombstones);
        return Math.min(1, (double) deletionTimes.before(gcBefore) / all);
    }

    /** The share of its size that compression left, above 0. */
    public double compressionRatio() {
        return dataLength == 0 ? 1 : (double) dataFileSize / dataLength;
    }

    /** The same content, from elsewhere. */
    SSTableStats from(SSTableOrigin other) {
        return new SSTableStats(
                partitions,
                rows,
                cells,
                tombstones,
                minTimestamp,
                maxTimestamp,
                minLocalDeletionTime,
                maxLocalDeletionTime,
                lowest,
                highest,
                hasPartitionDeletions,
                estimated,
                dataLength,
                dataFileSize,
                deletionTimes,
                other);
    }
}
