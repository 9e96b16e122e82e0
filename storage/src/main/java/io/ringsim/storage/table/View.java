package io.ringsim.storage.table;

import io.ringsim.storage.memtable.Memtable;
import io.ringsim.storage.sstable.SSTableReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * What a table consists of at a moment.
 *
 * @param memtables the oldest first; the last one takes the writes
 * @param sstables the one with the newest data first
 */
record View(List<Memtable> memtables, List<SSTableReader> sstables) {
    private static final Comparator<SSTableReader> NEWEST_FIRST = Comparator.comparingLong(
                    (SSTableReader sstable) -> sstable.stats().maxTimestamp())
            .reversed()
            .thenComparing(sstable -> sstable.id().generation(), Comparator.reverseOrder());

    View {
        memtables = List.copyOf(memtables);
        sstables = sstables.stream().sorted(NEWEST_FIRST).toList();
    }

    Memtable current() {
        return memtables.get(memtables.size() - 1);
    }

    View switchedTo(Memtable next) {
        var more = new ArrayList<>(memtables);
        more.add(next);
        return new View(more, sstables);
    }

    View without(Memtable flushed) {
        var rest = new ArrayList<>(memtables);
        rest.remove(flushed);
        return new View(rest, sstables);
    }

    View replacing(Collection<SSTableReader> gone, Collection<SSTableReader> come) {
        var changed = new ArrayList<>(sstables);
        changed.removeAll(gone);
        changed.addAll(come);
        return new View(memtables, changed);
    }
}
