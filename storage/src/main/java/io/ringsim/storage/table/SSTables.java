package io.ringsim.storage.table;

import io.ringsim.data.TableMetadata;
import io.ringsim.ring.Partitioner;
import io.ringsim.storage.disk.CorruptFile;
import io.ringsim.storage.disk.Disk;
import io.ringsim.storage.sstable.Component;
import io.ringsim.storage.sstable.SSTableFiles;
import io.ringsim.storage.sstable.SSTableId;
import io.ringsim.storage.sstable.SSTableReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** The SSTables of one table on disk: what belongs to it is what its {@link Manifest} names; the rest is left over. */
final class SSTables {
    private final Disk disk;
    private final String directory;
    private final AtomicLong nextGeneration;
    private Manifest manifest;

    private SSTables(Disk disk, String directory, Manifest manifest, long nextGeneration) {
        this.disk = disk;
        this.directory = directory;
        this.manifest = manifest;
        this.nextGeneration = new AtomicLong(nextGeneration);
    }

    /** Reads the manifest, or makes one in a new directory, and clears away what it does not name. */
    static SSTables open(Disk disk, String directory) throws IOException {
        var complete = SSTableFiles.list(disk, directory);
        var found = Manifest.read(disk, directory);
        if (found.isEmpty() && !complete.isEmpty()) {
            throw missing(directory, "manifest", "though there are SSTables");
        }
        var manifest = found.orElse(Manifest.EMPTY);
        for (var id : manifest.sstables()) {
            if (!complete.contains(id)) {
                throw missing(directory, id.fileName(Component.TOC), "though the manifest names the SSTable");
            }
        }
        SSTableFiles.cleanTemporary(disk, directory);
        Manifest.cleanTemporary(disk, directory);
        if (found.isEmpty()) {
            manifest.write(disk, directory);
        }
        long highest = manifest.nextGeneration();
        for (var id : complete) {
            highest = Math.max(highest, id.generation() + 1);
            if (!manifest.sstables().contains(id)) {
                SSTableFiles.delete(disk, directory, id, List.of(Component.values()));
            }
        }
        return new SSTables(disk, directory, manifest, highest);
    }

    /** Knows of none, and finds none; for a directory that cannot be read. */
    static SSTables none(Disk disk, String directory) {
        return new SSTables(disk, directory, Manifest.EMPTY, 1);
    }

    private static CorruptFile missing(String directory, String name, String though) {
        return new CorruptFile(
                directory + "/" + name,
                0,
                "it is missing " + though,
                "restore the table's directory from a snapshot, or remove it and repair this node");
    }

    List<SSTableReader> openAll(TableMetadata table, Partitioner partitioner) throws IOException {
        var readers = new ArrayList<SSTableReader>();
        for (var id : current().sstables()) {
            readers.add(SSTableReader.open(disk, directory, id, table, partitioner));
        }
        return readers;
    }

    synchronized Manifest current() {
        return manifest;
    }

    SSTableId nextId() {
        return new SSTableId(nextGeneration.getAndIncrement());
    }

    String directory() {
        return directory;
    }

    /** Durably replaces some by others; when it throws nothing has changed. */
    synchronized void replace(
            Collection<SSTableReader> gone, Collection<SSTableReader> come, UnaryOperator<Manifest> change)
            throws IOException {
        var next = change.apply(manifest.replacing(ids(gone), ids(come))).reserving(nextGeneration.get());
        next.write(disk, directory);
        manifest = next;
    }

    private static List<SSTableId> ids(Collection<SSTableReader> readers) {
        return readers.stream().map(SSTableReader::id).toList();
    }
}
