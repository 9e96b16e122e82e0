package io.ringsim.bench;

import io.ringsim.data.Bytes;
import io.ringsim.data.Cell;
import io.ringsim.data.Key;
import io.ringsim.data.Mutation;
import io.ringsim.data.Partition;
import io.ringsim.data.PartitionQuery;
import io.ringsim.data.Row;
import io.ringsim.data.TableId;
import io.ringsim.data.TableMetadata;
import io.ringsim.ring.Partitioner;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Rows of 1 KiB that compress to about half, each under a random key of 16 bytes. */
final class SampleRows {
    static final TableMetadata TABLE = TableMetadata.standard(new TableId("bench", "rows"));

    private static final int KEY_BYTES = 16;
    private static final int VALUE_BYTES = 1024;
    private static final int STRETCH = 64;
    private static final Bytes NAME = Bytes.utf8("v");

    private final byte[][] keys;
    private final byte[][] values;

    private SampleRows(int count) {
        this.keys = new byte[count][KEY_BYTES];
        this.values = new byte[count][VALUE_BYTES];
    }

    static SampleRows of(int count, long seed) {
        var rows = new SampleRows(count);
        var random = new SplittableRandom(seed);
        var noise = new byte[STRETCH / 2];
        for (int i = 0; i < count; i++) {
            random.nextBytes(rows.keys[i]);
            for (int at = 0; at < VALUE_BYTES; at += STRETCH) {
                random.nextBytes(noise);
                System.arraycopy(noise, 0, rows.values[i], at, noise.length);
                Arrays.fill(rows.values[i], at + noise.length, at + STRETCH, (byte) 'x');
            }
        }
        return rows;
    }

    int count() {
        return keys.length;
    }

    byte[] key(int index) {
        return keys[index];
    }

    byte[] value(int index) {
        return values[index];
    }

    /** Bytes of keys and values. */
    long bytes() {
        return (long) count() * (KEY_BYTES + VALUE_BYTES);
    }

    Mutation mutation(int index) {
        return Mutation.of(TABLE.id(), partition(index));
    }

    Partition partition(int index) {
        return Partition.of(ringKey(index), Row.of(NAME, Cell.live(NAME, index + 1, Bytes.wrap(values[index]))));
    }

    Key ringKey(int index) {
        return Key.of(Partitioner.MURMUR3, Bytes.wrap(keys[index]));
    }

    /** For the one row of that key. */
    PartitionQuery query(int index) {
        return PartitionQuery.all(TABLE.id(), ringKey(index));
    }
}
