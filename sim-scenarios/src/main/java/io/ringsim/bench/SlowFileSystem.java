package io.ringsim.bench;

import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.Set;

/** What {@link SlowFiles} are files of: this machine's file system in all but how fast it writes. */
final class SlowFileSystem extends FileSystem {
    private static final FileSystem REAL = FileSystems.getDefault();

    private final SlowFiles files;

    SlowFileSystem(SlowFiles files) {
        this.files = files;
    }

    @Override
    public FileSystemProvider provider() {
        return files;
    }

    @Override
    public Path getPath(String first, String... more) {
        return files.slow(REAL.getPath(first, more));
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return List.of(getPath("/"));
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return REAL.getFileStores();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return REAL.supportedFileAttributeViews();
    }

    @Override
    public String getSeparator() {
        return REAL.getSeparator();
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public void close() {
        throw notHere();
    }

    @Override
    public PathMatcher getPathMatcher(String pattern) {
        throw notHere();
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        throw notHere();
    }

    @Override
    public WatchService newWatchService() {
        throw notHere();
    }

    private static UnsupportedOperationException notHere() {
        return new UnsupportedOperationException("ask the file system that these files are really on");
    }
}
