package io.ringsim.storage.commitlog;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * A segment in bytes, the highest of a number first.
 *
 * <pre>
 * file        header, sections, [marker that closes it]; what comes then is left from an earlier use or zeros
 * header      int magic, int version, long segment, long life, crc of the fields before
 * section     marker, entries; one write to the disk
 * marker      int next, long durable segment, int durable offset, crc of the fields before and of the own offset
 *   next      where the section ends and the next begins; the own offset if the segment ends there
 *   durable   all in the life before that position was safe when this was written
 * entry       int size, crc of the size, size bytes of a mutation, crc of those
 *             or, when the write was given up after it had its place: int -size, crc of that, size + 4 bytes
 * crc         CRC32C xor the CRC32C of the segment's number, so that nothing that an earlier use left is taken for valid
 * </pre>
 *
 * A life is what one process wrote to the log; it is known by its first segment.
 */
final class SegmentFormat {
    static final int VERSION = 1;
    static final int HEADER = 28;
    static final int MARKER = 20;
    static final int ENTRY_OVERHEAD = 12;

    /** What a segment with one entry takes beside its mutation. */
    static final int SEGMENT_OVERHEAD = HEADER + MARKER + ENTRY_OVERHEAD + MARKER;

    private static final int MAGIC = 0x5253_434C;
    private static final int MARKED = MARKER - Integer.BYTES;
    private static final int HEADED = HEADER - Integer.BYTES;
    private static final Pattern NAME = Pattern.compile("(CommitLog|Spare)-(\\d{1,18})\\.log");

    /** A marker that is intact. */
    record Marker(int next, CommitLogPosition durable) {}

    /** What a header says; the version alone if it is not {@link #VERSION}. */
    record Header(int version, long segment, long life) {}

    private SegmentFormat() {}

    static String name(long segment) {
        return String.format(Locale.ROOT, "CommitLog-%016d.log", segment);
    }

    /** The name of a file that was that segment and waits to be another one. */
    static String spareName(long segment) {
        return String.format(Locale.ROOT, "Spare-%016d.log", segment);
    }

    /** The segment's number, in the name of a file of the log that is in use. */
    static Optional<Long> segment(String name) {
        return number(name, "CommitLog");
    }

    static Optional<Long> spare(String name) {
        return number(name, "Spare");
    }

    private static Optional<Long> number(String name, String kind) {
        var matcher = NAME.matcher(name);
        return matcher.matches() && matcher.group(1).equals(kind)
                ? Optional.of(Long.parseLong(matcher.group(2)))
                : Optional.empty();
    }

    /** What the checksums of a segment differ by from those of others. */
    static int salt(long segment) {
        var crc = new CRC32C();
        crc.update(ByteBuffer.allocate(Long.BYTES).putLong(0, segment));
        return (int) crc.getValue();
    }

    static void putHeader(ByteBuffer to, long segment, long life) {
        to.putInt(0, MAGIC).putInt(4, VERSION).putLong(8, segment).putLong(16, life);
        to.putInt(HEADED, crc(to, 0, HEADED) ^ salt(segment));
    }

    /** The header at the buffer's beginning, if one is intact there. */
    static Optional<Header> header(ByteBuffer from) {
        if (from.limit() < HEADER || from.getInt(0) != MAGIC) {
            return Optional.empty();
        }
        long segment = from.getLong(8);
        if (from.getInt(4) != VERSION) {
            return Optional.of(new Header(from.getInt(4), 0, 0));
        }
        return from.getInt(HEADED) == (crc(from, 0, HEADED) ^ salt(segment))
                ? Optional.of(new Header(VERSION, segment, from.getLong(16)))
                : Optional.empty();
    }

    /** Puts a marker at {@code index}, which will be {@code offset} in the segment. */
    static void putMarker(ByteBuffer to, int index, int offset, Marker marker, int salt) {
        to.putInt(index, marker.next());
        to.putLong(index + 4, marker.durable().segment());
        to.putInt(index + 12, marker.durable().offset());
        to.putInt(index + MARKED, markerCrc(to, index, offset) ^ salt);
    }

    /** The marker at that offset of a segment, if one is intact there whose section ends at {@code max} at most. */
    static Optional<Marker> marker(ByteBuffer from, int offset, int max, int salt) {
        if (offset > from.limit() - MARKER) {
            return Optional.empty();
        }
        int next = from.getInt(offset);
        boolean plausible = next == offset || (next >= offset + MARKER && next <= max);
        return plausible && from.getInt(offset + MARKED) == (markerCrc(from, offset, offset) ^ salt)
                ? Optional.of(
                        new Marker(next, new CommitLogPosition(from.getLong(offset + 4), from.getInt(offset + 12))))
                : Optional.empty();
    }

    private static int markerCrc(ByteBuffer buffer, int index, int offset) {
        var crc = new CRC32C();
        crc.update(buffer.duplicate().limit(index + MARKED).position(index));
        update(crc, offset);
        return (int) crc.getValue();
    }

    static int sizeCrc(int size) {
        var crc = new CRC32C();
        update(crc, size);
        return (int) crc.getValue();
    }

    private static void update(CRC32C crc, int value) {
        crc.update(value >>> 24);
        crc.update(value >>> 16);
        crc.update(value >>> 8);
        crc.update(value);
    }

    static int crc(ByteBuffer buffer, int index, int length) {
        var crc = new CRC32C();
        crc.update(buffer.duplicate().limit(index + length).position(index));
        return (int) crc.getValue();
    }
}
