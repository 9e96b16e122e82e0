package io.ringsim.storage.disk;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * An open file of a {@link RealDisk}. Views are parts of maps of up to 1 GiB each, made when first needed; they stay
 * readable when the file is closed or deleted, and hold its space until the collector finds that nobody uses them. A
 * part of a map that the device cannot read shows as an {@link InternalError}.
 */
final class RealFile implements DiskFile {
    private static final int WINDOW = 1 << 30;

    private final String path;
    private final FileChannel channel;
    private volatile List<MappedByteBuffer> windows = List.of();

    RealFile(String path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public long size() throws IOException {
        try {
            return channel.size();
        } catch (IOException failed) {
            throw RealDisk.failure(path, failed);
        }
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        try {
            return channel.read(into, position);
        } catch (IOException failed) {
            throw RealDisk.failure(path, failed);
        }
    }

    @Override
    public ByteBuffer view(long position, int length) throws IOException {
        int index = (int) (position / WINDOW);
        int within = (int) (position % WINDOW);
        if (within + (long) length > WINDOW) {
            return copy(position, length);
        }
        var mapped = windows;
        if (index >= mapped.size() || within + length > mapped.get(index).capacity()) {
            mapped = map();
        }
        if (index >= mapped.size() || within + length > mapped.get(index).capacity()) {
            throw new EOFException(path + " ends at " + size() + ", before " + (position + length));
        }
        return mapped.get(index).slice(within, length);
    }

    private ByteBuffer copy(long position, int length) throws IOException {
        var copy = ByteBuffer.allocate(length);
        readFully(copy, position);
        return copy.flip().asReadOnlyBuffer();
    }

    private synchronized List<MappedByteBuffer> map() throws IOException {
        var mapped = new ArrayList<MappedByteBuffer>();
        try {
            long size = channel.size();
            for (long from = 0; from < size; from += WINDOW) {
                int index = mapped.size();
                int length = (int) Math.min(WINDOW, size - from);
                boolean known = index < windows.size() && windows.get(index).capacity() == length;
                mapped.add(known ? windows.get(index) : channel.map(FileChannel.MapMode.READ_ONLY, from, length));
            }
        } catch (IOException failed) {
            throw RealDisk.failure(path, failed);
        }
        windows = List.copyOf(mapped);
        return windows;
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel to) throws IOException {
        // What fails here is the channel more likely than the disk, so its words stay as they are.
        return channel.transferTo(position, count, to);
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
        try {
            long at = position;
            while (from.hasRemaining()) {
                at += channel.write(from, at);
            }
        } catch (IOException failed) {
            throw RealDisk.failure(path, failed);
        }
    }

    @Override
    public void force(boolean metadata) throws IOException {
        try {
            channel.force(metadata);
        } catch (IOException failed) {
            throw RealDisk.failure(path, failed);
        }
    }

    @Override
    public void truncate(long size) throws IOException {
        try {
            channel.truncate(size);
        } catch (IOException failed) {
            throw RealDisk.failure(path, failed);
        }
    }

    @Override
    public void close() throws IOException {
        windows = List.of();
        try {
            channel.close();
        } catch (IOException failed) {
            throw RealDisk.failure(path, failed);
        }
    }
}
