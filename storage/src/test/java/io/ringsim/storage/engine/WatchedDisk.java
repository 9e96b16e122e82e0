package io.ringsim.storage.engine;

import io.ringsim.storage.disk.Disk;
import io.ringsim.storage.disk.DiskFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Another disk, on which forces of the commit log are counted and can be made to fail, and its writes are counted. */
final class WatchedDisk implements Disk {
    private final Disk disk;
    private final AtomicInteger forces = new AtomicInteger();
    private final AtomicLong written = new AtomicLong();
    private final AtomicBoolean failing = new AtomicBoolean();

    WatchedDisk(Disk disk) {
        this.disk = disk;
    }

    /** How often a segment of the log was made safe. */
    int logForces() {
        return forces.get();
    }

    /** Bytes written to segments of the log. */
    long logBytes() {
        return written.get();
    }

    void failForces() {
        failing.set(true);
    }

    private DiskFile watched(String path, DiskFile file) {
        return path.startsWith("commitlog/") ? new Watched(file) : file;
    }

    @Override
    public DiskFile create(String path) throws IOException {
        return watched(path, disk.create(path));
    }

    @Override
    public DiskFile open(String path) throws IOException {
        return watched(path, disk.open(path));
    }

    @Override
    public DiskFile openRead(String path) throws IOException {
        return disk.openRead(path);
    }

    @Override
    public boolean exists(String path) throws IOException {
        return disk.exists(path);
    }

    @Override
    public List<String> list(String directory) throws IOException {
        return disk.list(directory);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        disk.rename(from, to);
    }

    @Override
    public void delete(String path) throws IOException {
        disk.delete(path);
    }

    @Override
    public void syncDirectory(String directory) throws IOException {
        disk.syncDirectory(directory);
    }

    @Override
    public long freeBytes() throws IOException {
        return disk.freeBytes();
    }

    @Override
    public Closeable lock() throws IOException {
        return disk.lock();
    }

    private final class Watched implements DiskFile {
        private final DiskFile file;

        private Watched(DiskFile file) {
            this.file = file;
        }

        @Override
        public String path() {
            return file.path();
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            return file.read(into, position);
        }

        @Override
        public ByteBuffer view(long position, int length) throws IOException {
            return file.view(position, length);
        }

        @Override
        public void write(ByteBuffer from, long position) throws IOException {
            int length = from.remaining();
            file.write(from, position);
            written.addAndGet(length);
        }

        @Override
        public void force(boolean metadata) throws IOException {
            if (failing.get()) {
                throw new IOException(path() + ": input/output error");
            }
            file.force(metadata);
            forces.incrementAndGet();
        }

        @Override
        public void truncate(long size) throws IOException {
            file.truncate(size);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
