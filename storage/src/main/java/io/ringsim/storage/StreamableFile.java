package io.ringsim.storage;

import io.ringsim.data.TableId;

/**
 * An SSTable, or sections of one, as it is sent to a peer: one file of a stream.
 *
 * @param sstable the SSTable it is read from
 * @param sections what of the ring the peer gets
 * @param bytes that are sent
 * @param stored bytes it takes on the receiver's disk, which builds the other components itself and drops the edges of the
 *     chunks it did not ask for
 * @param components files it counts as: 1, or all components of an SSTable sent entire
 */
public record StreamableFile(
        TableId table, String sstable, Coverage sections, long bytes, long stored, int components) {
    public StreamableFile {
        if (bytes <= 0 || stored <= 0 || components <= 0) {
            throw new IllegalArgumentException("a file of a stream is not empty: " + table + "/" + sstable);
        }
    }

    /** Whether it is all of an SSTable, component by component. */
    public boolean isEntire() {
        return components > 1;
    }
}
