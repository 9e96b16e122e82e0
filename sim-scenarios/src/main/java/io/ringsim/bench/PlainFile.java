package io.ringsim.bench;

import io.ringsim.runtime.RealWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32C;
import net.jpountz.lz4.LZ4Factory;

/** The least work there is in writing rows to a file that is safe in the end: the limit for whoever writes them better. */
@RealWorld("is the reference, and makes written bytes safe beside writing more")
final class PlainFile {
    private static final int BLOCK = 16 << 10;
    private static final int STRIDE = 16 << 20;

    private PlainFile() {}

    /** Appends rows one after another, with a CRC32C of each; hands over to the system whenever a buffer is full. */
    static void append(SampleRows rows, Path path, int bufferBytes) {
        var check = new CRC32C();
        var buffer = ByteBuffer.allocateDirect(bufferBytes);
        try (var file = open(path)) {
            for (int i = 0; i < rows.count(); i++) {
                int length = rows.key(i).length + rows.value(i).length;
                if (buffer.remaining() < length + Integer.BYTES) {
                    drain(buffer, file);
                }
                int start = buffer.position();
                buffer.put(rows.key(i)).put(rows.value(i));
                check.reset();
                check.update(buffer.duplicate().flip().position(start));
                buffer.putInt((int) check.getValue());
            }
            drain(buffer, file);
            file.force(false);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static FileChannel open(Path path) throws IOException {
        return FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    private static void drain(ByteBuffer buffer, FileChannel file) throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            file.write(buffer);
        }
        buffer.clear();
    }

    /** Writes rows in blocks of 16 KiB, each compressed by LZ4 and followed by its CRC32C, forcing every 16 MiB beside. */
    static void compress(SampleRows rows, Path path) {
        var compressor = LZ4Factory.fastestInstance().fastCompressor();
        var check = new CRC32C();
        var block = ByteBuffer.allocate(BLOCK);
        var output = ByteBuffer.allocate(1 << 20);
        int most = compressor.maxCompressedLength(BLOCK) + Integer.BYTES;
        long unforced = 0;
        var forcing = CompletableFuture.completedFuture(true);
        try (var file = open(path)) {
            for (int i = 0; i <= rows.count(); i++) {
                boolean last = i == rows.count();
                if (!last && block.remaining() >= rows.key(i).length + rows.value(i).length) {
                    block.put(rows.key(i)).put(rows.value(i));
                    continue;
                }
                int start = output.position();
                int length = compressor.compress(block.array(), 0, block.position(), output.array(), start);
                check.reset();
                check.update(output.array(), start, length);
                output.position(start + length).putInt((int) check.getValue());
                block.clear();
                if (last || output.remaining() < most) {
                    unforced += output.position();
                    drain(output, file);
                }
                if (unforced >= STRIDE) {
                    unforced = 0;
                    forcing = forcing.thenApplyAsync(before -> force(file));
                }
                i -= last ? 0 : 1;
            }
            forcing.join();
            force(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static boolean force(FileChannel file) {
        try {
            file.force(true);
            return true;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Reads files as they are, with the CRC32C of all. */
    static long read(Iterable<Path> paths) {
        var check = new CRC32C();
        var buffer = ByteBuffer.allocateDirect(1 << 20);
        long bytes = 0;
        for (var path : paths) {
            try (var file = FileChannel.open(path, StandardOpenOption.READ)) {
                while (file.read(buffer.clear()) >= 0) {
                    bytes += buffer.position();
                    check.update(buffer.flip());
                }
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
        return bytes;
    }
}
