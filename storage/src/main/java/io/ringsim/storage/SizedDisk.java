package io.ringsim.storage;

import io.ringsim.data.TableId;
import io.ringsim.ring.NodeId;
import io.ringsim.spi.NodeRecord;
import io.ringsim.storage.Temporaries.Temporary;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What lies on a node's disk: it outlives the node's process. A node that starts finds its SSTables and its record;
 * half-received files are thrown away then.
 */
public final class SizedDisk {
    private final DiskFaults faults = new DiskFaults();
    private final Temporaries temporaries = new Temporaries();
    private final SortedMap<TableId, SortedMap<String, Long>> obsolete = new TreeMap<>();
    private final SortedMap<TableId, Integer> generations = new TreeMap<>();
    private SizedStore store;
    private NodeRecord record;
    private long storedBytes;
    private long obsoleteBytes;

    public SizedDisk(SizedStore store) {
        this(store, NodeRecord.NEW);
    }

    /** The disk of a node that ran before. */
    public SizedDisk(SizedStore store, NodeRecord record) {
        this.store = store;
        this.storedBytes = store.bytes();
        this.record = record;
    }

    public static SizedDisk empty() {
        return new SizedDisk(SizedStore.EMPTY);
    }

    /** What can be read. */
    public SizedStore store() {
        return store;
    }

    public NodeRecord record() {
        return record;
    }

    public DiskFaults faults() {
        return faults;
    }

    /** Files that are being received, which nobody can read yet. */
    public int temporaries() {
        return temporaries.count();
    }

    /** Bytes taken, by what can be read, is being received, or is only kept because it is being sent. */
    public long used() {
        return storedBytes + temporaries.bytes() + obsoleteBytes;
    }

    /** A process starts: what the last one left unfinished goes. */
    void mount() {
        temporaries.clear();
        obsolete.clear();
        obsoleteBytes = 0;
    }

    public void remember(NodeRecord next) {
        record = next;
    }

    void begin(ReceiveId id) {
        temporaries.begin(id);
    }

    boolean isReceiving(ReceiveId id) {
        return temporaries.isReceiving(id);
    }

    void append(ReceiveId id, int sequence, long length) {
        temporaries.append(id, sequence, length);
    }

    /** Bytes of a file that are written. */
    long received(ReceiveId id, int sequence) {
        return temporaries.received(id, sequence);
    }

    void discard(ReceiveId id, int sequence) {
        temporaries.discard(id, sequence);
    }

    void seal(ReceiveId id, int sequence, Coverage coverage, long stored) {
        temporaries.seal(id, sequence, coverage, stored);
    }

    /** Makes all sealed files visible and drops the others; returns how many there are. */
    int commit(ReceiveId id) {
        var files = temporaries.remove(id);
        var sstables = new ArrayList<>(store.table(id.table()).sstables());
        for (var file : files) {
            sstables.add(sstableOf(file, id.table()));
        }
        replace(id.table(), sstables);
        return files.size();
    }

    void abort(String plan, NodeId peer, int session) {
        temporaries.abort(plan, peer, session);
    }

    /** Leaves of an SSTable only what remains, in a new one; {@code keep} the old one, while it is being sent, until it is dropped. */
    void shrink(SizedSSTable old, Coverage remaining, boolean keep) {
        var sstables = new ArrayList<>(store.table(old.table()).sstables());
        sstables.remove(old);
        long left = old.bytesIn(remaining);
        if (left > 0) {
            var rest = new Temporary(left, true, old.coverage().intersect(remaining));
            sstables.add(sstableOf(rest, old.table()));
        }
        replace(old.table(), sstables);
        if (keep) {
            obsolete.computeIfAbsent(old.table(), any -> new TreeMap<>()).put(old.name(), old.bytes());
            obsoleteBytes += old.bytes();
        }
    }

    void drop(TableId table, String sstable) {
        var kept = obsolete.get(table);
        var dropped = kept == null ? null : kept.remove(sstable);
        obsoleteBytes -= dropped == null ? 0 : dropped;
    }

    private void replace(TableId table, List<SizedSSTable> sstables) {
        store = store.with(new SizedTable(table, sstables));
        storedBytes = store.bytes();
    }

    private SizedSSTable sstableOf(Temporary file, TableId table) {
        return new SizedSSTable(table, freshName(table), file.bytes(), file.coverage());
    }

    private String freshName(TableId table) {
        var taken = store.table(table).sstables();
        int generation = generations.getOrDefault(table, taken.size());
        String name;
        do {
            generation++;
            name = SizedTable.nameOf(generation);
        } while (isTaken(name, taken));
        generations.put(table, generation);
        return name;
    }

    private static boolean isTaken(String name, List<SizedSSTable> taken) {
        return taken.stream().anyMatch(sstable -> sstable.name().equals(name));
    }
}
