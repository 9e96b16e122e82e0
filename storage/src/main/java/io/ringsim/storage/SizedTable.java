package io.ringsim.storage;

import io.ringsim.data.TableId;
import java.util.ArrayList;
import java.util.List;

/** A table of which only the sizes of its SSTables are known, the oldest first. */
public record SizedTable(TableId id, List<SizedSSTable> sstables) {
    /** Flushes make SSTables of about this size, as they did in the measured ring. */
    private static final long FLUSH_BYTES = 32L << 20;

    private static final int UNCOMPACTED = 8;
    private static final int TIER = 4;

    public SizedTable {
        sstables = List.copyOf(sstables);
        for (var sstable : sstables) {
            if (!sstable.table().equals(id)) {
                throw new IllegalArgumentException(sstable + " is not of " + id);
            }
        }
    }

    public static SizedTable empty(TableId id) {
        return new SizedTable(id, List.of());
    }

    /**
     * A table whose bytes are in this many SSTables of the same size (the last ones a byte smaller when they do not
     * divide), each covering the whole coverage. Without bytes or coverage it has no SSTables.
     */
    public static SizedTable evenly(TableId id, long bytes, int sstables, Coverage coverage) {
        if (sstables < 1) {
            throw new IllegalArgumentException(id + " needs at least one SSTable, not " + sstables);
        }
        var split = new ArrayList<SizedSSTable>();
        for (int i = 0; i < sstables && bytes > 0 && !coverage.isEmpty(); i++) {
            long share = bytes / sstables + (i < bytes % sstables ? 1 : 0);
            if (share > 0) {
                split.add(new SizedSSTable(id, nameOf(i + 1), share, coverage));
            }
        }
        return new SizedTable(id, split);
    }

    /**
     * How many SSTables to expect when nobody says: one per flush up to 8, then what size-tiered compaction leaves, up to
     * 3 in each tier of four times the size. A guess; it only decides how often sections are cut.
     */
    public static int likelySSTables(long bytes) {
        long flushes = Math.max(1, (bytes + FLUSH_BYTES - 1) / FLUSH_BYTES);
        int count = (int) Math.min(flushes, UNCOMPACTED);
        for (long tier = flushes / UNCOMPACTED; tier >= TIER; tier /= TIER) {
            count += TIER - 1;
        }
        return count;
    }

    static String nameOf(int generation) {
        return "nb-" + generation + "-big-Data.db";
    }

    public long bytes() {
        return sstables.stream().mapToLong(SizedSSTable::bytes).sum();
    }

    public long bytesIn(Coverage requested) {
        return sstables.stream()
                .mapToLong(sstable -> sstable.bytesIn(requested))
                .sum();
    }

    /** The files to send to one who requests these ranges: one per SSTable that holds any of them. */
    public List<StreamableFile> filesFor(Coverage requested, SizeModel model) {
        var files = new ArrayList<StreamableFile>();
        var covered = Coverage.NONE;
        var sections = Coverage.NONE;
        for (var sstable : sstables) {
            if (!sstable.coverage().equals(covered)) {
                covered = sstable.coverage();
                sections = covered.intersect(requested);
            }
            sstable.fileOf(sections, model).ifPresent(files::add);
        }
        return List.copyOf(files);
    }
}
