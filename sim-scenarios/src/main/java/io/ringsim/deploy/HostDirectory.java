package io.ringsim.deploy;

import io.ringsim.storage.disk.Disk;
import io.ringsim.storage.disk.RealDisk;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The directory in which a host keeps its nodes: belongs to one process at a time, and to one ring for ever. In it is a file
 * {@value #FILE} of two lines, the cluster's name and the partitioner's.
 */
final class HostDirectory implements Closeable {
    private static final String FILE = "ring";
    private static final String TEMPORARY = FILE + ".tmp";
    private static final int LONGEST = 4 << 10;

    private final Closeable lock;

    private HostDirectory(Closeable lock) {
        this.lock = lock;
    }

    /**
     * Takes the directory.
     *
     * @throws IOException when another process has it, it belongs to another ring, or cannot be written
     */
    static HostDirectory take(Path directory, HostSettings.RingSettings ring) throws IOException {
        var disk = RealDisk.at(directory);
        var lock = disk.lock();
        try {
            check(disk, directory, List.of(ring.cluster(), ring.partitioner().name()));
            return new HostDirectory(lock);
        } catch (IOException refused) {
            lock.close();
            throw refused;
        }
    }

    private static void check(Disk disk, Path directory, List<String> wanted) throws IOException {
        if (!disk.exists(FILE)) {
            write(disk, wanted);
            return;
        }
        var found = read(disk);
        if (!found.equals(wanted)) {
            throw new IOException(directory + " belongs to the ring " + found + ", not to " + wanted
                    + "; give this host another data-directory, or the cluster-name and partitioner it had");
        }
    }

    private static void write(Disk disk, List<String> lines) throws IOException {
        disk.delete(TEMPORARY);
        try (var file = disk.create(TEMPORARY)) {
            file.write(ByteBuffer.wrap(String.join("\n", lines).getBytes(StandardCharsets.UTF_8)), 0);
            file.force(true);
        }
        disk.rename(TEMPORARY, FILE);
        disk.syncDirectory("");
    }

    private static List<String> read(Disk disk) throws IOException {
        try (var file = disk.openRead(FILE)) {
            var bytes = ByteBuffer.allocate((int) Math.min(LONGEST, file.size()));
            file.read(bytes, 0);
            return List.of(new String(bytes.array(), StandardCharsets.UTF_8).split("\n", -1));
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
