package io.ringsim.storage.table;

import io.ringsim.storage.commitlog.CommitLogPosition;
import io.ringsim.storage.disk.CorruptFile;
import io.ringsim.storage.disk.Disk;
import io.ringsim.storage.sstable.SSTableId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Which SSTables a table consists of, and up to where the commit log is in them. It is replaced in one step, so that a set
 * of SSTables becomes visible, or takes the place of others, wholly or not at all.
 *
 * @param flushed all writes to the table up to there in the commit log are in these SSTables
 * @param nextGeneration no SSTable of the table, whether it still is or ever was, has this generation or a higher one
 */
record Manifest(List<SSTableId> sstables, CommitLogPosition flushed, long nextGeneration) {
    static final Manifest EMPTY = new Manifest(List.of(), CommitLogPosition.NONE, 1);

    private static final String NAME = "manifest";
    private static final String TEMPORARY = "manifest.tmp";
    private static final String HEAD = "ringsim-manifest 1";
    private static final int MAX_BYTES = 16 << 20;

    Manifest {
        sstables = List.copyOf(sstables);
    }

    Manifest replacing(Collection<SSTableId> gone, Collection<SSTableId> come) {
        var changed = new ArrayList<>(sstables);
        changed.removeAll(gone);
        changed.addAll(come);
        return new Manifest(changed, flushed, nextGeneration);
    }

    Manifest flushedTo(CommitLogPosition position) {
        return new Manifest(sstables, position.compareTo(flushed) > 0 ? position : flushed, nextGeneration);
    }

    Manifest reserving(long generation) {
        return new Manifest(sstables, flushed, Math.max(nextGeneration, generation));
    }

    /** Reads it; nothing when there is none. */
    static Optional<Manifest> read(Disk disk, String directory) throws IOException {
        var path = directory + "/" + NAME;
        if (!disk.exists(path)) {
            return Optional.empty();
        }
        try (var file = disk.openRead(path)) {
            long size = file.size();
            if (size > MAX_BYTES) {
                throw corrupt(path, "it has " + size + " bytes");
            }
            var buffer = ByteBuffer.allocate((int) size);
            file.readFully(buffer, 0);
            return Optional.of(parse(path, new String(buffer.array(), StandardCharsets.US_ASCII)));
        }
    }

    private static Manifest parse(String path, String text) throws CorruptFile {
        int end = text.lastIndexOf("crc ");
        if (!text.startsWith(HEAD + "\n") || end < 0) {
            throw corrupt(path, "it is no manifest of a version known here");
        }
        if (!text.substring(end).equals(crcLine(text.substring(0, end)))) {
            throw corrupt(path, "its checksum is another");
        }
        try {
            var lines = text.substring(0, end).lines().toList();
            var flushed = lines.get(1).split(" ", -1);
            var next = lines.get(2).split(" ", -1);
            var ids = lines.subList(3, lines.size()).stream()
                    .map(line -> new SSTableId(Long.parseLong(line)))
                    .toList();
            return new Manifest(
                    ids,
                    new CommitLogPosition(Long.parseLong(flushed[1]), Integer.parseInt(flushed[2])),
                    Long.parseLong(next[1]));
        } catch (IndexOutOfBoundsException | NumberFormatException garbled) {
            throw corrupt(path, "it is garbled");
        }
    }

    private static CorruptFile corrupt(String path, String what) {
        return new CorruptFile(
                path, 0, what, "restore the table's directory from a snapshot, or remove it and repair this node");
    }

    private static String crcLine(String body) {
        var crc = new CRC32C();
        crc.update(body.getBytes(StandardCharsets.US_ASCII));
        return "crc %08x%n".formatted(crc.getValue()).replace("\r\n", "\n");
    }

    /** Deletes what is left of a manifest that could not be written. */
    static void cleanTemporary(Disk disk, String directory) throws IOException {
        var temporary = directory + "/" + TEMPORARY;
        if (disk.exists(temporary)) {
            disk.delete(temporary);
        }
    }

    /** Makes this the manifest, durably; when it throws, the old one stays. */
    void write(Disk disk, String directory) throws IOException {
        var body = new StringBuilder(HEAD + "\n");
        body.append("flushed ")
                .append(flushed.segment())
                .append(' ')
                .append(flushed.offset())
                .append('\n');
        body.append("next ").append(nextGeneration).append('\n');
        sstables.forEach(id -> body.append(id.generation()).append('\n'));
        var text = body + crcLine(body.toString());
        var temporary = directory + "/" + TEMPORARY;
        disk.delete(temporary);
        try (var file = disk.create(temporary)) {
            file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
            file.force(true);
        }
        disk.rename(temporary, directory + "/" + NAME);
        disk.syncDirectory(directory);
    }
}
