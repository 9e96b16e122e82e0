package io.ringsim.storage;

import io.ringsim.ring.NodeId;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Files that are being received: they take room, but nobody can read them. */
final class Temporaries {
    /** A file, as far as it has come; sealed when it is complete and durable. */
    record Temporary(long bytes, boolean sealed, Coverage coverage) {
        Temporary more(long length) {
            return new Temporary(bytes + length, false, coverage);
        }
    }

    private static final Temporary BEGUN = new Temporary(0, false, Coverage.NONE);

    private final SortedMap<ReceiveId, SortedMap<Integer, Temporary>> files = new TreeMap<>();
    private long bytes;

    long bytes() {
        return bytes;
    }

    int count() {
        return files.values().stream().mapToInt(each -> each.size()).sum();
    }

    void begin(ReceiveId id) {
        files.putIfAbsent(id, new TreeMap<>());
    }

    boolean isReceiving(ReceiveId id) {
        return files.containsKey(id);
    }

    void append(ReceiveId id, int sequence, long length) {
        of(id).merge(sequence, BEGUN.more(length), (file, more) -> file.more(more.bytes()));
        bytes += length;
    }

    long received(ReceiveId id, int sequence) {
        var file = isReceiving(id) ? of(id).get(sequence) : null;
        return file == null ? 0 : file.bytes();
    }

    void discard(ReceiveId id, int sequence) {
        if (isReceiving(id)) {
            var file = of(id).remove(sequence);
            bytes -= file == null ? 0 : file.bytes();
        }
    }

    void seal(ReceiveId id, int sequence, Coverage coverage, long stored) {
        discard(id, sequence);
        of(id).put(sequence, new Temporary(stored, true, coverage));
        bytes += stored;
    }

    /** Takes away all files of one table's receiving; returns the sealed ones. */
    List<Temporary> remove(ReceiveId id) {
        var removed = of(id).values();
        files.remove(id);
        free(removed);
        return removed.stream().filter(Temporary::sealed).toList();
    }

    void abort(String plan, NodeId peer, int session) {
        files.entrySet().removeIf(entry -> {
            var id = entry.getKey();
            boolean aborted = id.plan().equals(plan) && id.peer().equals(peer) && id.session() == session;
            if (aborted) {
                free(entry.getValue().values());
            }
            return aborted;
        });
    }

    void clear() {
        files.clear();
        bytes = 0;
    }

    private void free(Collection<Temporary> freed) {
        bytes -= freed.stream().mapToLong(Temporary::bytes).sum();
    }

    private SortedMap<Integer, Temporary> of(ReceiveId id) {
        var receiving = files.get(id);
        if (receiving == null) {
            throw new IllegalStateException("nothing is being received as " + id);
        }
        return receiving;
    }
}
