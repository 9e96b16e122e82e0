package io.ringsim.storage.table;

import io.ringsim.data.Key;
import io.ringsim.data.TableMetadata;
import io.ringsim.data.UnfilteredRows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/**
 * The partitions of several sources in the order of their keys; those of one key merged. Each has to be read before the
 * next is asked for.
 */
final class MergedPartitions implements Iterator<UnfilteredRows> {
    private static final Comparator<Head> BY_KEY =
            Comparator.comparing(Head::key).thenComparingInt(Head::source);

    private final TableMetadata table;
    private final List<? extends Iterator<UnfilteredRows>> sources;
    private final PriorityQueue<Head> heads = new PriorityQueue<>(BY_KEY);

    /** Sources whose partitions were given out and that go on from there. */
    private final List<Integer> given = new ArrayList<>();

    private record Head(UnfilteredRows rows, int source) {
        Key key() {
            return rows.key();
        }
    }

    MergedPartitions(TableMetadata table, List<? extends Iterator<UnfilteredRows>> sources) {
        this.table = table;
        this.sources = List.copyOf(sources);
        for (int i = 0; i < sources.size(); i++) {
            given.add(i);
        }
    }

    private void advance() {
        for (int source : given) {
            var partitions = sources.get(source);
            if (partitions.hasNext()) {
                heads.add(new Head(partitions.next(), source));
            }
        }
        given.clear();
    }

    @Override
    public boolean hasNext() {
        advance();
        return !heads.isEmpty();
    }

    @Override
    public UnfilteredRows next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        var same = new ArrayList<UnfilteredRows>(2);
        var key = heads.element().key();
        while (!heads.isEmpty() && heads.element().key().equals(key)) {
            var head = heads.remove();
            same.add(head.rows());
            given.add(head.source());
        }
        return UnfilteredRows.merge(same, table);
    }

    /** The number of the only source that has the partition given out last; -1 when several have. */
    int soleSource() {
        return given.size() == 1 ? given.get(0) : -1;
    }
}
