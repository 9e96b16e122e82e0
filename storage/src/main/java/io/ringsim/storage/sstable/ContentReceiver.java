package io.ringsim.storage.sstable;

import io.ringsim.data.TableMetadata;
import io.ringsim.ring.Partitioner;
import io.ringsim.storage.codec.Malformed;
import io.ringsim.storage.disk.CorruptFile;
import io.ringsim.storage.disk.Disk;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Makes an SSTable of what a {@link ContentSource} sends, as it arrives. Nothing counts before it was checked; after a part that
 * is damaged, or lost, the rest can be received again from {@link #verified} on. For one thread at a time.
 */
public final class ContentReceiver implements Closeable {
    static final String REMEDY = "it has to be sent again";

    /** What is needed to make an SSTable of what arrives. */
    record Making(NewComponents components, TableMetadata table, Partitioner partitioner) {}

    private final Making making;
    private final String name;
    private final FrameReader frame = new FrameReader();
    private Optional<ArrivingContent> content = Optional.empty();
    private long received;
    private boolean closed;

    private ContentReceiver(Making making, String name) {
        this.making = making;
        this.name = name;
    }

    /** Begins to receive an SSTable of that table, which is to have that id. */
    public static ContentReceiver create(
            Disk disk,
            String directory,
            SSTableId id,
            TableMetadata table,
            Partitioner partitioner,
            SSTableWriter.Options options) {
        var components = new NewComponents(disk, directory, id, table, options.writeBehind());
        return new ContentReceiver(
                new Making(components, table, partitioner), components.temporaryPath(Component.DATA));
    }

    /** Bytes of content that arrived. */
    public synchronized long received() {
        return received;
    }

    /** Bytes of content that arrived and are right; nothing of what comes after them is needed any more. */
    public synchronized long verified() {
        return received - (content.isPresent() ? content.get().unchecked() : frame.pending());
    }

    /** How many bytes it would best take next, 1 or more, so that it writes little in little pieces; any number is taken. */
    public synchronized int convenient() {
        return content.isPresent() ? content.get().convenient() : Integer.MAX_VALUE;
    }

    /** Forgets what is not verified, to go on from there; returns where that is. */
    public synchronized long rewind() {
        received = verified();
        frame.forget();
        content.ifPresent(ArrivingContent::forget);
        return received;
    }

    /**
     * Takes the next bytes.
     *
     * @throws CorruptFile when they are not what was sent, or not of this table
     */
    public synchronized void append(ByteBuffer bytes) throws IOException {
        checkOpen();
        int before = bytes.remaining();
        try {
            if (content.isEmpty() && frame.take(bytes)) {
                content = Optional.of(begin(frame.body()));
            }
            if (content.isPresent()) {
                content.get().take(bytes);
            }
        } catch (Malformed | IllegalArgumentException why) {
            throw corrupt(String.valueOf(why.getMessage()));
        } finally {
            received += before - bytes.remaining();
        }
    }

    private ArrivingContent begin(ByteBuffer body) throws IOException, Malformed {
        boolean entire = body.remaining() >= Integer.BYTES && body.getInt(0) == EntireFormat.MAGIC;
        if (entire) {
            var statistics = EntireFormat.read(body);
            statistics.check(making.table(), making.partitioner(), name);
            return new ArrivingComponents(making, statistics);
        }
        var preamble = SectionFormat.readPreamble(body);
        preamble.source().check(making.table(), making.partitioner(), name);
        return new ArrivingSections(making, preamble);
    }

    private void checkOpen() throws IOException {
        if (closed) {
            throw new IOException(name + ": it is received no longer");
        }
    }

    private CorruptFile corrupt(String what) {
        return new CorruptFile(name, received, "what arrived is damaged: " + what, REMEDY);
    }

    /**
     * Completes the SSTable and makes it safe.
     *
     * @throws CorruptFile when not all of it arrived
     */
    public synchronized SSTableReader finish() throws IOException {
        checkOpen();
        if (content.isEmpty() || !content.get().isComplete()) {
            throw corrupt("it ended early");
        }
        var finished = content.get().finish();
        closed = true;
        return finished;
    }

    /** Gives up what is not finished and deletes it. */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        content.ifPresent(ArrivingContent::abandon);
        making.components().delete();
    }
}
