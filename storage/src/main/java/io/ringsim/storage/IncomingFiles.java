package io.ringsim.storage;

import io.ringsim.data.Bytes;
import io.ringsim.ring.NodeId;
import io.ringsim.storage.engine.StorageEngine;
import io.ringsim.storage.sstable.ContentReceiver;
import io.ringsim.storage.sstable.SSTableReader;
import io.ringsim.storage.sstable.Section;
import io.ringsim.storage.table.TableStore;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Files that are being received. Each is a temporary file until it is sealed, then an SSTable that is not yet part of its
 * table; all of a table's in one session become part of it in one step. Any thread may call; what was aborted meanwhile
 * says so.
 */
final class IncomingFiles implements Closeable {
    private record Name(ReceiveId id, int sequence) implements Comparable<Name> {
        private static final Comparator<Name> ORDER =
                Comparator.comparing(Name::id).thenComparingInt(Name::sequence);

        @Override
        public int compareTo(Name other) {
            return ORDER.compare(this, other);
        }
    }

    private final StorageEngine engine;
    private final SortedMap<ReceiveId, List<SSTableReader>> sealed = new TreeMap<>();
    private final SortedMap<Name, ContentReceiver> files = new TreeMap<>();

    IncomingFiles(StorageEngine engine) {
        this.engine = engine;
    }

    /** What is received for a table in a session. */
    private record OfTable(IncomingFiles files, ReceiveId id) implements IncomingContent {
        @Override
        public ContentReceiver file(int sequence, long offset) throws IOException {
            return files.receive(id, sequence, offset);
        }

        @Override
        public long rewind(int sequence) throws IOException {
            return files.rewind(id, sequence);
        }

        @Override
        public void discard(int sequence) throws IOException {
            var discarded = files.discard(id, sequence);
            if (discarded.isPresent()) {
                discarded.get().close();
            }
        }
    }

    IncomingContent content(ReceiveId id) {
        return new OfTable(this, id);
    }

    synchronized void begin(ReceiveId id) {
        sealed.putIfAbsent(id, new ArrayList<>());
    }

    private void checkReceiving(ReceiveId id) throws IOException {
        table(id).serving().check();
        if (!sealed.containsKey(id)) {
            throw new IOException("nothing is being received for " + id.table() + " from " + id.peer());
        }
    }

    void write(ReceiveId id, int sequence, long offset, Bytes content) throws IOException {
        receive(id, sequence, offset).append(ByteBuffer.wrap(content.toArray()));
    }

    /** A file that goes on there; a new one if it is not known. */
    ContentReceiver receive(ReceiveId id, int sequence, long offset) throws IOException {
        ContentReceiver file;
        synchronized (this) {
            checkReceiving(id);
            var name = new Name(id, sequence);
            var known = files.get(name);
            file = known == null ? table(id).beginReceiving() : known;
            files.put(name, file);
        }
        if (file.received() != offset) {
            throw new IOException(
                    "file " + sequence + " of " + id.table() + " goes on at " + offset + ", not at " + file.received());
        }
        return file;
    }

    private TableStore table(ReceiveId id) throws IOException {
        var table = engine.tables().get(id.table());
        if (table == null) {
            throw new IOException("there is no table " + id.table() + " here, though " + id.peer()
                    + " has one; wait until both agree on the schema");
        }
        return table;
    }

    /** Forgets what of a file is not verified; where it goes on. */
    long rewind(ReceiveId id, int sequence) throws IOException {
        ContentReceiver file;
        synchronized (this) {
            checkReceiving(id);
            file = files.get(new Name(id, sequence));
        }
        return file == null ? 0 : file.rewind();
    }

    /** Ends the receiving of one file; what is returned has to be closed, which throws it away. */
    Optional<ContentReceiver> discard(ReceiveId id, int sequence) {
        return Optional.ofNullable(take(id, sequence));
    }

    private synchronized @Nullable ContentReceiver take(ReceiveId id, int sequence) {
        return files.remove(new Name(id, sequence));
    }

    /** Completes an SSTable, durably, if it is of what is covered and all has arrived. */
    void seal(ReceiveId id, int sequence, Coverage coverage) throws IOException {
        var file = take(id, sequence);
        if (file == null) {
            table(id).serving().check();
            throw new IOException("file " + sequence + " of " + id.table() + " never arrived");
        }
        try (file) {
            var sstable = file.finish();
            if (isWithin(sstable, coverage) && keep(id, sstable)) {
                return;
            }
            discard(sstable);
            throw new IOException("file " + sequence + " of " + id.table()
                    + " has keys of other ranges than it says, or its session has ended");
        }
    }

    private static boolean isWithin(SSTableReader sstable, Coverage coverage) throws IOException {
        var sections = sstable.sections(coverage.ranges());
        return sections.stream().mapToLong(Section::partitions).sum()
                == sstable.stats().partitions();
    }

    private synchronized boolean keep(ReceiveId id, SSTableReader sstable) {
        var received = sealed.get(id);
        return received != null && received.add(sstable);
    }

    private static void discard(SSTableReader sstable) {
        sstable.markObsolete();
        sstable.release();
    }

    /** Makes all sealed files part of their table; returns how many. */
    int commit(ReceiveId id) throws IOException {
        List<SSTableReader> received;
        synchronized (this) {
            checkReceiving(id);
            received = List.copyOf(sealed.getOrDefault(id, List.of()));
            sealed.remove(id);
        }
        try {
            table(id).ingest(received);
        } catch (IOException failed) {
            received.forEach(IncomingFiles::discard);
            throw failed;
        }
        return received.size();
    }

    /** Throws away all that was received in a session and is not part of its table. */
    void abort(String plan, NodeId peer, int session) throws IOException {
        var dropped = new ArrayList<ContentReceiver>();
        var discarded = new ArrayList<SSTableReader>();
        synchronized (this) {
            for (var id : List.copyOf(sealed.keySet())) {
                if (id.plan().equals(plan) && id.peer().equals(peer) && id.session() == session) {
                    discarded.addAll(sealed.getOrDefault(id, List.of()));
                    sealed.remove(id);
                }
            }
            for (var name : List.copyOf(files.keySet())) {
                if (!sealed.containsKey(name.id())) {
                    var file = files.remove(name);
                    if (file != null) {
                        dropped.add(file);
                    }
                }
            }
        }
        discarded.forEach(IncomingFiles::discard);
        for (var file : dropped) {
            file.close();
        }
    }

    /** Throws away all that was received and is not part of a table; what cannot be deleted now is at the next start. */
    @Override
    public void close() throws IOException {
        var dropped = new ArrayList<ContentReceiver>();
        var discarded = new ArrayList<SSTableReader>();
        synchronized (this) {
            dropped.addAll(files.values());
            files.clear();
            sealed.values().forEach(discarded::addAll);
            sealed.clear();
        }
        discarded.forEach(IncomingFiles::discard);
        IOException failure = null;
        for (var file : dropped) {
            try {
                file.close();
            } catch (IOException failed) {
                failure = failed;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    synchronized int count() {
        return files.size() + sealed.values().stream().mapToInt(List::size).sum();
    }
}
