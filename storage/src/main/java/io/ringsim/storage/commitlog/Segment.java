package io.ringsim.storage.commitlog;

import io.ringsim.data.TableId;
import io.ringsim.storage.disk.DiskFile;
import io.ringsim.storage.disk.NoSpaceLeft;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

/** A file of the log that this process writes or wrote, and which tables have something in it that is nowhere else. */
final class Segment {
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(1 << 16).asReadOnlyBuffer();

    /** Where a table's entries end in the segment: of the first one in the high half, of the last in the low half. */
    private final ConcurrentMap<TableId, AtomicLong> dirty = new ConcurrentHashMap<>();

    private final ConcurrentMap<TableId, FlushedPositions> clean = new ConcurrentHashMap<>();
    private final long number;
    private final int salt;
    private final DiskFile file;
    private long length;
    private boolean complete;

    /** A segment in that file, of which {@code length} bytes exist. */
    Segment(long number, DiskFile file, long length) {
        this.number = number;
        this.salt = SegmentFormat.salt(number);
        this.file = file;
        this.length = length;
    }

    long number() {
        return number;
    }

    int salt() {
        return salt;
    }

    /** Bytes of the file. */
    long length() {
        return length;
    }

    void write(ByteBuffer bytes, int offset) throws IOException {
        long end = offset + (long) bytes.remaining();
        file.write(bytes, offset);
        length = Math.max(length, end);
    }

    /** Makes the file longer by zeros, up to {@code size} bytes, if there is space for it. */
    void grow(long size) throws IOException {
        try {
            while (length < size) {
                write(ZEROS.duplicate().limit((int) Math.min(ZEROS.capacity(), size - length)), (int) length);
            }
        } catch (NoSpaceLeft full) {
            length = file.size();
        }
    }

    void force() throws IOException {
        file.force(false);
    }

    /** Nothing is written to it any more. */
    void complete() {
        complete = true;
    }

    boolean isComplete() {
        return complete;
    }

    void close() throws IOException {
        file.close();
    }

    void markDirty(TableId table, int end) {
        var interval = dirty.get(table);
        if (interval == null) {
            interval = dirty.computeIfAbsent(table, first -> new AtomicLong((long) end << Integer.SIZE | end));
        }
        while (true) {
            long seen = interval.get();
            long wider = (long) Math.min(first(seen), end) << Integer.SIZE | Math.max(last(seen), end);
            if (wider == seen || interval.compareAndSet(seen, wider)) {
                return;
            }
        }
    }

    void markClean(TableId table, CommitLogPosition after, CommitLogPosition upTo) {
        if (dirty.containsKey(table)) {
            clean.merge(table, FlushedPositions.NOTHING.and(after, upTo), FlushedPositions::and);
        }
    }

    /** Whether nothing in it is needed any more. */
    boolean isClean() {
        return complete && dirty.keySet().stream().noneMatch(this::isDirty);
    }

    /** The tables that have something in it that is nowhere else, in order. */
    List<TableId> dirtyTables() {
        return dirty.keySet().stream().filter(this::isDirty).sorted().toList();
    }

    private boolean isDirty(TableId table) {
        long interval = dirty.getOrDefault(table, new AtomicLong()).get();
        return !clean.getOrDefault(table, FlushedPositions.NOTHING)
                .covers(new CommitLogPosition(number, first(interval)), new CommitLogPosition(number, last(interval)));
    }

    private static int first(long interval) {
        return (int) (interval >>> Integer.SIZE);
    }

    private static int last(long interval) {
        return (int) interval;
    }
}
