package io.ringsim.storage;

import io.ringsim.data.TableId;
import io.ringsim.ring.NodeId;
import io.ringsim.spi.NodeRecord;
import java.util.ArrayList;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What lies on a node's disk: it outlives the node's process. A node that starts finds its SSTables and its record;
 * half-received files are thrown away then.
 */
public final class SizedDisk {
    /** A file that is being received: invisible. */
    private record Temporary(long bytes, boolean sealed, Coverage coverage) {}

    private final DiskFaults faults = new DiskFaults();
    private final SortedMap<ReceiveId, SortedMap<Integer, Temporary>> receiving = new TreeMap<>();
    private final SortedMap<TableId, SortedMap<String, Long>> obsolete = new TreeMap<>();
    private final SortedMap<TableId, Integer> generations = new TreeMap<>();
    private SizedStore store;
    private NodeRecord record;

    public SizedDisk(SizedStore store) {
        this(store, NodeRecord.NEW);
    }

    /** The disk of a node that ran before. */
    public SizedDisk(SizedStore store, NodeRecord record) {
        this.store = store;
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
        return receiving.values().stream().mapToInt(files -> files.size()).sum();
    }

    /** Bytes taken, by what can be read, is being received, or is only kept because it is being sent. */
    public long used() {
        long temporary = 0;
        for (var files : receiving.values()) {
            temporary += files.values().stream().mapToLong(Temporary::bytes).sum();
        }
        long kept = 0;
        for (var files : obsolete.values()) {
            kept += files.values().stream().mapToLong(Long::longValue).sum();
        }
        return store.bytes() + temporary + kept;
    }

    /** A process starts: what the last one left unfinished goes. */
    void mount() {
        receiving.clear();
        obsolete.clear();
    }

    void remember(NodeRecord next) {
        record = next;
    }

    void begin(ReceiveId id) {
        receiving.putIfAbsent(id, new TreeMap<>());
    }

    boolean isReceiving(ReceiveId id) {
        return receiving.containsKey(id);
    }

    void append(ReceiveId id, int sequence, int length) {
        filesOf(id)
                .merge(
                        sequence,
                        new Temporary(length, false, Coverage.NONE),
                        (file, more) -> new Temporary(file.bytes() + more.bytes(), false, file.coverage()));
    }

    void discard(ReceiveId id, int sequence) {
        if (isReceiving(id)) {
            filesOf(id).remove(sequence);
        }
    }

    void seal(ReceiveId id, int sequence, Coverage coverage, long stored) {
        filesOf(id).put(sequence, new Temporary(stored, true, coverage));
    }

    /** Makes all sealed files visible and drops the others; returns how many there are. */
    int commit(ReceiveId id) {
        var files = filesOf(id).values().stream().filter(Temporary::sealed).toList();
        for (var file : files) {
            add(new SizedSSTable(id.table(), freshName(id.table()), file.bytes(), file.coverage()));
        }
        receiving.remove(id);
        return files.size();
    }

    private void add(SizedSSTable sstable) {
        var sstables = new ArrayList<>(store.table(sstable.table()).sstables());
        sstables.add(sstable);
        store = store.with(new SizedTable(sstable.table(), sstables));
    }

    void abort(String plan, NodeId peer, int session) {
        receiving.keySet().removeIf(id -> id.plan().equals(plan) && id.peer().equals(peer) && id.session() == session);
    }

    /** Puts another SSTable in the place of one, or nothing; {@code keep} what is still being sent until it is dropped. */
    void replace(SizedSSTable old, Coverage remaining, boolean keep) {
        var others = new ArrayList<>(store.table(old.table()).sstables());
        others.remove(old);
        store = store.with(new SizedTable(old.table(), others));
        long left = old.bytesIn(remaining);
        if (left > 0) {
            var covered = old.coverage().intersect(remaining);
            add(new SizedSSTable(old.table(), freshName(old.table()), left, covered));
        }
        if (keep) {
            obsolete.computeIfAbsent(old.table(), any -> new TreeMap<>()).put(old.name(), old.bytes());
        }
    }

    void drop(TableId table, String sstable) {
        var kept = obsolete.get(table);
        if (kept != null) {
            kept.remove(sstable);
        }
    }

    private SortedMap<Integer, Temporary> filesOf(ReceiveId id) {
        var files = receiving.get(id);
        if (files == null) {
            throw new IllegalStateException("nothing is being received as " + id);
        }
        return files;
    }

    private String freshName(TableId table) {
        var taken =
                store.table(table).sstables().stream().map(SizedSSTable::name).toList();
        int generation = generations.getOrDefault(table, taken.size()) + 1;
        while (taken.contains(SizedTable.nameOf(generation))) {
            generation++;
        }
        generations.put(table, generation);
        return SizedTable.nameOf(generation);
    }
}
