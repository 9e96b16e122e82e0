package io.ringsim.storage.disk;

import io.ringsim.runtime.RealWorld;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A directory of this machine's file system. Safe for use by several threads.
 *
 * <p>A directory that it makes is itself safe at once. An interrupt closes the file that the interrupted thread is reading
 * or writing, for all who have it open: what the thread wrote may be there in part, as after any failed write, and every
 * later operation on that open file throws. So threads that touch the disk are not interrupted.
 */
@RealWorld("it is the real disk")
public final class RealDisk implements Disk {
    private static final String LOCK = "lock";

    private final Path root;

    /** None before anybody asked. */
    private volatile @Nullable DirectWrites directWrites;

    private RealDisk(Path root) {
        this.root = root;
    }

    /** The disk whose files are in that directory, which is made if it does not exist. */
    public static RealDisk at(Path root) throws IOException {
        var disk = new RealDisk(root.toAbsolutePath());
        try {
            makeDirectory(disk.root);
        } catch (IOException failed) {
            throw failure(root.toString(), failed);
        }
        return disk;
    }

    @Override
    public DiskFile create(String path) throws IOException {
        return createFile(path);
    }

    private RealFile createFile(String path) throws IOException {
        var file = resolve(path);
        try {
            return new RealFile(path, createChannel(file));
        } catch (IOException failed) {
            throw failure(path, failed);
        }
    }

    /** Looks for the directory only when it is missing: that is rare. */
    private static FileChannel createChannel(Path file) throws IOException {
        try {
            return newChannel(file);
        } catch (NoSuchFileException noDirectory) {
            makeDirectory(parent(file));
            return newChannel(file);
        }
    }

    private static FileChannel newChannel(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @Override
    public Optional<DiskFile> createDirect(String path, WriteBehind helper) throws IOException {
        var writes = directWrites();
        if (!writes.begin()) {
            return Optional.empty();
        }
        var made = Optional.<DiskFile>empty();
        try {
            made = createDirect(path, writes, helper);
            return made;
        } finally {
            if (made.isEmpty()) {
                DirectWrites.giveUp();
            }
        }
    }

    private Optional<DiskFile> createDirect(String path, DirectWrites writes, WriteBehind helper) throws IOException {
        var created = createFile(path);
        try {
            return Optional.of(writes.open(resolve(path), created, helper));
        } catch (IOException | UnsupportedOperationException none) {
            created.close();
            delete(path);
            return Optional.empty();
        }
    }

    private DirectWrites directWrites() {
        var known = directWrites;
        if (known == null) {
            known = DirectWrites.in(root);
            directWrites = known;
        }
        return known;
    }

    @Override
    public DiskFile open(String path) throws IOException {
        return open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @Override
    public DiskFile openRead(String path) throws IOException {
        return open(path, StandardOpenOption.READ);
    }

    private DiskFile open(String path, OpenOption... options) throws IOException {
        var file = resolve(path);
        try {
            if (Files.isDirectory(file)) {
                throw new FileSystemException(path, null, "a directory");
            }
            return new RealFile(path, FileChannel.open(file, options));
        } catch (IOException failed) {
            throw failure(path, failed);
        }
    }

    @Override
    public boolean exists(String path) {
        return Files.exists(resolve(path));
    }

    @Override
    public List<String> list(String directory) throws IOException {
        var names = new ArrayList<String>();
        try (var entries = Files.newDirectoryStream(resolve(directory))) {
            for (var entry : entries) {
                names.add(fileName(entry) + (Files.isDirectory(entry) ? "/" : ""));
            }
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException failed) {
            throw failure(directory, failed);
        }
        if (directory.equals(DiskPath.ROOT)) {
            names.remove(LOCK);
        }
        names.sort(null);
        return names;
    }

    @Override
    public void rename(String from, String to) throws IOException {
        try {
            Files.move(resolve(from), resolve(to), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw failure(from, failed);
        }
    }

    @Override
    public void delete(String path) throws IOException {
        try {
            Files.deleteIfExists(resolve(path));
        } catch (IOException failed) {
            throw failure(path, failed);
        }
    }

    @Override
    public void syncDirectory(String directory) throws IOException {
        try {
            sync(resolve(directory));
        } catch (IOException failed) {
            throw failure(directory, failed);
        }
    }

    @Override
    public long freeBytes() throws IOException {
        try {
            return Files.getFileStore(root).getUsableSpace();
        } catch (IOException failed) {
            throw failure(root.toString(), failed);
        }
    }

    @Override
    public Closeable lock() throws IOException {
        var file = root.resolve(LOCK);
        FileChannel channel;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        } catch (IOException failed) {
            throw failure(file.toString(), failed);
        }
        try {
            boolean taken = channel.tryLock() == null;
            if (!taken) {
                channel.truncate(0);
                channel.write(StandardCharsets.US_ASCII.encode(
                        Long.toString(ProcessHandle.current().pid())));
                return channel;
            }
        } catch (OverlappingFileLockException held) {
            channel.close();
            throw new IOException(
                    file + ": this process has this directory already; give each node a directory of its own", held);
        } catch (IOException failed) {
            channel.close();
            throw failure(file.toString(), failed);
        }
        try (channel) {
            throw new IOException(file + ": process " + owner(channel)
                    + " has this directory; stop it first, or give this one another directory");
        }
    }

    private static String owner(FileChannel channel) throws IOException {
        var pid = ByteBuffer.allocate(20);
        channel.read(pid, 0);
        return StandardCharsets.US_ASCII.decode(pid.flip()).toString();
    }

    private Path resolve(String path) {
        return root.resolve(DiskPath.checked(path));
    }

    private static void makeDirectory(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        var above = parent(directory);
        makeDirectory(above);
        try {
            Files.createDirectory(directory);
        } catch (FileAlreadyExistsException made) {
            // by another thread, which may not have synced it yet
            if (!Files.isDirectory(directory)) {
                throw made;
            }
        }
        sync(above);
    }

    private static void sync(Path directory) throws IOException {
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Path parent(Path file) throws IOException {
        var parent = file.getParent();
        if (parent == null) {
            throw new NoSuchFileException(file.toString());
        }
        return parent;
    }

    private static String fileName(Path file) {
        var name = file.getFileName();
        return name == null ? "" : name.toString();
    }

    /** What went wrong, with the path in it and, for what the store acts upon, in a type of its own. */
    static IOException failure(String path, IOException cause) {
        var what = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (what.contains("no space left") || what.contains("quota exceeded")) {
            return caused(new NoSpaceLeft(path), cause);
        }
        if (what.contains("read-only file system")) {
            return caused(new ReadOnlyDisk(path), cause);
        }
        if (cause instanceof NoSuchFileException) {
            return caused(new NoSuchFileException(path, null, "no such file"), cause);
        }
        if (cause instanceof FileAlreadyExistsException) {
            return caused(new FileAlreadyExistsException(path, null, "it exists already"), cause);
        }
        if (cause instanceof DirectoryNotEmptyException) {
            return caused(new FileSystemException(path, null, "the directory is not empty"), cause);
        }
        if (cause instanceof ClosedByInterruptException) {
            return new IOException(path + ": closed, because a thread that used it was interrupted", cause);
        }
        return new IOException(path + ": " + describe(cause), cause);
    }

    private static String describe(IOException cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private static IOException caused(IOException failure, IOException cause) {
        failure.initCause(cause);
        return failure;
    }
}
