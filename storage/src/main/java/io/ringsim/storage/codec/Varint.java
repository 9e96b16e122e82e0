package io.ringsim.storage.codec;

import io.ringsim.data.Bytes;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** Numbers in as few bytes as they need: seven bits a byte, the lowest first, the highest bit set if more follow. */
public final class Varint {
    private static final int MORE = 0x80;
    private static final int BITS = 7;

    private Varint() {}

    /** Bytes that a number of 0 or more takes; a negative one takes ten. */
    public static int size(long value) {
        int significant = 64 - Long.numberOfLeadingZeros(value | 1);
        return (significant + BITS - 1) / BITS;
    }

    public static void put(ByteBuffer to, long value) {
        long rest = value;
        while ((rest & -MORE) != 0) {
            to.put((byte) (rest | MORE));
            rest >>>= BITS;
        }
        to.put((byte) rest);
    }

    public static long get(ByteBuffer from) throws Malformed {
        if (from.remaining() >= 2) {
            int at = from.position();
            int first = from.get(at);
            if (first >= 0) {
                from.position(at + 1);
                return first;
            }
            int second = from.get(at + 1);
            if (second >= 0) {
                from.position(at + 2);
                return (first & ~MORE & 0xFF) | (second << BITS);
            }
        }
        return getLonger(from);
    }

    private static long getLonger(ByteBuffer from) throws Malformed {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += BITS) {
            if (!from.hasRemaining()) {
                throw new Malformed("a number is cut off");
            }
            byte next = from.get();
            value |= (long) (next & ~MORE & 0xFF) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new Malformed("a number of more than 64 bits");
    }

    /** A number that has to be 0 to {@code max}. */
    public static int getInt(ByteBuffer from, int max) throws Malformed {
        long value = get(from);
        if (value < 0 || value > max) {
            throw new Malformed("a number of 0 to " + max + " is " + value);
        }
        return (int) value;
    }

    public static int size(Bytes bytes) {
        return size(bytes.size()) + bytes.size();
    }

    public static void put(ByteBuffer to, Bytes bytes) {
        put(to, bytes.size());
        bytes.writeTo(to);
    }

    public static Bytes getBytes(ByteBuffer from) throws Malformed {
        return Bytes.read(from, getLength(from));
    }

    /** A number that has to be 0 to as many bytes as follow it. */
    public static int getLength(ByteBuffer from) throws Malformed {
        long value = get(from);
        if (value < 0 || value > from.remaining()) {
            throw new Malformed(value + " bytes are to follow, there are " + from.remaining());
        }
        return (int) value;
    }

    /** Eight bytes, the highest first. */
    public static long getLong(ByteBuffer from) throws Malformed {
        try {
            return from.getLong();
        } catch (BufferUnderflowException cut) {
            throw new Malformed("a number is cut off");
        }
    }

    public static int getByte(ByteBuffer from) throws Malformed {
        if (!from.hasRemaining()) {
            throw new Malformed("it is cut off");
        }
        return from.get() & 0xFF;
    }
}
