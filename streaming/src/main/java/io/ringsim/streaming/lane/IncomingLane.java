package io.ringsim.streaming.lane;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** The end of a lane that content comes out of. For one thread; any may cut it. */
public interface IncomingLane extends Closeable {
    /**
     * The next bytes, at least one unless the lane has ended: then none.
     *
     * @param atMost no more than that
     * @return a buffer that is valid until the next call
     */
    ByteBuffer read(int atMost) throws IOException;

    /** Ends the lane at once, for whoever waits for it as well. */
    void cut() throws IOException;

    /** Ends the lane and gives its buffer back; by whoever reads. */
    @Override
    void close() throws IOException;
}
