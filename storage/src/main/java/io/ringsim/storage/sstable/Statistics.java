package io.ringsim.storage.sstable;

import io.ringsim.data.Bytes;
import io.ringsim.data.ComparatorType;
import io.ringsim.data.Key;
import io.ringsim.data.TableId;
import io.ringsim.data.TableMetadata;
import io.ringsim.ring.Partitioner;
import io.ringsim.storage.codec.Malformed;
import io.ringsim.storage.codec.RowCodec;
import io.ringsim.storage.codec.Varint;
import io.ringsim.storage.disk.CorruptFile;
import io.ringsim.storage.disk.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;

/**
 * The content of {@link Component#STATISTICS}.
 *
 * @param partitioner by which the keys are in order
 * @param table what has to be known of the table to read its rows
 * @param components all others but the table of contents and the digest
 */
record Statistics(
        Partitioner partitioner,
        TableMetadata table,
        Key first,
        Key last,
        SSTableStats content,
        EnumMap<Component, Part> components) {

    private static final int DELETIONS = 1;
    private static final int ESTIMATED = 2;

    /**
     * What another component has to be.
     *
     * @param check its checksum: of the data the digest, of the index the CRC32C of all, of others the one they end in
     */
    record Part(long size, int check) {}

    static Statistics read(Disk disk, String path) throws IOException {
        var body = SmallFile.read(disk, path, Component.STATISTICS).body();
        try {
            return read(body);
        } catch (Malformed why) {
            throw SmallFile.malformed(path, body, why);
        }
    }

    static Statistics read(ByteBuffer body) throws Malformed {
        try {
            var read = parse(body);
            if (body.hasRemaining()) {
                throw new Malformed("there are " + body.remaining() + " bytes too many");
            }
            return read;
        } catch (IllegalArgumentException why) {
            throw new Malformed(String.valueOf(why.getMessage()));
        }
    }

    private static Statistics parse(ByteBuffer from) throws Malformed {
        var partitioner = Partitioner.named(text(from));
        var id = new TableId(text(from), text(from));
        var comparator = ComparatorType.named(text(from));
        var subcomparator = text(from);
        var table = subcomparator.isEmpty()
                ? TableMetadata.standard(id, comparator)
                : TableMetadata.superFamily(id, comparator, ComparatorType.named(subcomparator));
        var first = Key.of(partitioner, Varint.getBytes(from));
        var last = Key.of(partitioner, Varint.getBytes(from));
        long partitions = Varint.get(from);
        long rows = Varint.get(from);
        long cells = Varint.get(from);
        long tombstones = Varint.get(from);
        long minTimestamp = Varint.getLong(from);
        long maxTimestamp = Varint.getLong(from);
        long minDeletionTime = Varint.getLong(from);
        long maxDeletionTime = Varint.getLong(from);
        var lowest = RowCodec.readEnd(from);
        var highest = RowCodec.readEnd(from);
        int flags = Varint.getInt(from, DELETIONS | ESTIMATED);
        long dataLength = Varint.get(from);
        long dataFileSize = Varint.get(from);
        var origin = new SSTableOrigin(
                new SSTableOrigin.LogBound(Varint.get(from), Varint.get(from)),
                new SSTableOrigin.LogBound(Varint.get(from), Varint.get(from)),
                Varint.getInt(from, Integer.MAX_VALUE),
                Varint.get(from));
        var deletionTimes = DeletionTimes.read(from);
        var content = new SSTableStats(
                partitions,
                rows,
                cells,
                tombstones,
                minTimestamp,
                maxTimestamp,
                minDeletionTime,
                maxDeletionTime,
                lowest,
                highest,
                (flags & DELETIONS) != 0,
                (flags & ESTIMATED) != 0,
                dataLength,
                dataFileSize,
                deletionTimes,
                origin);
        return new Statistics(partitioner, table, first, last, content, parts(from));
    }

    private static EnumMap<Component, Part> parts(ByteBuffer from) throws Malformed {
        var parts = new EnumMap<Component, Part>(Component.class);
        int count = Varint.getInt(from, Component.values().length);
        for (int i = 0; i < count; i++) {
            int letter = Varint.getByte(from);
            var component = Component.lettered(letter)
                    .orElseThrow(() -> new Malformed("there is no component '" + (char) letter + "'"));
            parts.put(component, new Part(Varint.get(from), (int) Varint.get(from)));
        }
        return parts;
    }

    private static String text(ByteBuffer from) throws Malformed {
        return Varint.getBytes(from).toUtf8();
    }

    ByteBuffer write() {
        var origin = content.origin();
        var to = ByteBuffer.allocate(maxSize());
        putText(partitioner.name(), to);
        putText(table.id().keyspace(), to);
        putText(table.id().table(), to);
        putText(table.comparator().className(), to);
        putText(table.subcomparator().map(ComparatorType::className).orElse(""), to);
        Varint.put(to, first.bytes());
        Varint.put(to, last.bytes());
        Varint.put(to, content.partitions());
        Varint.put(to, content.rows());
        Varint.put(to, content.cells());
        Varint.put(to, content.tombstones());
        to.putLong(content.minTimestamp());
        to.putLong(content.maxTimestamp());
        to.putLong(content.minLocalDeletionTime());
        to.putLong(content.maxLocalDeletionTime());
        RowCodec.write(content.lowest(), to);
        RowCodec.write(content.highest(), to);
        Varint.put(to, (content.hasPartitionDeletions() ? DELETIONS : 0) | (content.estimated() ? ESTIMATED : 0));
        Varint.put(to, content.dataLength());
        Varint.put(to, content.dataFileSize());
        Varint.put(to, origin.from().segment());
        Varint.put(to, origin.from().offset());
        Varint.put(to, origin.to().segment());
        Varint.put(to, origin.to().offset());
        Varint.put(to, origin.level());
        Varint.put(to, origin.repairedAt());
        content.deletionTimes().write(to);
        Varint.put(to, components.size());
        components.forEach((component, part) -> {
            to.put(component.letter());
            Varint.put(to, part.size());
            Varint.put(to, part.check() & 0xFFFF_FFFFL);
        });
        return to.flip();
    }

    private int maxSize() {
        int fixed = 1024;
        int names = 4 * (table.id().keyspace().length() + table.id().table().length());
        int bytes = first.bytes().size()
                + last.bytes().size()
                + content.lowest().clustering().size()
                + content.highest().clustering().size();
        return fixed + names + bytes + content.deletionTimes().maxSize();
    }

    private static void putText(String text, ByteBuffer to) {
        Varint.put(to, Bytes.utf8(text));
    }

    /** Refuses a table or partitioner that the SSTable was not written for. */
    void check(TableMetadata expected, Partitioner by, String path) throws CorruptFile {
        if (!by.name().equals(partitioner.name())) {
            throw foreign(path, "its keys are in the order of " + partitioner.name() + ", not " + by.name());
        }
        if (!table.id().equals(expected.id())) {
            throw foreign(path, "it belongs to table " + table.id() + ", not " + expected.id());
        }
        if (table.comparator() != expected.comparator()
                || !table.subcomparator().equals(expected.subcomparator())) {
            throw foreign(path, "its rows are ordered by " + order(table) + ", not " + order(expected));
        }
    }

    private static String order(TableMetadata table) {
        return table.comparator().className()
                + table.subcomparator().map(sub -> " and " + sub.className()).orElse("");
    }

    private static CorruptFile foreign(String path, String what) {
        return new CorruptFile(path, Header.BYTES, what, "move its files to where they belong");
    }

    /** Those whose parts are known and those that need none, in the order of a table of contents. */
    List<Component> allComponents() {
        return Arrays.stream(Component.values())
                .filter(component -> components.containsKey(component)
                        || component == Component.STATISTICS
                        || component == Component.DIGEST
                        || component == Component.TOC)
                .toList();
    }

    Optional<Part> part(Component component) {
        return Optional.ofNullable(components.get(component));
    }
}
