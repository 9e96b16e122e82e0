package io.ringsim.storage.sstable;

import io.ringsim.data.Key;
import io.ringsim.storage.disk.CorruptFile;
import io.ringsim.storage.disk.Disk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/**
 * Checks all of an SSTable: every checksum of every component, that they belong together, that keys and rows are in order,
 * that index, column indexes, filter and statistics say what the data is.
 */
public final class SSTableVerifier {
    private static final int READ_BYTES = 1 << 20;

    /**
     * Something that is not as it was written.
     *
     * @param file its path
     * @param offset bytes from the file's begin
     * @param message all of it: the file, the offset, what is wrong and what to do
     */
    public record Problem(String file, long offset, String message) {
        static Problem of(CorruptFile corrupt) {
            return new Problem(corrupt.path(), corrupt.offset(), String.valueOf(corrupt.getMessage()));
        }
    }

    private final Disk disk;
    private final String directory;
    private final SSTableId id;
    private final List<Problem> problems = new ArrayList<>();

    private SSTableVerifier(Disk disk, String directory, SSTableId id) {
        this.disk = disk;
        this.directory = directory;
        this.id = id;
    }

    /**
     * What is wrong with an SSTable; nothing if all is well.
     *
     * @throws IOException when the disk does not let it be read
     */
    public static List<Problem> verify(Disk disk, String directory, SSTableId id) throws IOException {
        var verifier = new SSTableVerifier(disk, directory, id);
        verifier.verify();
        return List.copyOf(verifier.problems);
    }

    /** A check that ends at the first thing that is wrong. */
    private interface Check {
        void run() throws IOException;
    }

    private boolean check(Check check) throws IOException {
        try {
            check.run();
            return true;
        } catch (CorruptFile corrupt) {
            problems.add(Problem.of(corrupt));
        } catch (UncheckedIOException failed) {
            if (!(failed.getCause() instanceof CorruptFile corrupt)) {
                throw failed.getCause();
            }
            problems.add(Problem.of(corrupt));
        }
        return false;
    }

    private void verify() throws IOException {
        var statistics = new ArrayList<Statistics>(1);
        if (!check(() -> statistics.add(Statistics.read(disk, path(Component.STATISTICS))))) {
            return;
        }
        var known = statistics.get(0);
        for (var component : known.allComponents()) {
            check(() -> verify(component, known));
        }
        if (problems.isEmpty()) {
            check(() -> {
                try (var files = OpenFiles.open(disk, directory, id, known)) {
                    verify(files);
                }
            });
        }
    }

    private void verify(Component component, Statistics known) throws IOException {
        var path = path(component);
        if (!disk.exists(path)) {
            throw Header.corrupt(path, 0, "it is not there");
        }
        switch (component) {
            case DATA -> verifyWhole(path, new CRC32(), known.part(component).orElseThrow());
            case INDEX -> verifyWhole(path, new CRC32C(), known.part(component).orElseThrow());
            case SUMMARY, FILTER, COMPRESSION_INFO -> {
                var part = known.part(component).orElseThrow();
                var file = SmallFile.read(disk, path, component);
                if (file.check() != part.check() || file.size() != part.size()) {
                    throw Header.corrupt(path, 0, "it is whole, but that of another SSTable");
                }
            }
            case DIGEST -> {
                long digest = known.part(Component.DATA).orElseThrow().check() & 0xFFFF_FFFFL;
                if (!SSTableFiles.readText(disk, path).equals(Long.toString(digest))) {
                    throw Header.corrupt(path, 0, "it is not the digest of the data, " + digest);
                }
            }
            case TOC -> SSTableFiles.checkContents(disk, path, known.allComponents());
            case STATISTICS -> {}
        }
    }

    private void verifyWhole(String path, Checksum check, Statistics.Part expected) throws IOException {
        try (var file = disk.openRead(path)) {
            long size = file.size();
            if (size != expected.size()) {
                throw Header.corrupt(
                        path,
                        Math.min(size, expected.size()),
                        "it has " + size + " bytes, the statistics say " + expected.size());
            }
            var buffer = ByteBuffer.allocate((int) Math.min(READ_BYTES, size));
            for (long at = 0; at < size; ) {
                buffer.clear().limit((int) Math.min(buffer.capacity(), size - at));
                file.readFully(buffer, at);
                at += buffer.position();
                check.update(buffer.flip());
            }
            if ((int) check.getValue() != expected.check()) {
                throw Header.corrupt(path, 0, "the checksum of all of it does not match");
            }
        }
    }

    private void verify(OpenFiles files) throws IOException {
        var known = files.statistics();
        var table = known.table();
        var data = files.data();
        var scanner = new PartitionScanner(data, table, known.partitioner(), List.of(files.whole(known.partitioner())));
        var content = new ContentStatistics(table.comparator());
        var found = new ArrayList<Key>(1);
        long end = files.index().forEach(new ReadBuffers(), (key, entry) -> {
            if (!scanner.hasNext() || scanner.position() != entry.position()) {
                throw indexCorrupt(
                        files,
                        "key " + key + " is at " + entry.position() + " there, at " + scanner.position()
                                + " in the data");
            }
            var partition = scanner.next();
            if (!partition.key().equals(key)) {
                throw indexCorrupt(files, "it has key " + key + ", the data " + partition.key());
            }
            if (files.filter().isPresent() && !files.filter().get().mayContain(key)) {
                throw Header.corrupt(path(Component.FILTER), Header.BYTES, "it does not have key " + key);
            }
            content.addPartition(partition.deletion());
            content.addStatic(partition.staticRow());
            var blocks = new BlockCheck(table.comparator(), entry.columns());
            while (partition.hasNext()) {
                var item = partition.next();
                content.add(item);
                blocks.add(item);
            }
            blocks.finish().ifPresent(what -> {
                throw new UncheckedIOException(indexCorrupt(files, "the column index of key " + key + ": " + what));
            });
            if (found.isEmpty()) {
                found.add(key);
            } else {
                found.set(0, key);
            }
        });
        if (scanner.hasNext()) {
            throw indexCorrupt(files, "it ends before the data does");
        }
        if (end != files.index().size()) {
            throw Header.corrupt(path(Component.INDEX), end, "it goes on after its last block");
        }
        verify(known, content, found.get(0));
    }

    private CorruptFile indexCorrupt(OpenFiles files, String what) {
        return Header.corrupt(files.index().path(), Header.BYTES, what);
    }

    private void verify(Statistics known, ContentStatistics counted, Key last) throws CorruptFile {
        var says = known.content();
        var is = counted.finish(says.dataLength(), says.dataFileSize(), says.origin());
        boolean same = is.rows() == says.rows()
                && is.cells() == says.cells()
                && is.tombstones() == says.tombstones()
                && is.minTimestamp() == says.minTimestamp()
                && is.maxTimestamp() == says.maxTimestamp()
                && is.minLocalDeletionTime() == says.minLocalDeletionTime()
                && is.maxLocalDeletionTime() == says.maxLocalDeletionTime();
        boolean within = says.estimated()
                && is.minTimestamp() >= says.minTimestamp()
                && is.maxTimestamp() <= says.maxTimestamp()
                && is.minLocalDeletionTime() >= says.minLocalDeletionTime()
                && is.maxLocalDeletionTime() <= says.maxLocalDeletionTime();
        if (!last.equals(known.last()) || is.partitions() != says.partitions() || !(same || within)) {
            throw Header.corrupt(
                    path(Component.STATISTICS),
                    Header.BYTES,
                    "it does not describe the data: " + says + " instead of " + is);
        }
    }

    private String path(Component component) {
        return SSTableFiles.path(directory, id, component);
    }
}
