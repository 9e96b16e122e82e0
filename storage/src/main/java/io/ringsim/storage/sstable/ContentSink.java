package io.ringsim.storage.sstable;

import io.ringsim.storage.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Where the content of an SSTable goes, piece after piece. */
public interface ContentSink {
    /** Takes all that remains in the buffer. */
    void write(ByteBuffer bytes) throws IOException;

    /** Takes a part of a file that does not change: whoever can moves it without reading it. */
    void write(DiskFile file, long position, long count) throws IOException;
}
