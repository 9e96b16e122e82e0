package io.ringsim.storage.commitlog;

import io.ringsim.storage.commitlog.SegmentFormat.Header;
import io.ringsim.storage.commitlog.SegmentFormat.Marker;
import io.ringsim.storage.disk.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** All bytes of a segment, read to be replayed. */
record SegmentBytes(String path, long number, int salt, ByteBuffer bytes) {
    static SegmentBytes load(Disk disk, String directory, long number) throws IOException {
        var path = Segments.path(directory, SegmentFormat.name(number));
        try (var file = disk.openRead(path)) {
            if (file.size() > Integer.MAX_VALUE - Long.BYTES) {
                throw new IOException(path + ": " + file.size() + " bytes are too many for a segment; move it away");
            }
            var bytes = ByteBuffer.allocate((int) file.size());
            file.readFully(bytes, 0);
            return new SegmentBytes(path, number, SegmentFormat.salt(number), bytes.flip());
        }
    }

    int length() {
        return bytes.limit();
    }

    boolean isZeroFrom(int offset) {
        for (int i = offset; i < bytes.limit(); i++) {
            if (bytes.get(i) != 0) {
                return false;
            }
        }
        return true;
    }

    Optional<Header> header() {
        return SegmentFormat.header(bytes);
    }

    Optional<Marker> marker(int offset) {
        return SegmentFormat.marker(bytes, offset, Integer.MAX_VALUE, salt);
    }

    /** The offset of the first intact marker from there on, or the length if there is none. */
    int nextMarker(int from) {
        for (int at = from; at <= length() - SegmentFormat.MARKER; at++) {
            if (SegmentFormat.marker(bytes, at, length(), salt).isPresent()) {
                return at;
            }
        }
        return length();
    }

    /** Whether an intact marker from {@code from} on says that the log was safe beyond that place. */
    boolean saysSafeAfter(CommitLogPosition place, int from) {
        int at = nextMarker(from);
        while (at < length()) {
            var marker = SegmentFormat.marker(bytes, at, length(), salt).orElseThrow();
            if (marker.durable().isAfter(place)) {
                return true;
            }
            at = nextMarker(Math.max(marker.next(), at + 1));
        }
        return false;
    }

    /** What the entry there says its size is, negative if it was given up; 0 if that cannot be read. */
    int entrySize(int at, int end) {
        if (end - at <= SegmentFormat.ENTRY_OVERHEAD) {
            return 0;
        }
        int size = bytes.getInt(at);
        boolean intact = bytes.getInt(at + Integer.BYTES) == (SegmentFormat.sizeCrc(size) ^ salt);
        return intact && Math.abs((long) size) <= end - at - SegmentFormat.ENTRY_OVERHEAD ? size : 0;
    }

    /** The mutation of the entry there, if it is intact. */
    Optional<ByteBuffer> entry(int at, int size) {
        int from = at + 2 * Integer.BYTES;
        return bytes.getInt(from + size) == (SegmentFormat.crc(bytes, from, size) ^ salt)
                ? Optional.of(bytes.duplicate().position(from).limit(from + size))
                : Optional.empty();
    }
}
