package io.ringsim.storage.disk;

import io.ringsim.runtime.Randomness;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;

/**
 * A disk in memory on which everything can go wrong that goes wrong with disks, and the same again from the same seed.
 * Takes memory for what was written, in pages of 4 KiB, and twice for what is not yet forced. For one thread.
 *
 * <p>Nothing blocks: what operations would have taken adds up and is asked for with {@link #takeCost}. The directories it
 * makes survive a crash, as a {@link RealDisk}'s do; all else only when it was made safe.
 */
public final class SimulatedDisk implements Disk {
    private static final double SECOND = 1e9;

    private final SimulatedDiskSettings settings;
    private final SimulatedFaults faults;
    private final Names names;
    private boolean down;
    private boolean locked;
    private long operations;
    private long cost;

    private SimulatedDisk(SimulatedDiskSettings settings, SimulatedFaults faults, Names names) {
        this.settings = settings;
        this.faults = faults;
        this.names = names;
    }

    /** An empty, healthy disk. */
    public static SimulatedDisk empty(SimulatedDiskSettings settings) {
        return new SimulatedDisk(settings, new SimulatedFaults(), new Names());
    }

    /** An empty, healthy disk with the default settings. */
    public static SimulatedDisk empty() {
        return empty(SimulatedDiskSettings.defaults());
    }

    /** What goes wrong with it; also with the disks that come after it. */
    public SimulatedFaults faults() {
        return faults;
    }

    /** Operations begun on it and its files. */
    public long operations() {
        return operations;
    }

    /** Nanoseconds that the operations since the last call took; {@link Long#MAX_VALUE} if one never ends. */
    public long takeCost() {
        long taken = cost;
        cost = 0;
        return taken;
    }

    /**
     * The disk after a power loss: of what was not made safe, what chance leaves. On this one nothing works any more.
     * Operations count from 0 again, and a planned power loss is over; the other faults stay.
     */
    public SimulatedDisk crash(Randomness chance) {
        down = true;
        faults.powerIsBack();
        return new SimulatedDisk(settings, faults, names.afterCrash(chance));
    }

    /**
     * The disk after only the process died: all that was written is there, safe or not. On this one nothing works any
     * more.
     */
    public SimulatedDisk restart() {
        down = true;
        faults.powerIsBack();
        return new SimulatedDisk(settings, faults, names);
    }

    /**
     * Turns one bit over, for good.
     *
     * @param bit 0 to 7
     */
    public void flip(String path, long offset, int bit) throws IOException {
        find(path).flip(offset, bit);
    }

    /** Turns a bit over that chance picks in a file that is not empty, for good. */
    public void flip(String path, Randomness chance) throws IOException {
        var file = find(path);
        file.flip(chance.nextLong(file.size()), chance.nextInt(Byte.SIZE));
    }

    @Override
    public DiskFile create(String path) throws IOException {
        beginChange(path);
        if (names.find(path).isPresent() || names.isDirectory(path)) {
            throw new FileAlreadyExistsException(path, null, "it exists already");
        }
        if (free() < Pages.PAGE) {
            throw new NoSpaceLeft(path);
        }
        var file = names.create(path);
        end(path);
        return new SimulatedFile(path, this, file, true);
    }

    @Override
    public DiskFile open(String path) throws IOException {
        if (faults.isReadOnly()) {
            throw new ReadOnlyDisk(path);
        }
        return open(path, true);
    }

    @Override
    public DiskFile openRead(String path) throws IOException {
        return open(path, false);
    }

    private DiskFile open(String path, boolean writable) throws IOException {
        begin(path);
        end(path);
        return new SimulatedFile(path, this, find(path), writable);
    }

    private Contents find(String path) throws IOException {
        if (names.isDirectory(path)) {
            throw new FileSystemException(path, null, "a directory");
        }
        return names.find(path).orElseThrow(() -> new NoSuchFileException(path, null, "no such file"));
    }

    @Override
    public boolean exists(String path) throws IOException {
        begin(path);
        end(path);
        return names.isDirectory(path) || names.find(path).isPresent();
    }

    @Override
    public List<String> list(String directory) throws IOException {
        begin(directory);
        end(directory);
        return names.list(directory);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        beginChange(from);
        var file = find(from);
        DiskPath.checked(to);
        if (!names.isDirectory(DiskPath.parent(to)) || names.isDirectory(to)) {
            throw new NoSuchFileException(from, to, "no such directory, or it is one");
        }
        names.rename(from, to, file);
        end(from);
    }

    @Override
    public void delete(String path) throws IOException {
        beginChange(path);
        if (names.isDirectory(path)) {
            if (!names.isEmpty(path)) {
                throw new FileSystemException(path, null, "the directory is not empty");
            }
            names.deleteDirectory(path);
        }
        names.find(path).ifPresent(file -> names.delete(path, file));
        end(path);
    }

    @Override
    public void syncDirectory(String directory) throws IOException {
        begin(directory);
        if (!names.isDirectory(directory)) {
            throw new NoSuchFileException(directory, null, "no such directory");
        }
        if (beginForce(directory)) {
            names.sync(directory);
        }
    }

    @Override
    public long freeBytes() throws IOException {
        checkUp(DiskPath.ROOT);
        return free();
    }

    @Override
    public Closeable lock() throws IOException {
        begin("lock");
        end("lock");
        if (locked) {
            throw new IOException(
                    "lock: this process has this directory already; give each node a directory of its own");
        }
        locked = true;
        return () -> locked = false;
    }

    /** Counts an operation. */
    void begin(String path) throws IOException {
        DiskPath.checked(path);
        checkUp(path);
        operations++;
        charge((double) settings.nanosPerOperation());
    }

    void checkUp(String path) throws PowerLost {
        if (down) {
            throw new PowerLost(path);
        }
    }

    /** Counts one that changes something. */
    void beginChange(String path) throws IOException {
        begin(path);
        if (faults.isReadOnly()) {
            throw new ReadOnlyDisk(path);
        }
    }

    /** Goes on with an operation that makes something safe; false if nothing is to be made safe. */
    boolean beginForce(String path) throws IOException {
        charge((double) settings.nanosPerForce());
        end(path);
        if (faults.forcesFail()) {
            throw new IOException(path + ": the device failed to write what was buffered");
        }
        return !faults.forcesLie();
    }

    /** The end of an operation, unless the power goes before it is reached. */
    void end(String path) throws PowerLost {
        if (faults.isDownAt(operations)) {
            down = true;
            throw new PowerLost(path);
        }
    }

    void chargeRead(long bytes) {
        charge((double) bytes * SECOND / settings.readBytesPerSecond());
    }

    void chargeWrite(long bytes) {
        charge((double) bytes * SECOND / settings.writeBytesPerSecond());
    }

    private void charge(double nanos) {
        long added = faults.cost(nanos);
        cost = cost > Long.MAX_VALUE - added ? Long.MAX_VALUE : cost + added;
    }

    /** Bytes that whole pages can be made of. */
    long free() {
        return faults.isFullAt(operations) ? 0 : Math.max(settings.capacity() - names.allocated(), 0);
    }
}
