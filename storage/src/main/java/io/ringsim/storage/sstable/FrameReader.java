package io.ringsim.storage.sstable;

import io.ringsim.storage.codec.Malformed;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Puts a frame of {@link SectionFormat} together as it arrives. Takes no more room than has arrived, whatever its length says. */
final class FrameReader {
    private static final int FIRST_ROOM = 4 << 10;

    private byte[] bytes = new byte[FIRST_ROOM];
    private int count;

    /** Bytes of the frame that arrived so far. */
    int pending() {
        return count;
    }

    /**
     * Takes what belongs to the frame; whether it is complete.
     *
     * @throws Malformed when it is none
     */
    boolean take(ByteBuffer content) throws Malformed {
        fill(content, Integer.BYTES);
        if (count < Integer.BYTES) {
            return false;
        }
        int length = length();
        if (length < 1 || length > SectionFormat.MAX_FRAME) {
            throw new Malformed("a frame of " + length + " bytes");
        }
        fill(content, length + SectionFormat.FRAME);
        if (count < length + SectionFormat.FRAME) {
            return false;
        }
        int end = count - Integer.BYTES;
        if (SectionFormat.crc(bytes, end) != ByteBuffer.wrap(bytes).getInt(end)) {
            throw new Malformed("the checksum of a frame does not match");
        }
        return true;
    }

    private int length() {
        return ByteBuffer.wrap(bytes).getInt(0);
    }

    private void fill(ByteBuffer content, int upTo) {
        int some = Math.min(upTo - count, content.remaining());
        if (some > 0) {
            if (bytes.length < count + some) {
                bytes = Arrays.copyOf(bytes, Math.min(upTo, Math.max(count + some, 2 * bytes.length)));
            }
            content.get(bytes, count, some);
            count += some;
        }
    }

    /** The body of the complete frame; valid until the next one is taken. */
    ByteBuffer body() {
        var body = ByteBuffer.wrap(bytes, Integer.BYTES, length()).slice();
        count = 0;
        return body;
    }

    /** Drops what arrived of an incomplete frame. */
    void forget() {
        count = 0;
    }
}
