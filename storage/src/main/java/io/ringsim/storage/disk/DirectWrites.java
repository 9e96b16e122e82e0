package io.ringsim.storage.disk;

import com.sun.nio.file.ExtendedOpenOption;
import io.ringsim.runtime.RealWorld;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** Direct I/O in the directory of a {@link RealDisk}. */
@RealWorld("opens real files")
final class DirectWrites {
    /** More at once, which a disk would not write faster, go through the cache: each may take 10 MiB outside of the heap. */
    private static final Semaphore FILES = new Semaphore(8);

    /** Of this process's memory, not of one disk: 32 MiB at most are kept. */
    private static final AlignedBuffers BUFFERS = new AlignedBuffers(DirectFile.BUFFER, 16);

    /** Those of a device are the same for all whose files are there. */
    private static final Map<FileStore, WriteCosts> COSTS = new ConcurrentHashMap<>();

    /** Of a file system without direct I/O, or that has larger blocks than buffers are aligned to. */
    private static final int NO_BLOCK = -1;

    private final int block;
    private final WriteCosts costs;

    private DirectWrites(int block, WriteCosts costs) {
        this.block = block;
        this.costs = costs;
    }

    /** Those in a directory, as far as the file system tells. */
    static DirectWrites in(Path directory) {
        try {
            var store = Files.getFileStore(directory);
            long block = store.getBlockSize();
            if (block > 0 && AlignedBuffers.PAGE % block == 0) {
                return new DirectWrites((int) block, COSTS.computeIfAbsent(store, first -> new WriteCosts()));
            }
        } catch (IOException | UnsupportedOperationException untold) {
            // So there are none.
        }
        return new DirectWrites(NO_BLOCK, new WriteCosts());
    }

    /** True when one more file may be {@link #open opened}; false if there is no direct I/O, or too much of it. */
    boolean begin() {
        return block != NO_BLOCK && FILES.tryAcquire();
    }

    /** After a {@link #begin} whose file was not opened. */
    static void giveUp() {
        FILES.release();
    }

    /**
     * Has a new file written, past the cache where that is quicker.
     *
     * @throws IOException or {@link UnsupportedOperationException} if the file system can't do it
     */
    DiskFile open(Path file, RealFile created, WriteBehind helper) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.WRITE, ExtendedOpenOption.DIRECT);
        var direct = new DirectFile(created, channel, block, BUFFERS, helper, FILES::release);
        return new ArrivingFile(direct, created, costs, helper);
    }
}
