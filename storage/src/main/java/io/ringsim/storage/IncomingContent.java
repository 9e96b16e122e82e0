package io.ringsim.storage;

import io.ringsim.storage.sstable.ContentReceiver;
import java.io.IOException;

/** What is received for a table in a session, file by file. For any thread, but each file for one at a time. */
public interface IncomingContent {
    /**
     * A file to append to; a new one if none of that number is being received.
     *
     * @param offset where it goes on; 0 is where a new file begins
     * @throws IOException when nothing is received any more, or the file goes on elsewhere
     */
    ContentReceiver file(int sequence, long offset) throws IOException;

    /** Forgets what of a file was not verified; returns where the rest begins. */
    long rewind(int sequence) throws IOException;

    /** Throws away what was received of a file, which can be received anew. */
    void discard(int sequence) throws IOException;
}
