package io.ringsim.streaming.lane;

import io.ringsim.storage.sstable.ContentSink;
import java.io.Closeable;
import java.io.IOException;

/** The end of a lane that content goes into. For one thread; any may close it. */
public interface OutgoingLane extends ContentSink, Closeable {
    /** Ends the lane at once: the other end sees the end, or a broken connection. */
    @Override
    void close() throws IOException;
}
