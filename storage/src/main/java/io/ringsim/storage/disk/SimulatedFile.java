package io.ringsim.storage.disk;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;

/** An open file of a {@link SimulatedDisk}. */
final class SimulatedFile implements DiskFile {
    private final String path;
    private final SimulatedDisk disk;
    private final Contents contents;
    private final boolean writable;
    private boolean closed;

    SimulatedFile(String path, SimulatedDisk disk, Contents contents, boolean writable) {
        this.path = path;
        this.disk = disk;
        this.contents = contents;
        this.writable = writable;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public long size() throws IOException {
        checkOpen();
        disk.checkUp(path);
        return contents.size();
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        checkOpen();
        disk.begin(path);
        disk.end(path);
        long left = contents.size() - position;
        if (left <= 0) {
            return -1;
        }
        int length = disk.faults().readable((int) Math.min(left, into.remaining()));
        disk.chargeRead(length);
        contents.read(position, length, into);
        return length;
    }

    @Override
    public ByteBuffer view(long position, int length) throws IOException {
        checkOpen();
        disk.begin(path);
        disk.end(path);
        if (position + length > contents.size()) {
            throw new EOFException(path + " ends at " + contents.size() + ", before " + (position + length));
        }
        disk.chargeRead(length);
        var copy = ByteBuffer.allocate(length);
        contents.read(position, length, copy);
        return copy.flip().asReadOnlyBuffer();
    }

    @Override
    public void write(ByteBuffer from, long position) throws IOException {
        beginChange();
        int length = from.remaining();
        int fitting = fitting(position, length);
        if (fitting > 0) {
            var bytes = new byte[fitting];
            from.get(bytes);
            contents.write(position, bytes);
            disk.chargeWrite(fitting);
        }
        disk.end(path);
        if (fitting < length) {
            throw new NoSpaceLeft(path);
        }
    }

    /** How many of {@code length} bytes there is space for. */
    private int fitting(long position, int length) {
        if (contents.growth(position, length) == 0) {
            return length;
        }
        long free = disk.free();
        long end = position;
        while (end < position + length) {
            long next = Math.min((end / Pages.PAGE + 1) * Pages.PAGE, position + length);
            free -= contents.growth(end, (int) (next - end));
            if (free < 0) {
                break;
            }
            end = next;
        }
        return (int) (end - position);
    }

    @Override
    public void force(boolean metadata) throws IOException {
        checkOpen();
        disk.begin(path);
        if (disk.beginForce(path)) {
            contents.force();
        }
    }

    @Override
    public void truncate(long size) throws IOException {
        beginChange();
        contents.truncate(size);
        disk.end(path);
    }

    @Override
    public void close() {
        closed = true;
    }

    private void beginChange() throws IOException {
        checkOpen();
        if (!writable) {
            throw new NonWritableChannelException();
        }
        disk.beginChange(path);
    }

    private void checkOpen() throws IOException {
        if (closed) {
            throw new IOException(path + ": it is closed");
        }
    }
}
