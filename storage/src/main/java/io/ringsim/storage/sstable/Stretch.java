package io.ringsim.storage.sstable;

import io.ringsim.storage.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Lets through what of consecutive pieces lies in a stretch of all they are. */
final class Stretch {
    private final ContentSink to;
    private long before;
    private long left;

    /**
     * A stretch.
     *
     * @param offset of its begin in the pieces that are going to be passed
     * @param length of all of them
     */
    Stretch(long offset, long count, long length, ContentSink to) {
        if (offset < 0 || count < 0 || offset > length - count) {
            throw new IndexOutOfBoundsException(offset + "+" + count + " is not within " + length + " bytes");
        }
        this.before = offset;
        this.left = count;
        this.to = to;
    }

    /** Whether all of it was passed. */
    boolean isOver() {
        return left == 0;
    }

    /** Leaves a piece out that is not in the stretch; false if some of it is. */
    boolean skip(long length) {
        if (!isOver() && before < length) {
            return false;
        }
        before -= Math.min(before, length);
        return true;
    }

    void pass(ByteBuffer piece) throws IOException {
        if (!skip(piece.remaining())) {
            int some = (int) Math.min(piece.remaining() - before, left);
            var part = piece.slice(piece.position() + (int) before, some);
            advance(some);
            to.write(part);
        }
    }

    void pass(DiskFile file, long position, long length) throws IOException {
        if (!skip(length)) {
            long from = position + before;
            long some = Math.min(length - before, left);
            advance(some);
            if (file.size() < from + some) {
                throw Header.corrupt(file.path(), file.size(), "it ends there, before " + (from + some));
            }
            to.write(file, from, some);
        }
    }

    private void advance(long passed) {
        before = 0;
        left -= passed;
    }
}
