package io.ringsim.storage.sstable;

import io.ringsim.data.Key;
import io.ringsim.data.TableMetadata;
import io.ringsim.data.TableOptions.Compression;
import io.ringsim.ring.Partitioner;
import io.ringsim.storage.disk.Disk;
import io.ringsim.storage.disk.DiskFile;
import io.ringsim.storage.disk.EarlyForce;
import io.ringsim.storage.disk.WriteBehind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;

/** The components of an SSTable that is being made: under temporary names until all are complete and safe. */
final class NewComponents {
    /** Less content is likely read again soon, and costs little either way. */
    private static final long MUCH = 4 << 20;

    private final Disk disk;
    private final String directory;
    private final SSTableId id;
    private final TableMetadata table;
    private final WriteBehind writeBehind;
    private final List<Component> temporary = new ArrayList<>();
    private final List<EarlyForce> files = new ArrayList<>();

    NewComponents(Disk disk, String directory, SSTableId id, TableMetadata table, WriteBehind writeBehind) {
        this.disk = disk;
        this.directory = directory;
        this.id = id;
        this.table = table;
        this.writeBehind = writeBehind;
    }

    /**
     * What remains to be written when data and index are written.
     *
     * @param digest the CRC-32 of the data
     * @param chunks the body of {@link Component#COMPRESSION_INFO}, if there is to be one
     */
    record Content(
            Key first,
            Key last,
            SSTableStats statistics,
            long digest,
            IndexWriter index,
            Optional<BloomFilter> filter,
            Optional<ByteBuffer> chunks) {}

    /** A new file, which is made safe, and closed, when all are complete. */
    EarlyForce create(Component component) throws IOException {
        temporary.add(component);
        var file = new EarlyForce(disk.create(temporaryPath(component)), writeBehind);
        files.add(file);
        return file;
    }

    /** The same for content that arrives from elsewhere, of so many bytes: much of it is not put into the system's cache. */
    EarlyForce createArriving(Component component, long bytes) throws IOException {
        var direct =
                bytes < MUCH ? Optional.<DiskFile>empty() : disk.createDirect(temporaryPath(component), writeBehind);
        if (direct.isEmpty()) {
            return create(component);
        }
        temporary.add(component);
        var file = new EarlyForce(direct.get(), WriteBehind.NONE);
        files.add(file);
        return file;
    }

    WriteBehind writeBehind() {
        return writeBehind;
    }

    String temporaryPath(Component component) {
        return SSTableFiles.join(directory, id.temporaryName(component));
    }

    /** Writes the other components, makes all safe and gives them their names; from then on a crash leaves the SSTable whole. */
    SSTableReader complete(Content content) throws IOException {
        var index = content.index();
        var parts = new EnumMap<Component, Statistics.Part>(Component.class);
        parts.put(Component.DATA, new Statistics.Part(content.statistics().dataFileSize(), (int) content.digest()));
        parts.put(Component.INDEX, index.part());
        write(Component.SUMMARY, index.summary().write(), parts);
        if (content.filter().isPresent()) {
            write(Component.FILTER, content.filter().get().write(), parts);
        }
        if (content.chunks().isPresent()) {
            write(Component.COMPRESSION_INFO, content.chunks().get(), parts);
        }
        var partitioner = index.summary().partitioner();
        return complete(
                new Statistics(partitioner, table, content.first(), content.last(), content.statistics(), parts));
    }

    /** The same, when all is written that the statistics know of. */
    SSTableReader complete(Statistics statistics) throws IOException {
        write(Component.STATISTICS, statistics.write(), new EnumMap<>(Component.class));
        long digest = statistics.part(Component.DATA).orElseThrow().check() & 0xFFFF_FFFFL;
        create(Component.DIGEST).write(ByteBuffer.wrap(Long.toString(digest).getBytes(StandardCharsets.US_ASCII)), 0);
        create(Component.TOC).write(SSTableFiles.contents(statistics.allComponents()), 0);
        ForceAll.of(files, writeBehind);
        closeFiles();
        return publish(statistics.partitioner());
    }

    /** The chunks of the data, as the statistics and a compression info that is complete say. */
    ChunkTable chunks(DataHeader header, Statistics statistics) throws IOException {
        var part = statistics.part(Component.COMPRESSION_INFO);
        if (part.isEmpty()) {
            if (header.compression() != Compression.NONE) {
                throw Header.corrupt(
                        temporaryPath(Component.DATA), 0, "it is compressed, but no one says in what chunks");
            }
            return ChunkTable.uncompressed(
                    statistics.content().dataLength(), header.chunkLength(), temporaryPath(Component.DATA));
        }
        var path = temporaryPath(Component.COMPRESSION_INFO);
        return ChunkTable.read(
                SmallFile.read(disk, path, Component.COMPRESSION_INFO).body(), header.chunkLength(), path);
    }

    private SSTableReader publish(Partitioner partitioner) throws IOException {
        for (var component : temporary) {
            if (component != Component.TOC) {
                disk.rename(temporaryPath(component), SSTableFiles.path(directory, id, component));
            }
        }
        disk.syncDirectory(directory);
        disk.rename(temporaryPath(Component.TOC), SSTableFiles.path(directory, id, Component.TOC));
        disk.syncDirectory(directory);
        return SSTableReader.open(disk, directory, id, table, partitioner);
    }

    private void write(Component component, ByteBuffer body, EnumMap<Component, Statistics.Part> parts)
            throws IOException {
        var content = SmallFile.content(temporaryPath(component), component, body);
        int size = content.remaining();
        parts.put(component, new Statistics.Part(size, content.getInt(size - Integer.BYTES)));
        create(component).write(content, 0);
    }

    private void closeFiles() throws IOException {
        for (var file : files) {
            file.close();
        }
        files.clear();
    }

    /** Deletes what there is. */
    void delete() throws IOException {
        closeFiles();
        // Backwards, so that the table of contents goes first.
        for (int i = temporary.size() - 1; i >= 0; i--) {
            disk.delete(SSTableFiles.path(directory, id, temporary.get(i)));
            disk.delete(temporaryPath(temporary.get(i)));
        }
    }
}
