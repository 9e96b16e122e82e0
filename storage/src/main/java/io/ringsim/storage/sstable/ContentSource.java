package io.ringsim.storage.sstable;

import io.ringsim.data.Bytes;
import io.ringsim.storage.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What is sent of an SSTable, as one row of bytes that a {@link ContentReceiver} makes an SSTable of. Any part of it can be
 * had, as often as it is asked for. For any number of threads.
 */
public interface ContentSource {
    /** Bytes of all content; known before anything is read of the data. */
    long length();

    /**
     * Gives a part of it to a sink.
     *
     * @throws IndexOutOfBoundsException when it is not within
     */
    void transfer(long offset, long count, ContentSink to) throws IOException;

    /** A part of it in memory. */
    default Bytes read(long offset, int count) throws IOException {
        var into = ByteBuffer.allocate(count);
        transfer(offset, count, new ContentSink() {
            @Override
            public void write(ByteBuffer bytes) {
                into.put(bytes);
            }

            @Override
            public void write(DiskFile file, long position, long length) throws IOException {
                var part = into.slice(into.position(), (int) length);
                file.readFully(part, position);
                into.position(into.position() + (int) length);
            }
        });
        return Bytes.wrap(into.array());
    }
}
