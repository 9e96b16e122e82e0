package io.ringsim.storage.sstable;

import io.ringsim.data.TableOptions.Compression;
import io.ringsim.storage.codec.Malformed;
import io.ringsim.storage.disk.CorruptFile;
import io.ringsim.storage.disk.Disk;
import io.ringsim.storage.disk.DiskFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;

/** An open {@link Component#DATA} file, chunk by chunk. For any number of threads. */
final class DataFile implements Closeable {
    private static final AtomicLong OPENED = new AtomicLong();

    /** Which of all files opened; from 1 on. */
    private final long number = OPENED.incrementAndGet();

    private final FileView file;
    private final Compression compression;
    private final ChunkTable table;

    private DataFile(FileView file, Compression compression, ChunkTable table) {
        this.file = file;
        this.compression = compression;
        this.table = table;
    }

    static DataHeader header(Disk disk, String path) throws IOException {
        try (var file = disk.openRead(path)) {
            if (file.size() < DataHeader.BYTES) {
                throw Header.corrupt(path, file.size(), "it ends within its header");
            }
            var buffer = ByteBuffer.allocate(DataHeader.BYTES);
            file.readFully(buffer, 0);
            return DataHeader.read(buffer.flip(), path);
        }
    }

    static DataFile open(Disk disk, String path, Compression compression, ChunkTable table) throws IOException {
        var file = FileView.of(disk.openRead(path));
        if (file.size() != table.fileSize()) {
            file.close();
            throw Header.corrupt(
                    path,
                    Math.min(file.size(), table.fileSize()),
                    "it has " + file.size() + " bytes, its chunks " + table.fileSize());
        }
        return new DataFile(file, compression, table);
    }

    Compression compression() {
        return compression;
    }

    /** The file as it is stored. */
    DiskFile file() {
        return file.file();
    }

    ChunkTable table() {
        return table;
    }

    String path() {
        return file.path();
    }

    /** The content of a chunk, checked; valid until the next is read with the same buffers. Its position is anywhere. */
    ByteBuffer chunk(int index, ReadBuffers buffers) throws IOException {
        var known = buffers.remembered(number, index);
        return known != null ? known : buffers.remember(number, index, read(index, buffers));
    }

    private ByteBuffer read(int index, ReadBuffers buffers) throws IOException {
        long offset = table.offset(index);
        int storedLength = table.storedLength(index);
        int plainLength = table.plainLength(index);
        try {
            var stored = file.part(offset, storedLength + ChunkTable.CHECK_BYTES, buffers);
            int expected = stored.getInt(stored.position() + storedLength);
            stored.limit(stored.position() + storedLength);
            if (buffers.crc(stored.duplicate()) != expected) {
                throw Header.corrupt(file.path(), offset, "the checksum of chunk " + index + " does not match");
            }
            if (storedLength == plainLength) {
                return stored.slice();
            }
            var plain = buffers.plain(plainLength);
            buffers.compressor(compression).decompress(stored, plain, plainLength);
            return ByteBuffer.wrap(plain, 0, plainLength).slice();
        } catch (Malformed why) {
            throw Header.corrupt(file.path(), offset, "chunk " + index + ": " + why.getMessage());
        } catch (InternalError fault) {
            throw new IOException(file.path() + " at " + offset + ": the disk failed to read; check it", fault);
        }
    }

    /** What to tell of bytes that are as they were written and still wrong. */
    CorruptFile corrupt(long position, String what) {
        int chunk = Math.min(table.chunkAt(Math.max(0, position)), table.chunks());
        return Header.corrupt(
                file.path(), table.offset(chunk), what + " at position " + position + " of the uncompressed data");
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
