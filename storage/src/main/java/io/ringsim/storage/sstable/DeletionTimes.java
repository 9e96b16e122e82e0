package io.ringsim.storage.sstable;

import io.ringsim.storage.codec.Malformed;
import io.ringsim.storage.codec.Varint;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * How many tombstones and expiring cells have which local deletion time, roughly: times are rounded up to minutes, and the
 * two nearest of more than 100 become one.
 */
public final class DeletionTimes {
    private static final int MOST = 100;
    private static final long ROUNDING = 60;

    private long[] times = new long[MOST + 1];
    private long[] counts = new long[MOST + 1];
    private int size;
    private int last;

    DeletionTimes() {}

    void add(long localDeletionTime) {
        long time = localDeletionTime > Long.MAX_VALUE - ROUNDING
                ? localDeletionTime
                : Math.floorDiv(localDeletionTime + ROUNDING - 1, ROUNDING) * ROUNDING;
        if (last < size && times[last] == time) {
            counts[last]++;
            return;
        }
        int at = Arrays.binarySearch(times, 0, size, time);
        if (at >= 0) {
            counts[at]++;
            last = at;
            return;
        }
        insert(-at - 1, time);
        if (size > MOST) {
            mergeNearest();
        }
    }

    private void insert(int at, long time) {
        System.arraycopy(times, at, times, at + 1, size - at);
        System.arraycopy(counts, at, counts, at + 1, size - at);
        times[at] = time;
        counts[at] = 1;
        last = at;
        size++;
    }

    private void mergeNearest() {
        int nearest = 0;
        for (int i = 1; i + 1 < size; i++) {
            if (times[i + 1] - times[i] < times[nearest + 1] - times[nearest]) {
                nearest = i;
            }
        }
        // The later time stands for both, so that nothing seems older than it is.
        counts[nearest + 1] += counts[nearest];
        System.arraycopy(times, nearest + 1, times, nearest, size - nearest - 1);
        System.arraycopy(counts, nearest + 1, counts, nearest, size - nearest - 1);
        size--;
        last = 0;
    }

    /** About how many have a time before that, in seconds since 1970; not more than there are. */
    public long before(long localDeletionTime) {
        long sum = 0;
        for (int i = 0; i < size && times[i] < localDeletionTime; i++) {
            sum += counts[i];
        }
        return sum;
    }

    /** Bytes that {@link #write} takes at most. */
    int maxSize() {
        return 10 + size * (Long.BYTES + 10);
    }

    /** {@code varint entries}, and for each {@code long time, varint count}. */
    void write(ByteBuffer to) {
        Varint.put(to, size);
        for (int i = 0; i < size; i++) {
            to.putLong(times[i]);
            Varint.put(to, counts[i]);
        }
    }

    static DeletionTimes read(ByteBuffer from) throws Malformed {
        var read = new DeletionTimes();
        read.size = Varint.getInt(from, MOST);
        for (int i = 0; i < read.size; i++) {
            read.times[i] = Varint.getLong(from);
            read.counts[i] = Varint.get(from);
            if (i > 0 && read.times[i] <= read.times[i - 1]) {
                throw new Malformed("deletion times are not in order");
            }
        }
        return read;
    }
}
