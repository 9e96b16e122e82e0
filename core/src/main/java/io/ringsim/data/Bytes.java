package io.ringsim.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** Bytes that do not change: keys, names and values. They order as unsigned bytes, a prefix before what it begins. */
public final class Bytes implements Comparable<Bytes> {
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] bytes;

    private Bytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A copy of those bytes. */
    public static Bytes of(byte... bytes) {
        return bytes.length == 0 ? EMPTY : new Bytes(bytes.clone());
    }

    /** Those bytes themselves, which from now on nobody may change. */
    public static Bytes wrap(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Bytes(bytes);
    }

    public static Bytes utf8(String text) {
        return wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The bytes of a hexadecimal text.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static Bytes hex(String digits) {
        return wrap(HexFormat.of().parseHex(digits));
    }

    /** The eight bytes of a number, the highest first. */
    public static Bytes ofLong(long value) {
        return wrap(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    /** The next {@code length} bytes of the buffer. */
    public static Bytes read(ByteBuffer buffer, int length) {
        if (length == 0) {
            return EMPTY;
        }
        var bytes = new byte[length];
        buffer.get(bytes);
        return new Bytes(bytes);
    }

    public int size() {
        return bytes.length;
    }

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    public byte at(int index) {
        return bytes[index];
    }

    /** The eight bytes from {@code index} on as a number, the highest first. */
    public long longAt(int index) {
        return ByteBuffer.wrap(bytes).getLong(index);
    }

    public int crc32c() {
        var crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    public byte[] toArray() {
        return bytes.clone();
    }

    public void writeTo(ByteBuffer buffer) {
        buffer.put(bytes);
    }

    public String toHex() {
        return HexFormat.of().formatHex(bytes);
    }

    /** The text these bytes are in UTF-8; what is not UTF-8 comes out as replacement characters. */
    public String toUtf8() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Hexadecimal, as Cassandra prints blobs. */
    @Override
    public String toString() {
        return toHex();
    }
}
