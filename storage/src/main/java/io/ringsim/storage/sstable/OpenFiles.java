package io.ringsim.storage.sstable;

import io.ringsim.data.TableOptions.Compression;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.TokenRange;
import io.ringsim.storage.disk.Disk;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The components of an SSTable as they are used: data and index open, the others in memory.
 *
 * @param filter nothing if the table wants none
 */
record OpenFiles(Statistics statistics, Optional<BloomFilter> filter, DataFile data, IndexFile index, long onDiskBytes)
        implements Closeable {

    static OpenFiles open(Disk disk, String directory, SSTableId id, Statistics statistics) throws IOException {
        return new Opening(disk, directory, id, statistics).open();
    }

    /** Opens one component after another, each checked against what the statistics say of it. */
    private record Opening(Disk disk, String directory, SSTableId id, Statistics statistics) {
        OpenFiles open() throws IOException {
            long textAndStatistics = 0;
            for (var component : statistics.allComponents()) {
                textAndStatistics += statistics.part(component).isPresent() ? 0 : size(component);
            }
            SSTableFiles.checkContents(disk, path(Component.TOC), statistics.allComponents());
            var partitioner = statistics.partitioner();
            var content = statistics.content();
            var index = part(Component.INDEX);
            var summary = Summary.read(
                    read(Component.SUMMARY), partitioner, index.size(), content.partitions(), path(Component.SUMMARY));
            Optional<BloomFilter> filter = statistics.part(Component.FILTER).isPresent()
                    ? Optional.of(BloomFilter.read(read(Component.FILTER), path(Component.FILTER)))
                    : Optional.empty();
            var chunks = chunks();
            var data = DataFile.open(disk, path(Component.DATA), chunks.compression, chunks.table);
            try {
                var indexFile = FileView.of(disk.openRead(path(Component.INDEX)));
                checkIndex(indexFile, index);
                long onDisk = textAndStatistics;
                for (var part : statistics.components().values()) {
                    onDisk += part.size();
                }
                return new OpenFiles(
                        statistics,
                        filter,
                        data,
                        new IndexFile(indexFile, summary, partitioner, content.partitions(), content.dataLength()),
                        onDisk);
            } catch (IOException failed) {
                data.close();
                throw failed;
            }
        }

        private record Chunks(Compression compression, ChunkTable table) {}

        private Chunks chunks() throws IOException {
            var path = path(Component.DATA);
            var header = DataFile.header(disk, path);
            var content = statistics.content();
            var table = header.compression() == Compression.NONE
                            && statistics.part(Component.COMPRESSION_INFO).isEmpty()
                    ? ChunkTable.uncompressed(content.dataLength(), header.chunkLength(), path)
                    : ChunkTable.read(
                            read(Component.COMPRESSION_INFO), header.chunkLength(), path(Component.COMPRESSION_INFO));
            if (table.dataLength() != content.dataLength()
                    || table.fileSize() != part(Component.DATA).size()) {
                throw Header.corrupt(
                        path,
                        0,
                        "its chunks are " + table.dataLength() + " bytes in " + table.fileSize()
                                + ", the statistics say " + content.dataLength() + " in "
                                + part(Component.DATA).size());
            }
            return new Chunks(header.compression(), table);
        }

        private static void checkIndex(FileView file, Statistics.Part part) throws IOException {
            if (file.size() != part.size()) {
                file.close();
                throw Header.corrupt(
                        file.path(),
                        Math.min(file.size(), part.size()),
                        "it has " + file.size() + " bytes, the statistics say " + part.size());
            }
            Header.check(Component.INDEX, file.part(0, Header.BYTES, ReadBuffers.ofThread()), file.path());
        }

        private ByteBuffer read(Component component) throws IOException {
            var file = SmallFile.read(disk, path(component), component);
            var part = part(component);
            if (file.check() != part.check() || file.size() != part.size()) {
                throw Header.corrupt(path(component), 0, "it is whole, but that of another SSTable");
            }
            return file.body();
        }

        private Statistics.Part part(Component component) throws IOException {
            return statistics
                    .part(component)
                    .orElseThrow(() -> Header.corrupt(
                            path(Component.STATISTICS), Header.BYTES, "it knows of no " + component.suffix()));
        }

        private long size(Component component) throws IOException {
            try (var file = disk.openRead(path(component))) {
                return file.size();
            }
        }

        private String path(Component component) {
            return SSTableFiles.path(directory, id, component);
        }
    }

    Section section(TokenRange range, IndexFile.Boundary from, IndexFile.Boundary to) {
        var table = data.table();
        return new Section(
                range,
                from.position(),
                to.position(),
                to.ordinal() - from.ordinal(),
                table.offset(table.chunkAt(from.position())),
                table.offset(table.chunkAt(to.position() - 1) + 1));
    }

    Section whole(Partitioner partitioner) {
        var everything = new TokenRange(partitioner.minimum(), partitioner.minimum());
        return section(everything, index.start(), index.end());
    }

    @Override
    public void close() throws IOException {
        data.close();
        index.close();
    }
}
