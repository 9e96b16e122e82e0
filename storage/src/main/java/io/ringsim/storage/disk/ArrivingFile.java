package io.ringsim.storage.disk;

import io.ringsim.runtime.RealWorld;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * A new file of a {@link RealDisk} for content that arrives from elsewhere: written a stretch at a time past the page cache or
 * through it, whichever makes its writer wait less, and made safe stretch by stretch while more arrives.
 */
@RealWorld("measures how long a real disk takes")
final class ArrivingFile implements DiskFile {
    private final DirectFile direct;
    private final EarlyForce cached;
    private final WriteCosts costs;

    /** Which way the stretch is written; none before its begin. */
    private WriteCosts.@Nullable Way way;

    private long written;
    private long nanos;

    /**
     * Writes a file that is empty and open for nobody else.
     *
     * @param direct past the page cache; has the file itself, and closes it
     * @param cached the same file
     */
    ArrivingFile(DirectFile direct, RealFile cached, WriteCosts costs, WriteBehind helper) {
        this.direct = direct;
        this.cached = new EarlyForce(cached, helper);
        this.costs = costs;
    }

    @Override
    public String path() {
        return direct.path();
    }

    @Override
    public synchronized void write(ByteBuffer from, long position) throws IOException {
        long at = position;
        while (from.hasRemaining()) {
            var chosen = way == null ? begin() : way;
            int some = (int) Math.min(chosen.stretch - written, from.remaining());
            write(chosen, DirectFile.piece(from, some), at);
            at += some;
            if (written >= chosen.stretch) {
                end();
                if (chosen == WriteCosts.Way.DIRECT) {
                    cached.soon();
                }
            }
        }
    }

    private WriteCosts.Way begin() throws IOException {
        var chosen = costs.next();
        if (chosen == WriteCosts.Way.CACHED) {
            direct.settle();
        }
        way = chosen;
        return chosen;
    }

    private void write(WriteCosts.Way chosen, ByteBuffer piece, long position) throws IOException {
        int length = piece.remaining();
        long before = System.nanoTime();
        switch (chosen) {
            case DIRECT -> direct.write(piece, position);
            case CACHED -> cached.write(piece, position);
        }
        nanos += System.nanoTime() - before;
        written += length;
    }

    /** Of a stretch. */
    private void end() {
        if (way != null) {
            costs.took(way, nanos, written);
        }
        way = null;
        written = 0;
        nanos = 0;
    }

    @Override
    public synchronized void force(boolean metadata) throws IOException {
        end();
        direct.settle();
        cached.force();
    }

    @Override
    public long size() throws IOException {
        return direct.size();
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        return direct.read(into, position);
    }

    @Override
    public ByteBuffer view(long position, int length) throws IOException {
        return direct.view(position, length);
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel to) throws IOException {
        return direct.transferTo(position, count, to);
    }

    @Override
    public void truncate(long size) throws IOException {
        direct.truncate(size);
    }

    @Override
    public synchronized void close() throws IOException {
        cached.stop();
        direct.close();
    }
}
