package io.ringsim.storage.commitlog;

import io.ringsim.data.TableId;
import io.ringsim.storage.disk.Disk;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The files of the log: segments of this life, those of earlier lives until they are discarded, and spares. Whoever calls
 * holds the log's lock.
 */
final class Segments {
    private record File(String name, long length) {}

    private final Disk disk;
    private final String directory;
    private final CommitLogSettings settings;
    private final List<File> replayed = new ArrayList<>();
    private final Deque<File> spares = new ArrayDeque<>();
    private final List<Segment> live = new ArrayList<>();
    private long next = 1;

    private Segments(Disk disk, String directory, CommitLogSettings settings) {
        this.disk = disk;
        this.directory = directory;
        this.settings = settings;
    }

    /** Finds what earlier lives left, and makes it safe: they may have ended before they could. */
    static Segments open(Disk disk, String directory, CommitLogSettings settings) throws IOException {
        var segments = new Segments(disk, directory, settings);
        for (var name : disk.list(directory)) {
            var number = SegmentFormat.segment(name);
            var spare = SegmentFormat.spare(name);
            if (number.isEmpty() && spare.isEmpty()) {
                continue;
            }
            segments.next = Math.max(segments.next, number.or(() -> spare).orElseThrow() + 1);
            try (var file = disk.open(path(directory, name))) {
                if (number.isPresent()) {
                    file.force(false);
                }
                (number.isPresent() ? segments.replayed : segments.spares).add(new File(name, file.size()));
            }
        }
        if (!segments.replayed.isEmpty()) {
            disk.syncDirectory(directory);
        }
        return segments;
    }

    /** The number of the next segment. */
    long next() {
        return next;
    }

    /** No segment gets a number that is not greater than that. */
    void skip(long number) {
        next = Math.max(next, number + 1);
    }

    /** A new segment, whose file will be there after a crash. */
    Segment create() throws IOException {
        long number = next++;
        var path = path(directory, SegmentFormat.name(number));
        var spare = Optional.ofNullable(spares.poll());
        if (spare.isPresent()) {
            disk.rename(path(directory, spare.get().name()), path);
        }
        var file = spare.isPresent() ? disk.open(path) : disk.create(path);
        try {
            disk.syncDirectory(directory);
        } catch (IOException failed) {
            file.close();
            throw failed;
        }
        var segment = new Segment(number, file, spare.map(File::length).orElse(0L));
        live.add(segment);
        return segment;
    }

    void markClean(TableId table, CommitLogPosition after, CommitLogPosition upTo) {
        live.forEach(segment -> segment.markClean(table, after, upTo));
    }

    /**
     * Frees segments in which nothing is needed any more.
     *
     * @param unforced are kept: should a crash bring one back, in part, it would not be what the log says was safe
     */
    void freeClean(Unforced unforced) throws IOException {
        for (var segment : List.copyOf(live)) {
            if (segment.isClean() && !unforced.contains(segment)) {
                segment.close();
                free(new File(SegmentFormat.name(segment.number()), segment.length()), segment.number());
                live.remove(segment);
            }
        }
    }

    /** Closes those that were forced and are complete; frees what is clean. */
    void forced(List<Segment> forced, Unforced unforced) throws IOException {
        boolean completed = false;
        for (var segment : forced) {
            if (segment.isComplete() && !unforced.contains(segment)) {
                segment.close();
                completed = true;
            }
        }
        if (completed) {
            freeClean(unforced);
        }
    }

    void discardReplayed() throws IOException {
        while (!replayed.isEmpty()) {
            var file = replayed.get(0);
            free(file, SegmentFormat.segment(file.name()).orElseThrow());
            replayed.remove(0);
        }
    }

    /**
     * Keeps the file as a spare, under a name by which it is not replayed, or deletes it. Neither is made safe: should it be
     * undone, the segment is replayed for nothing.
     */
    private void free(File file, long number) throws IOException {
        if (spares.size() < settings.spareSegments()
                && bytesOnDisk() <= settings.totalSpace()
                && file.length() > settings.segmentSize() / 2
                && file.length() <= settings.segmentSize()) {
            var spare = new File(SegmentFormat.spareName(number), file.length());
            disk.rename(path(directory, file.name()), path(directory, spare.name()));
            spares.add(spare);
        } else {
            disk.delete(path(directory, file.name()));
        }
    }

    long bytesOnDisk() {
        return bytesInUse() + spares.stream().mapToLong(File::length).sum();
    }

    private long bytesInUse() {
        return live.stream().mapToLong(Segment::length).sum()
                + replayed.stream().mapToLong(File::length).sum();
    }

    /** The end of the oldest segments, so many that there is space enough without them. */
    Optional<CommitLogPosition> overflow() {
        long excess = bytesInUse() - settings.totalSpace();
        Optional<CommitLogPosition> end = Optional.empty();
        for (var segment : live) {
            if (excess <= 0 || !segment.isComplete()) {
                break;
            }
            excess -= segment.length();
            end = Optional.of(new CommitLogPosition(segment.number(), settings.segmentSize()));
        }
        return end;
    }

    List<TableId> dirtyTables(CommitLogPosition upTo) {
        var tables = new TreeSet<TableId>();
        for (var segment : live) {
            if (segment.number() <= upTo.segment()) {
                tables.addAll(segment.dirtyTables());
            }
        }
        return List.copyOf(tables);
    }

    /** Closes the files; the log ends. */
    void close() throws IOException {
        for (var segment : live) {
            segment.close();
        }
    }

    static String path(String directory, String name) {
        return directory.isEmpty() ? name : directory + "/" + name;
    }
}
