package io.ringsim.storage.sstable;

import static java.util.Objects.requireNonNull;

import io.ringsim.data.Bytes;
import io.ringsim.data.Key;
import io.ringsim.ring.Partitioner;
import io.ringsim.storage.codec.Malformed;
import io.ringsim.storage.disk.CorruptFile;
import io.ringsim.storage.disk.Handover;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes index and filter of the keys that come before chunks, beside whoever receives the chunks. */
final class ArrivingKeys {
    /** As many bytes of entries, or more, are worked in before more arrive, or they would fill the memory. */
    private static final int MANY = 1 << 20;

    private final Partitioner partitioner;
    private final IndexWriter index;
    private final Optional<BloomFilter> filter;
    private final long expected;
    private final String name;
    private final Handover entries;

    private long partitions;
    private long position;
    private @Nullable Key first;
    private @Nullable Key last;

    ArrivingKeys(ContentReceiver.Making making, long expected) throws IOException {
        this.partitioner = making.partitioner();
        this.expected = expected;
        var file = making.components().create(Component.INDEX);
        this.name = file.path();
        this.index = new IndexWriter(file, partitioner);
        double chance = making.table().options().bloomFilterChance();
        this.filter = chance < 1 ? Optional.of(BloomFilter.sized(expected, chance)) : Optional.empty();
        this.entries = new Handover(making.components().writeBehind(), this::workIn);
    }

    /** Takes the entries of a run. */
    void take(ByteBuffer some) throws IOException {
        int length = some.remaining();
        entries.give(entries.empty(length).put(some).flip());
        if (length >= MANY) {
            entries.finish();
        }
    }

    private void workIn(ByteBuffer some) throws IOException {
        try {
            SectionFormat.readEntries(some.slice(), this::add);
        } catch (Malformed | IllegalArgumentException why) {
            throw corrupt(String.valueOf(why.getMessage()));
        }
    }

    private void add(Bytes bytes, long size, ByteBuffer columns) throws IOException, Malformed {
        var key = Key.of(partitioner, bytes);
        if (last != null && last.compareTo(key) >= 0) {
            throw new Malformed("key " + key + " comes after " + last);
        }
        if (size < 1 || partitions == expected) {
            throw new Malformed("partition " + partitions + " of " + expected + ", of " + size + " bytes");
        }
        index.add(key, position, size, columns);
        filter.ifPresent(bits -> bits.add(key));
        partitions++;
        position += size;
        first = first == null ? key : first;
        last = key;
    }

    /**
     * Returns when all are worked in and the index is complete.
     *
     * @param dataLength of all partitions
     */
    void finish(long dataLength) throws IOException {
        entries.finish();
        if (partitions != expected || position != dataLength) {
            throw corrupt("its " + partitions + " partitions of " + position + " bytes should be " + expected + " of "
                    + dataLength);
        }
        index.finish();
    }

    /** Lets nothing touch the index from now on. */
    void abandon() {
        entries.abandon();
    }

    private CorruptFile corrupt(String what) {
        return new CorruptFile(name, position, "what arrived is damaged: " + what, ContentReceiver.REMEDY);
    }

    Key first() {
        return requireNonNull(first);
    }

    Key last() {
        return requireNonNull(last);
    }

    IndexWriter index() {
        return index;
    }

    Optional<BloomFilter> filter() {
        return filter;
    }
}
