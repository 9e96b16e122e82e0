package io.ringsim.storage.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A new file of a {@link RealDisk} whose content goes to the device from buffers of this process, not through the page cache:
 * that costs less of the processor's time, takes no memory from what others read, and leaves nothing to be forced at the
 * end but the device. What is written one after another is gathered in buffers, which a helper writes while more is gathered.
 * What does not fill blocks of the file system goes through the page cache.
 */
final class DirectFile implements DiskFile {
    /** Large enough that a device has several requests to work on. */
    static final int BUFFER = 2 << 20;

    /** So many wait while another is written and one is filled: a helper may begin late. */
    private static final int AHEAD = 3;

    private final RealFile cached;
    private final FileChannel direct;
    private final int block;
    private final AlignedBuffers buffers;
    private final List<ByteBuffer> taken = new ArrayList<>();
    private final Handover full;
    private final Runnable atEnd;

    /** What was written last, as far as it was not handed over. */
    private @Nullable ByteBuffer gathered;

    /** Where what was written last ends. */
    private long end;

    /** Where the next buffer goes; whoever writes buffers knows. */
    private long next;

    /** Nothing is gathered or handed over. */
    private boolean allThere = true;

    private boolean closed;

    /**
     * Writes a file that is empty and open for nobody else.
     *
     * @param direct the same file, open for writing past the page cache
     * @param block what writes past it have to be a multiple of, in bytes; a page is one
     * @param atEnd is run once, when it is closed
     */
    DirectFile(
            RealFile cached,
            FileChannel direct,
            int block,
            AlignedBuffers buffers,
            WriteBehind helper,
            Runnable atEnd) {
        this.cached = cached;
        this.direct = direct;
        this.block = block;
        this.buffers = buffers;
        this.atEnd = atEnd;
        this.full = new Handover(helper, this::writeNext, AHEAD, size -> take());
    }

    private ByteBuffer take() {
        var buffer = buffers.take();
        taken.add(buffer);
        return buffer;
    }

    @Override
    public String path() {
        return cached.path();
    }

    @Override
    public synchronized void write(ByteBuffer from, long position) throws IOException {
        checkOpen();
        if (position != end) {
            settle();
            end = position;
        }
        while (from.hasRemaining()) {
            if (allThere && end % block != 0) {
                int some = (int) Math.min(block - end % block, from.remaining());
                cached.write(piece(from, some), end);
                end += some;
            } else {
                gather(from);
            }
        }
    }

    private void gather(ByteBuffer from) throws IOException {
        if (allThere) {
            allThere = false;
            next = end;
        }
        if (gathered == null) {
            gathered = full.empty(BUFFER);
        }
        int some = Math.min(gathered.remaining(), from.remaining());
        gathered.put(piece(from, some));
        end += some;
        if (!gathered.hasRemaining()) {
            var whole = gathered.flip();
            gathered = null;
            full.give(whole);
        }
    }

    private void checkOpen() throws IOException {
        if (closed) {
            throw new IOException(path() + ": it is closed");
        }
    }

    /** Takes some bytes out of a buffer. */
    static ByteBuffer piece(ByteBuffer from, int bytes) {
        var piece = from.slice(from.position(), bytes);
        from.position(from.position() + bytes);
        return piece;
    }

    /** Has all in its place that was written. */
    synchronized void settle() throws IOException {
        checkOpen();
        if (gathered != null) {
            var rest = gathered.flip();
            gathered = null;
            full.give(rest);
        }
        full.finish();
        allThere = true;
    }

    private void writeNext(ByteBuffer some) throws IOException {
        try {
            var blocks = some.slice(0, some.limit() / block * block);
            // What a device did not take at once may leave off within a block.
            while (blocks.hasRemaining() && blocks.position() % block == 0) {
                direct.write(blocks, next + blocks.position());
            }
            some.position(blocks.position());
        } catch (IOException failed) {
            throw RealDisk.failure(path(), failed);
        }
        long at = next + some.position();
        next += some.limit();
        cached.write(some, at);
    }

    @Override
    public synchronized void force(boolean metadata) throws IOException {
        settle();
        cached.force(metadata);
    }

    @Override
    public synchronized long size() throws IOException {
        settle();
        return cached.size();
    }

    @Override
    public synchronized int read(ByteBuffer into, long position) throws IOException {
        settle();
        return cached.read(into, position);
    }

    @Override
    public synchronized ByteBuffer view(long position, int length) throws IOException {
        settle();
        return cached.view(position, length);
    }

    @Override
    public synchronized long transferTo(long position, long count, WritableByteChannel to) throws IOException {
        settle();
        return cached.transferTo(position, count, to);
    }

    @Override
    public synchronized void truncate(long size) throws IOException {
        settle();
        cached.truncate(size);
    }

    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        full.abandon();
        taken.forEach(buffers::giveBack);
        taken.clear();
        gathered = null;
        atEnd.run();
        try (direct) {
            cached.close();
        }
    }
}
