package io.ringsim.storage.sstable;

import io.ringsim.storage.codec.Malformed;
import java.io.IOException;
import java.nio.ByteBuffer;

/** What becomes an SSTable as it arrives, after its first frame. */
interface ArrivingContent {
    /** Takes the next bytes, all of them. */
    void take(ByteBuffer content) throws IOException, Malformed;

    /** How many bytes it would best take next; any number is taken. */
    int convenient();

    /** Bytes it took and cannot check before more of them arrive. */
    long unchecked();

    /** Drops what is unchecked. */
    void forget();

    /** Whether all that has to arrive did. */
    boolean isComplete();

    /** Makes an SSTable of it, safe but part of no table. */
    SSTableReader finish() throws IOException;

    /** Lets nothing touch its files from now on. */
    void abandon();
}
