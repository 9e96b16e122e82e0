package io.ringsim.storage.table;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** A map that forgets what was not asked for the longest when it has more entries than it may. */
final class LruCache<K, V> {
    private final int capacity;
    private final LinkedHashMap<K, V> entries;
    private long hits;
    private long requests;

    LruCache(int capacity) {
        this.capacity = capacity;
        this.entries = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > capacity;
            }
        };
    }

    boolean isEnabled() {
        return capacity > 0;
    }

    synchronized Optional<V> get(K key) {
        var value = entries.get(key);
        requests++;
        hits += value == null ? 0 : 1;
        return Optional.ofNullable(value);
    }

    synchronized void put(K key, V value) {
        if (capacity > 0) {
            entries.put(key, value);
        }
    }

    synchronized void remove(K key) {
        entries.remove(key);
    }

    synchronized void removeIf(Predicate<K> outdated) {
        entries.keySet().removeIf(outdated);
    }

    synchronized int size() {
        return entries.size();
    }

    synchronized long hits() {
        return hits;
    }

    synchronized long requests() {
        return requests;
    }
}
