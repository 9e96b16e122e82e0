package io.ringsim.storage.table;

import io.ringsim.data.Key;
import io.ringsim.data.Partition;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whole partitions as they were read. A write removes its partition; a read that was under way then does not put back what
 * it has read, for it may lack the write.
 */
final class RowCache {
    /** Promises a partition that is being read; it holds once the promise is kept. */
    static final class Promise {
        private volatile @Nullable Partition partition;

        /** Keeps the promise, for whoever finds it. */
        void keep(Partition read) {
            partition = read;
        }
    }

    private final LruCache<Key, Promise> cache;

    RowCache(int capacity) {
        this.cache = new LruCache<>(capacity);
    }

    boolean isEnabled() {
        return cache.isEnabled();
    }

    Optional<Partition> get(Key key) {
        return cache.get(key).flatMap(promise -> Optional.ofNullable(promise.partition));
    }

    /** Promises the partition, before it is read; a write in between takes the promise out of the cache. */
    Promise promise(Key key) {
        var promise = new Promise();
        cache.put(key, promise);
        return promise;
    }

    void invalidate(Key key) {
        if (isEnabled()) {
            cache.remove(key);
        }
    }

    void clear() {
        cache.removeIf(any -> true);
    }

    long hits() {
        return cache.hits();
    }

    long requests() {
        return cache.requests();
    }
}
