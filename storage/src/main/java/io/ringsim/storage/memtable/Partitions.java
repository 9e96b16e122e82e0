package io.ringsim.storage.memtable;

import io.ringsim.data.Key;
import io.ringsim.data.Partition;
import io.ringsim.data.TableMetadata;
import io.ringsim.storage.codec.TokenPrefix;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/** A concurrent map of partitions in the order of their keys, in shards by token so that writers seldom meet. */
final class Partitions {
    private static final int SHARD_BITS = 4;

    private final TableMetadata table;
    private final List<PartitionTree> shards = new ArrayList<>();

    Partitions(TableMetadata table) {
        this.table = table;
        for (int i = 0; i < 1 << SHARD_BITS; i++) {
            shards.add(new PartitionTree());
        }
    }

    private static int shardOf(long prefix) {
        return (int) ((prefix ^ Long.MIN_VALUE) >>> (Long.SIZE - SHARD_BITS));
    }

    /** Merges the update into what is there; returns by how many bytes of memory that grew. */
    @SuppressWarnings("ReferenceEquality") // whether it is the very partition that was put first
    long put(Partition update) {
        long prefix = TokenPrefix.of(update.key().token());
        var entry = shards.get(shardOf(prefix)).putIfAbsent(prefix, update);
        while (true) {
            var seen = entry.partition();
            if (seen == update) {
                return Memtable.footprint(update);
            }
            var merged = seen.merge(update, table);
            if (entry.replace(seen, merged)) {
                return Memtable.footprint(merged) - Memtable.footprint(seen);
            }
        }
    }

    long count() {
        return shards.stream().mapToLong(PartitionTree::size).sum();
    }

    Optional<Partition> get(Key key) {
        long prefix = TokenPrefix.of(key.token());
        var entry = shards.get(shardOf(prefix)).get(prefix, key);
        return entry == null ? Optional.empty() : Optional.of(entry.partition());
    }

    /** All partitions in order, as they are when they are reached; ones that come meanwhile may be among them. */
    Iterator<Partition> iterator() {
        return new Walk(0, shards.get(0).first());
    }

    /** All partitions from the key on. */
    Iterator<Partition> from(Key key, boolean inclusive) {
        long prefix = TokenPrefix.of(key.token());
        int shard = shardOf(prefix);
        return new Walk(shard, shards.get(shard).after(prefix, key, inclusive));
    }

    private final class Walk implements Iterator<Partition> {
        private int shard;
        private PartitionTree.Entry[] batch;
        private int next;

        private Walk(int shard, PartitionTree.Entry[] batch) {
            this.shard = shard;
            this.batch = batch;
        }

        @Override
        public boolean hasNext() {
            while (next == batch.length) {
                if (batch.length > 0) {
                    var last = batch[batch.length - 1].key();
                    batch = shards.get(shard).after(TokenPrefix.of(last.token()), last, false);
                } else if (shard + 1 < shards.size()) {
                    batch = shards.get(++shard).first();
                } else {
                    return false;
                }
                next = 0;
            }
            return true;
        }

        @Override
        public Partition next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return batch[next++].partition();
        }
    }
}
