package io.ringsim.network.remote;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Numbers of 7 bits a byte, the lowest first, and texts after their length in bytes. */
final class Fields {
    private Fields() {}

    static void putNumber(ByteBuffer buffer, long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            buffer.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        buffer.put((byte) rest);
    }

    static long getNumber(ByteBuffer buffer) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = buffer.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number of more than 64 bits");
    }

    static void putText(ByteBuffer buffer, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        putNumber(buffer, bytes.length);
        buffer.put(bytes);
    }

    static String getText(ByteBuffer buffer) {
        long length = getNumber(buffer);
        if (length < 0 || length > buffer.remaining()) {
            throw new IllegalArgumentException(
                    "a text of " + length + " bytes, of which " + buffer.remaining() + " are there");
        }
        var bytes = new byte[(int) length];
        buffer.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
