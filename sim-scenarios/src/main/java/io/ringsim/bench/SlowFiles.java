package io.ringsim.bench;

import io.ringsim.runtime.RealWorld;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The files of this machine, as if on a device that writes no more than so many bytes in a second: whoever writes to a file
 * whose path is of here waits. So what is measured is all that a node does with a disk, on a slow one.
 */
@RealWorld("makes whoever writes wait")
final class SlowFiles extends FileSystemProvider {
    private static final double SECOND = 1e9;

    private final FileSystem system = new SlowFileSystem(this);
    private final double bytesPerSecond;
    private final AtomicLong written = new AtomicLong();
    private long busyUntil = System.nanoTime();

    /** A path of here, and the one it stands for. */
    interface SlowPath extends Path {
        Path real();
    }

    SlowFiles(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    /** Bytes so far, in all files. */
    long written() {
        return written.get();
    }

    /** Writes on some channel, and takes the time for it. */
    int write(FileChannel file, ByteBuffer from, long position) throws IOException {
        long done = busyFor((long) (from.remaining() * SECOND / bytesPerSecond));
        int bytes = file.write(from, position);
        for (long left = done - System.nanoTime(); left > 0; left = done - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        written.addAndGet(bytes);
        return bytes;
    }

    /** When the device has done that much more, after what it has to do already. */
    private synchronized long busyFor(long nanos) {
        long now = System.nanoTime();
        busyUntil = (busyUntil - now > 0 ? busyUntil : now) + nanos;
        return busyUntil;
    }

    /** The same file or directory, here. */
    Path slow(Path real) {
        return (Path) Proxy.newProxyInstance(
                SlowFiles.class.getClassLoader(), new Class<?>[] {SlowPath.class}, (self, method, given) -> {
                    if (method.getName().equals("real")) {
                        return real;
                    }
                    if (method.getName().equals("getFileSystem")) {
                        return system;
                    }
                    try {
                        var result = method.invoke(real, real(given));
                        return result instanceof Path path ? slow(path) : result;
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }

    private static Object[] real(Object @Nullable [] given) {
        var arguments = given == null ? new Object[0] : given.clone();
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = arguments[i] instanceof SlowPath slow ? slow.real() : arguments[i];
        }
        return arguments;
    }

    private static Path real(Path path) {
        return path instanceof SlowPath slow ? slow.real() : path;
    }

    private static FileSystemProvider provider(Path path) {
        return real(path).getFileSystem().provider();
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        return new SlowChannel(this, provider(path).newFileChannel(real(path), options, attributes));
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return newFileChannel(path, options, attributes);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path directory, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        return provider(directory).newDirectoryStream(real(directory), filter);
    }

    @Override
    public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
        provider(directory).createDirectory(real(directory), attributes);
    }

    @Override
    public void delete(Path path) throws IOException {
        provider(path).delete(real(path));
    }

    @Override
    public void copy(Path from, Path to, CopyOption... options) {
        throw new UnsupportedOperationException("a copy would not be slow");
    }

    @Override
    public void move(Path from, Path to, CopyOption... options) throws IOException {
        provider(from).move(real(from), real(to), options);
    }

    @Override
    public boolean isSameFile(Path path, Path other) throws IOException {
        return provider(path).isSameFile(real(path), real(other));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
        return provider(path).isHidden(real(path));
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        return provider(path).getFileStore(real(path));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        provider(path).checkAccess(real(path), modes);
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(
            Path path, Class<V> type, LinkOption... options) {
        return provider(path).getFileAttributeView(real(path), type, options);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        return provider(path).readAttributes(real(path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        return provider(path).readAttributes(real(path), attributes, options);
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
        provider(path).setAttribute(real(path), attribute, value, options);
    }

    @Override
    public String getScheme() {
        return "slow";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
        throw noUri();
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        throw noUri();
    }

    @Override
    public Path getPath(URI uri) {
        throw noUri();
    }

    private static UnsupportedOperationException noUri() {
        return new UnsupportedOperationException("slow files have no URI; ask for the path");
    }
}
