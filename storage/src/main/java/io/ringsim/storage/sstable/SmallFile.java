package io.ringsim.storage.sstable;

import io.ringsim.storage.disk.CorruptFile;
import io.ringsim.storage.disk.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A component that is read whole: header, body, CRC32C of both.
 *
 * @param check the CRC32C
 * @param size bytes of all three
 */
record SmallFile(ByteBuffer body, int check, long size) {
    /** No component that is read whole is larger, so nothing larger is allocated for one. */
    static final int LIMIT = 1 << 30;

    static SmallFile read(Disk disk, String path, Component component) throws IOException {
        try (var file = disk.openRead(path)) {
            long size = file.size();
            if (size < Header.BYTES + Integer.BYTES || size > LIMIT) {
                throw Header.corrupt(
                        path, size, "its size is " + size + " bytes, which no " + component.suffix() + " has");
            }
            var all = ByteBuffer.allocate((int) size);
            file.readFully(all, 0);
            all.flip();
            Header.check(component, all, path);
            int end = (int) size - Integer.BYTES;
            int check = crc(all.array(), end);
            if (check != all.getInt(end)) {
                throw Header.corrupt(path, 0, "its checksum does not match");
            }
            return new SmallFile(all.limit(end).slice(), check, size);
        }
    }

    /** What is to be written to that path: all three. */
    static ByteBuffer content(String path, Component component, ByteBuffer body) throws IOException {
        int end = Header.BYTES + body.remaining();
        if (end + Integer.BYTES > LIMIT || end < 0) {
            throw new IOException(
                    path + ": " + body.remaining() + " bytes are too many for one SSTable; write several");
        }
        var all = ByteBuffer.allocate(end + Integer.BYTES);
        Header.write(component, all);
        all.put(body.duplicate());
        return all.putInt(crc(all.array(), end)).flip();
    }

    private static int crc(byte[] bytes, int end) {
        var crc = new CRC32C();
        crc.update(bytes, 0, end);
        return (int) crc.getValue();
    }

    static CorruptFile malformed(String path, ByteBuffer body, Exception why) {
        return Header.corrupt(path, Header.BYTES + body.position(), String.valueOf(why.getMessage()));
    }
}
