package io.ringsim.storage.disk;

import io.ringsim.runtime.Randomness;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What is in a simulated file: for those who read it now, and for those who read it after a crash. */
final class Contents {
    /** What a disk writes at once or not at all. */
    private static final int SECTOR = 512;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** A change that is not safe yet: bytes at a position, or the cut of the file there. */
    private record Change(long position, ByteBuffer bytes, boolean cuts, long sizeAfter) {}

    private final Pages now;
    private final Pages safe;
    private final List<Change> unsafe = new ArrayList<>();
    private final SortedSet<Integer> changedPages = new TreeSet<>();
    private long size;
    private long safeSize;

    Contents() {
        this(new Pages(), 0);
    }

    private Contents(Pages safe, long size) {
        this.safe = safe;
        this.now = safe.copy();
        this.size = size;
        this.safeSize = size;
    }

    long size() {
        return size;
    }

    /** Bytes it takes on the disk. */
    long allocated() {
        return (long) now.count() * Pages.PAGE;
    }

    /** Bytes it would take beyond that after such a write. */
    long growth(long position, int length) {
        long pages = 0;
        for (long page = position / Pages.PAGE; page * Pages.PAGE < position + length; page++) {
            pages += now.has((int) page) ? 0 : 1;
        }
        return pages * Pages.PAGE;
    }

    void read(long position, int length, ByteBuffer into) {
        now.read(position, length, into);
    }

    void write(long position, byte[] bytes) {
        long end = position + bytes.length;
        size = Math.max(size, end);
        unsafe.add(new Change(position, ByteBuffer.wrap(bytes), false, size));
        apply(position, bytes, now, safe);
        for (long page = position / Pages.PAGE; page * Pages.PAGE < end; page++) {
            changedPages.add((int) page);
        }
    }

    private static void apply(long position, byte[] bytes, Pages to, Pages shared) {
        int done = 0;
        while (done < bytes.length) {
            long at = position + done;
            int within = (int) (at % Pages.PAGE);
            int some = Math.min(bytes.length - done, Pages.PAGE - within);
            to.write((int) (at / Pages.PAGE), within, bytes, done, some, shared);
            done += some;
        }
    }

    void truncate(long to) {
        if (to >= size) {
            return;
        }
        for (long page = to / Pages.PAGE; page * Pages.PAGE < size; page++) {
            changedPages.add((int) page);
        }
        size = to;
        unsafe.add(new Change(to, NOTHING, true, to));
        now.truncate(to, safe);
    }

    void force() {
        for (int page : changedPages) {
            safe.share(page, now);
        }
        changedPages.clear();
        unsafe.clear();
        safeSize = size;
    }

    void flip(long offset, int bit) {
        if (offset < 0 || offset >= size) {
            throw new IllegalArgumentException("there is no byte " + offset + " among " + size);
        }
        now.flip(offset, bit);
        safe.flip(offset, bit);
        changedPages.add((int) (offset / Pages.PAGE));
    }

    /**
     * What is left of it when the power goes. Of each change since the last force all sectors, some or none were
     * written, whatever became of the changes before it; a sector that was has all that was written to it before. The
     * size is that after one of the changes.
     */
    Contents afterCrash(Randomness chance) {
        var left = safe.copy();
        if (unsafe.isEmpty()) {
            return new Contents(left, safeSize);
        }
        var buffered = safe.copy();
        int sizeAfter = chance.nextInt(-1, unsafe.size());
        if (chance.chance(0.3)) {
            sizeAfter = unsafe.size() - 1;
        }
        for (int i = 0; i < unsafe.size(); i++) {
            var change = unsafe.get(i);
            if (!change.cuts()) {
                apply(change.position(), change.bytes().array(), buffered, safe);
                writeBack(change, buffered, left, chance);
                continue;
            }
            buffered.truncate(change.position(), safe);
            if (i <= sizeAfter) {
                left.truncate(change.position(), safe);
            }
        }
        long sizeLeft = sizeAfter < 0 ? safeSize : unsafe.get(sizeAfter).sizeAfter();
        left.truncate(sizeLeft, safe);
        return new Contents(left, sizeLeft);
    }

    private void writeBack(Change change, Pages buffered, Pages left, Randomness chance) {
        double kept = chance.pick(List.of(0.0, 0.5, 1.0));
        var sector = ByteBuffer.allocate(SECTOR);
        long end = change.position() + change.bytes().capacity();
        for (long at = change.position() / SECTOR * SECTOR; at < end; at += SECTOR) {
            if (chance.chance(kept)) {
                buffered.read(at, SECTOR, sector.clear());
                apply(at, sector.array(), left, safe);
            }
        }
    }
}
