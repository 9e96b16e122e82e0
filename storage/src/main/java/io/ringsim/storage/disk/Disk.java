package io.ringsim.storage.disk;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The files of one node. Paths are relative to the node's directory, with {@code /} between names.
 *
 * <p>What is written is safe only after {@link DiskFile#force}; that a file exists, has its new name or is gone, only after
 * {@link #syncDirectory} of the directory it is in. What was not made safe may be lost at a crash, wholly or in part and in
 * any order.
 *
 * <p>Every method throws an {@link IOException} that names the path: {@link NoSpaceLeft} when the disk is full,
 * {@link ReadOnlyDisk} when it takes no writes, another one for whatever else goes wrong.
 */
public interface Disk {
    /** Makes a new file, open for reading and writing; its directories are made as needed. Fails if it exists. */
    DiskFile create(String path) throws IOException;

    /**
     * Makes a new file for much content that is written mostly from its begin to its end: with direct I/O, past the cache of the
     * system, where that makes the writer wait less; and with help beside whoever writes, which also makes safe what was written
     * while more is. What was written is there for sure only after {@link DiskFile#force}; what the device refuses, a later write
     * tells, or that. Empty, and no file is made, where there is no direct I/O, or too much of it already.
     */
    default Optional<DiskFile> createDirect(String path, WriteBehind helper) throws IOException {
        return Optional.empty();
    }

    /** Opens a file for reading and writing. */
    DiskFile open(String path) throws IOException;

    /** Opens a file that does not change any more, for reading only. */
    DiskFile openRead(String path) throws IOException;

    boolean exists(String path) throws IOException;

    /** The names in a directory, sorted; those of directories end in {@code /}. None when it does not exist. */
    List<String> list(String directory) throws IOException;

    /** Gives a file another name, in a directory that exists, in place of a file that has it, in one step. */
    void rename(String from, String to) throws IOException;

    /** Deletes a file or an empty directory; what has a file open may go on reading. What is not there is no error. */
    void delete(String path) throws IOException;

    /** Makes creations, renames and deletions in this directory, and its own existence, survive a crash. */
    void syncDirectory(String directory) throws IOException;

    /** Bytes that can still be written. */
    long freeBytes() throws IOException;

    /**
     * Takes the disk for this store alone, until the lock is closed.
     *
     * @throws IOException when another store has it; the message says how to find out which
     */
    Closeable lock() throws IOException;
}
