package io.ringsim.storage.commitlog;

import io.ringsim.data.Mutation;
import io.ringsim.data.TableId;
import io.ringsim.storage.codec.MutationCodec;
import io.ringsim.storage.disk.Disk;
import io.ringsim.storage.disk.WriteBehind;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The log of all writes that are not yet in SSTables. {@link #append} puts a write into memory; {@link #writeThrough} hands
 * it to the operating system, so that it survives the death of the process; {@link #sync} makes it safe.
 *
 * <p>For many threads at once, without one of its own. Each append takes its place in the current {@link Section}, which is
 * one step, and fills it beside the others. Who finds the section full, or wants it written, puts another one in its place,
 * waits for those who are still filling it, and writes it; meanwhile the others append to the new one, and who wants
 * written what is written already returns at once. So writes and forces cover what many appended.
 *
 * <p>When the disk is full appends throw {@link io.ringsim.storage.disk.NoSpaceLeft} as soon as memory is too, and work
 * again once there is space. When a force fails nobody knows what is safe, and asking again would not tell: the log takes
 * nothing any more.
 */
public final class CommitLog implements Closeable {
    private final CommitLogSettings settings;
    private final Segments segments;
    private final Sections sections;
    private final WriteBehind writeBehind;
    private final long life;

    /** Held while segments are forced or freed; taken before {@link #writing}. */
    private final ReentrantLock syncing = new ReentrantLock();

    /** Held while a section is replaced and written. */
    private final BriefLock writing = new BriefLock();

    private final Unforced unforced;
    private volatile Section current;
    private @Nullable Section pending;
    private volatile CommitLogPosition written;
    private volatile CommitLogPosition durable;
    private volatile @Nullable IOException failure;

    private CommitLog(Segments segments, CommitLogSettings settings, WriteBehind writeBehind) {
        this.settings = settings;
        this.segments = segments;
        this.writeBehind = writeBehind;
        this.unforced = new Unforced(2L * settings.bufferSize());
        this.sections = new Sections(settings, segments);
        this.life = segments.next();
        this.current = Section.none(life);
        this.written = current.endPosition();
        this.durable = written;
    }

    /**
     * Opens the log in that directory for new writes. What it held stays until {@link #discardReplayed}; replay it first.
     *
     * @throws IOException when that cannot be made safe
     */
    public static CommitLog open(Disk disk, String directory, CommitLogSettings settings) throws IOException {
        return open(disk, directory, settings, CommitLogPosition.NONE, WriteBehind.NONE);
    }

    /**
     * Opens the log like {@link #open(Disk, String, CommitLogSettings)}, for a store that knows positions up to {@code
     * known}: no write gets one of them again, even if somebody deleted the log's files.
     *
     * @param writeBehind makes what was written safe while more is appended, so that a sync finds little left to do
     */
    public static CommitLog open(
            Disk disk, String directory, CommitLogSettings settings, CommitLogPosition known, WriteBehind writeBehind)
            throws IOException {
        var segments = Segments.open(disk, directory, settings);
        segments.skip(known.segment());
        return new CommitLog(segments, settings, writeBehind);
    }

    /**
     * Appends a write, to memory at first.
     *
     * @return its position
     * @throws MutationTooLarge when it takes more than the settings allow
     * @throws IOException when memory is full and cannot be written, or the log takes nothing any more; the write was not
     *     appended
     */
    public CommitLogPosition append(Mutation mutation) throws IOException {
        int size = MutationCodec.size(mutation);
        if (size < 0 || size > settings.maxMutationSize()) {
            throw new MutationTooLarge(mutation, Integer.toUnsignedLong(size), settings.maxMutationSize());
        }
        int entry = size + SegmentFormat.ENTRY_OVERHEAD;
        while (true) {
            checkUsable();
            var section = current;
            int at = section.reserve(entry);
            if (at >= 0) {
                try {
                    return section.put(at, mutation, size);
                } finally {
                    section.release();
                }
            }
            makeRoom(section, entry);
        }
    }

    private void makeRoom(Section full, int entry) throws IOException {
        writing.lock();
        try {
            if (current == full) {
                checkUsable();
                replaceCurrent(entry);
            }
        } finally {
            writing.unlock();
        }
        forceIfMuch();
    }

    /** Outside of the locks, for whoever takes the task may run it at once. */
    private void forceIfMuch() {
        if (unforced.becameMuch()) {
            writeBehind.later(this::forceBehind);
        }
    }

    /** Hands all up to that position to the operating system: it survives the death of the process from then on. */
    public void writeThrough(CommitLogPosition position) throws IOException {
        if (!writing.lockUnless(() -> !position.isAfter(written))) {
            return;
        }
        try {
            checkUsable();
            writeAll();
        } finally {
            writing.unlock();
        }
        forceIfMuch();
    }

    /**
     * Makes safe all that was appended before this call.
     *
     * @return up to where all is safe
     * @throws IOException when it could not be written, and may be tried again, or not be forced: then never again
     */
    public CommitLogPosition sync() throws IOException {
        return sync(appended());
    }

    /** The same for all that was appended up to that position, and with it whatever else there is. */
    public CommitLogPosition sync(CommitLogPosition wanted) throws IOException {
        if (!wanted.isAfter(durable)) {
            return durable;
        }
        syncing.lock();
        try {
            if (wanted.isAfter(durable)) {
                checkUsable();
                force();
            }
            return durable;
        } finally {
            syncing.unlock();
        }
    }

    private void force() throws IOException {
        writing.lock();
        try {
            writeAll();
            growAhead();
        } finally {
            writing.unlock();
        }
        forceWritten();
    }

    /** Makes safe what was written, while others append. */
    private void forceBehind() {
        syncing.lock();
        try {
            if (failure == null) {
                forceWritten();
            }
        } catch (IOException noted) {
            // after a force that failed the log takes nothing any more, and tells why; what was not freed is freed
            // later
        } finally {
            syncing.unlock();
        }
    }

    /** Makes safe what was written; with {@link #syncing}. */
    private void forceWritten() throws IOException {
        CommitLogPosition upTo;
        List<Segment> forced;
        writing.lock();
        try {
            upTo = written;
            forced = unforced.take();
        } finally {
            writing.unlock();
        }
        try {
            for (var segment : forced) {
                segment.force();
            }
        } catch (IOException failed) {
            failure = new IOException(
                    "the commit log takes no writes, because it could not make some safe; check the disk and restart: "
                            + failed.getMessage(),
                    failed);
            throw failed;
        }
        durable = upTo;
        writing.lock();
        try {
            segments.forced(forced, unforced);
        } finally {
            writing.unlock();
        }
    }

    /** Grows the file if a few bytes were written and it became longer by them. */
    private void growAhead() throws IOException {
        var segment = current.segment();
        int few = settings.growAhead() / 4;
        if (segment.isPresent()
                && written.segment() == durable.segment()
                && written.offset() - durable.offset() < few
                && segment.get().length() == written.offset()) {
            segment.get().grow(Math.min((long) written.offset() + settings.growAhead(), settings.segmentSize()));
        }
    }

    /** The end of what was appended. */
    public CommitLogPosition appended() {
        return current.endPosition();
    }

    /** Up to where all is safe. */
    public CommitLogPosition durable() {
        return durable;
    }

    /**
     * Says that the table's writes after {@code after} up to {@code upTo}, and with that, are safe elsewhere. Segments in
     * which nothing else is left are freed, once they are full and safe.
     */
    public void markClean(TableId table, CommitLogPosition after, CommitLogPosition upTo) throws IOException {
        syncing.lock();
        writing.lock();
        try {
            segments.markClean(table, after, upTo);
            segments.freeClean(unforced);
        } finally {
            writing.unlock();
            syncing.unlock();
        }
    }

    /** Frees the segments that were there when the log was opened: all that was replayed from them is safe elsewhere. */
    public void discardReplayed() throws IOException {
        writing.lock();
        try {
            if (current.segment().isEmpty()) {
                // the numbers of segments go on from the files that there are
                checkUsable();
                replaceCurrent(SegmentFormat.ENTRY_OVERHEAD);
            }
            segments.discardReplayed();
        } finally {
            writing.unlock();
        }
    }

    /** Bytes of all the log's files. */
    public long bytesOnDisk() {
        writing.lock();
        try {
            return segments.bytesOnDisk();
        } finally {
            writing.unlock();
        }
    }

    /**
     * When the log takes more than the total space of the settings: the position up to which tables have to be flushed, so
     * that it takes less again.
     */
    public Optional<CommitLogPosition> overflow() {
        writing.lock();
        try {
            return segments.overflow();
        } finally {
            writing.unlock();
        }
    }

    /** The tables with writes up to that position which are safe nowhere else, in order. */
    public List<TableId> dirtyTables(CommitLogPosition upTo) {
        writing.lock();
        try {
            return segments.dirtyTables(upTo);
        } finally {
            writing.unlock();
        }
    }

    /**
     * Makes everything safe, and marks the log as complete, so that every corrupt byte of it will be noticed. If that
     * fails it may be tried again.
     */
    @Override
    public void close() throws IOException {
        syncing.lock();
        writing.lock();
        try {
            if (failure == null) {
                sync();
                complete(current);
                failure = new IOException("the commit log is closed");
            }
            segments.close();
        } finally {
            writing.unlock();
            syncing.unlock();
        }
    }

    private void complete(Section last) throws IOException {
        last.seal();
        last.awaitWriters();
        last.closesSegment();
        last.write(life, durable);
        if (last.segment().isPresent()) {
            last.segment().get().force();
        }
    }

    /** Writes all that was appended; with {@link #writing}. */
    private void writeAll() throws IOException {
        writePending();
        var end = current.endPosition();
        if (current.beginsAt(end)) {
            written = end;
        } else {
            replaceCurrent(0);
        }
    }

    /** Puts an empty section with room for an entry in place of the current one, and writes that; with {@link #writing}. */
    private void replaceCurrent(int entry) throws IOException {
        writePending();
        var full = current;
        full.seal();
        try {
            current = sections.after(full, entry);
        } catch (IOException refused) {
            full.unseal();
            throw refused;
        }
        full.awaitWriters();
        pending = full;
        writePending();
    }

    /** Writes the section that was replaced, unless that was done already; with {@link #writing}. */
    private void writePending() throws IOException {
        var section = pending;
        if (section == null) {
            return;
        }
        section.write(life, durable);
        pending = null;
        written = section.endPosition();
        sections.giveBack(section);
        unforced.add(section);
    }

    private void checkUsable() throws IOException {
        var failed = failure;
        if (failed != null) {
            throw new IOException(failed.getMessage(), failed);
        }
    }
}
