package io.ringsim.storage.sstable;

import io.ringsim.storage.codec.Malformed;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.List;

/**
 * An SSTable on its way to another node as it is, component by component.
 *
 * <pre>
 * content     frame of a manifest, components
 * manifest    int 0x52535345, byte version 1, the body of the SSTable's Statistics.db
 * components  CompressionInfo.db, Summary.db, Filter.db, Index.db, Data.db, those of them that there are, as they are stored
 * </pre>
 *
 * <p>How long a component is and what it has to be is in the statistics. Those are not sent as they are stored, for what they
 * say of a commit log is the sender's; Digest.crc32 and TOC.txt follow from them.
 */
final class EntireFormat {
    static final int MAGIC = 0x52535345;

    /** What is needed to check another component comes before it. */
    static final List<Component> ORDER =
            List.of(Component.COMPRESSION_INFO, Component.SUMMARY, Component.FILTER, Component.INDEX, Component.DATA);

    private static final byte VERSION = 1;

    private EntireFormat() {}

    static ByteBuffer write(Statistics statistics) {
        var body = statistics.write();
        return SectionFormat.frame(ByteBuffer.allocate(Integer.BYTES + 1 + body.remaining())
                .putInt(MAGIC)
                .put(VERSION)
                .put(body)
                .flip());
    }

    /** Reads a manifest, of which the magic is known to be right. */
    static Statistics read(ByteBuffer body) throws Malformed {
        body.getInt();
        int version = body.hasRemaining() ? body.get() : 0;
        if (version != VERSION) {
            throw new Malformed("it is in version " + version + ", known here is " + VERSION);
        }
        var statistics = Statistics.read(body.slice());
        if (statistics.part(Component.DATA).isEmpty()
                || statistics.part(Component.INDEX).isEmpty()) {
            throw new Malformed("it has no data or no index");
        }
        return statistics;
    }

    /** The statistics as they are where the SSTable arrives. */
    static Statistics received(Statistics sent) {
        return new Statistics(
                sent.partitioner(),
                sent.table(),
                sent.first(),
                sent.last(),
                sent.content().from(SSTableOrigin.NONE),
                new EnumMap<>(sent.components()));
    }
}
