package io.ringsim.storage.sstable;

import io.ringsim.storage.disk.DiskFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A file that does not change, to read any part of. It is mapped if the disk maps files, all of it at once; else each part
 * is read into the reader's own buffer.
 */
final class FileView implements Closeable {
    private static final int SEGMENT_POWER = 30;
    private static final long SEGMENT = 1L << SEGMENT_POWER;

    private final DiskFile file;
    private final long size;
    /** The file in parts of 1 GiB; none when the disk does not map. */
    private final ByteBuffer[] segments;

    private FileView(DiskFile file, long size, ByteBuffer[] segments) {
        this.file = file;
        this.size = size;
        this.segments = segments;
    }

    /** A view of a file, which it closes in its time. */
    static FileView of(DiskFile file) throws IOException {
        long size = file.size();
        if (size == 0 || !file.view(0, 1).isDirect()) {
            return new FileView(file, size, new ByteBuffer[0]);
        }
        var segments = new ByteBuffer[(int) ((size + SEGMENT - 1) >>> SEGMENT_POWER)];
        for (int i = 0; i < segments.length; i++) {
            segments[i] = file.view(i * SEGMENT, (int) Math.min(size - i * SEGMENT, SEGMENT));
        }
        return new FileView(file, size, segments);
    }

    DiskFile file() {
        return file;
    }

    String path() {
        return file.path();
    }

    long size() {
        return size;
    }

    /** Part of the file, to be used before the next is asked for with the same buffers. */
    ByteBuffer part(long offset, int length, ReadBuffers buffers) throws IOException {
        if (offset < 0 || length < 0 || offset > size - length) {
            throw Header.corrupt(path(), size, "it ends before " + (offset + length));
        }
        int within = (int) (offset & (SEGMENT - 1));
        if (segments.length > 0 && within <= SEGMENT - length) {
            return segments[(int) (offset >>> SEGMENT_POWER)].slice(within, length);
        }
        var copy = buffers.stored(length);
        file.readFully(copy, offset);
        return copy.flip();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
