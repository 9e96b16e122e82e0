package io.ringsim.storage.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Size-tiered compaction: SSTables of about one size are compacted together once there are enough of them.
 * [db/compaction/SizeTieredCompactionStrategy]
 *
 * @param minThreshold how many of a size are enough
 * @param maxThreshold how many are compacted at once at most
 * @param bucketLow a table belongs to a bucket if it is larger than that share of the average there
 * @param bucketHigh and smaller than that multiple of it
 * @param minSSTableSize bytes; all smaller ones are of one size
 */
public record SizeTiered(int minThreshold, int maxThreshold, double bucketLow, double bucketHigh, long minSSTableSize) {
    public SizeTiered {
        if (minThreshold < 2 || maxThreshold < minThreshold || !(bucketLow > 0 && bucketLow < bucketHigh)) {
            throw new IllegalArgumentException("compaction takes at least two SSTables of a size: min_threshold "
                    + minThreshold + ", max_threshold " + maxThreshold + ", buckets " + bucketLow + " to "
                    + bucketHigh);
        }
    }

    public static SizeTiered defaults() {
        return new SizeTiered(4, 32, 0.5, 1.5, 50L << 20);
    }

    private static final class Bucket<T> {
        private final List<T> members = new ArrayList<>();
        private long average;

        private void add(T member, long size) {
            average = (average * members.size() + size) / (members.size() + 1);
            members.add(member);
        }
    }

    /** Puts tables of about one size together, the smallest sizes first. */
    <T> List<List<T>> buckets(List<T> tables, ToLongFunction<T> size) {
        var buckets = new ArrayList<Bucket<T>>();
        for (var table : tables.stream().sorted(Comparator.comparingLong(size)).toList()) {
            long bytes = size.applyAsLong(table);
            var bucket = buckets.stream()
                    .filter(each -> (bytes > each.average * bucketLow && bytes < each.average * bucketHigh)
                            || (bytes < minSSTableSize && each.average < minSSTableSize))
                    .findFirst()
                    .orElseGet(() -> {
                        var fresh = new Bucket<T>();
                        buckets.add(fresh);
                        return fresh;
                    });
            bucket.add(table, bytes);
        }
        return buckets.stream().map(bucket -> bucket.members).toList();
    }

    /** What to compact together next: of the buckets with enough tables the one with the smallest; none if there is none. */
    <T> List<T> next(List<T> tables, ToLongFunction<T> size) {
        return buckets(tables, size).stream()
                .filter(bucket -> bucket.size() >= minThreshold)
                .findFirst()
                .map(bucket -> bucket.subList(0, Math.min(bucket.size(), maxThreshold)))
                .orElse(List.of());
    }
}
