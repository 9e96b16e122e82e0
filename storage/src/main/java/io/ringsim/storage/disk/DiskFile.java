package io.ringsim.storage.disk;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** An open file. Reads and writes say where, so several threads may use one at once; writes never overlap. */
public interface DiskFile extends Closeable {
    /** What is read at once where nothing says how much. */
    int PIECE = 64 << 10;

    String path();

    long size() throws IOException;

    /** Reads some bytes, at least one unless the end is reached: then -1. May read fewer than fit the buffer. */
    int read(ByteBuffer into, long position) throws IOException;

    /** Fills the buffer. */
    default void readFully(ByteBuffer into, long position) throws IOException {
        long at = position;
        while (into.hasRemaining()) {
            int read = read(into, at);
            if (read < 0) {
                throw new EOFException(path() + " ends at " + size() + ", before " + (at + into.remaining()));
            }
            at += read;
        }
    }

    /**
     * A part of a file that does not change any more, to read from: mapped into memory where that pays, else a copy.
     */
    ByteBuffer view(long position, int length) throws IOException;

    /**
     * Gives some bytes to a channel, without reading them if the disk can; how many, 0 at the end of the file or when the
     * channel takes no more.
     */
    default long transferTo(long position, long count, WritableByteChannel to) throws IOException {
        var piece = ByteBuffer.allocate((int) Math.min(count, PIECE));
        int read = read(piece, position);
        return read <= 0 ? 0 : to.write(piece.flip());
    }

    /** Writes all that remains in the buffer, there, making the file longer as needed. */
    void write(ByteBuffer from, long position) throws IOException;

    /** Makes all that was written safe; {@code metadata} also what is not needed to read it back. */
    void force(boolean metadata) throws IOException;

    /** Cuts the file to that size; one that is not longer stays as it is. */
    void truncate(long size) throws IOException;

    @Override
    void close() throws IOException;
}
