package io.ringsim.storage.table;

import io.ringsim.ring.TokenRange;
import io.ringsim.storage.sstable.SSTableReader;
import io.ringsim.storage.sstable.Section;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** SSTables that hold something of some ranges. They stay, whatever compaction does, until the selection is closed. */
public final class Selection implements AutoCloseable {
    /**
     * One of them.
     *
     * @param sections where it has keys of the ranges
     * @param whole whether it has no others
     */
    public record Part(SSTableReader sstable, List<Section> sections, boolean whole) {
        public Part {
            sections = List.copyOf(sections);
        }
    }

    private final List<Part> parts;
    private boolean open = true;

    private Selection(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    static Selection of(TableStore store, List<TokenRange> normalised) throws IOException {
        var chosen = new ArrayList<Part>();
        try (var snapshot = Snapshot.of(store)) {
            for (var sstable : snapshot.sstables()) {
                var sections = sstable.sections(normalised);
                if (!sections.isEmpty() && sstable.tryAcquire()) {
                    long partitions =
                            sections.stream().mapToLong(Section::partitions).sum();
                    chosen.add(new Part(
                            sstable, sections, partitions == sstable.stats().partitions()));
                }
            }
        }
        return new Selection(chosen);
    }

    public List<Part> parts() {
        return parts;
    }

    @Override
    public synchronized void close() {
        if (open) {
            open = false;
            parts.forEach(part -> part.sstable().release());
        }
    }
}
