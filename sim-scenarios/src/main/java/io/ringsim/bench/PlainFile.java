package io.ringsim.bench;

import io.ringsim.runtime.RealWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32C;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/** The least work there is in writing rows to a file that is safe in the end: the limit for whoever writes them better. */
@RealWorld("is the reference, and makes written bytes safe beside writing more")
final class PlainFile {
    private static final int BLOCK = 16 << 10;
    private static final int STRIDE = 16 << 20;

    private PlainFile() {}

    /**
     * Appends rows one after another, with a CRC32C of each; hands over to the system whenever a buffer is full, and forces
     * every two buffers beside.
     */
    static void append(SampleRows rows, Path path, int bufferBytes) {
        var check = new CRC32C();
        var buffer = ByteBuffer.allocateDirect(bufferBytes);
        var forcing = CompletableFuture.completedFuture(true);
        int drained = 0;
        try (var file = open(path)) {
            for (int i = 0; i < rows.count(); i++) {
                int length = rows.key(i).length + rows.value(i).length;
                if (buffer.remaining() < length + Integer.BYTES) {
                    drain(buffer, file);
                    drained++;
                    if (drained % 2 == 0) {
                        forcing = forcing.thenApplyAsync(before -> force(file));
                    }
                }
                int start = buffer.position();
                buffer.put(rows.key(i)).put(rows.value(i));
                check.reset();
                check.update(buffer.duplicate().flip().position(start));
                buffer.putInt((int) check.getValue());
            }
            drain(buffer, file);
            forcing.join();
            file.force(false);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** A file of zeros with room for rows that are to be appended, so that its size does not change any more. */
    static FileChannel room(SampleRows rows, Path path) {
        try {
            var file = open(path);
            var zeros = ByteBuffer.allocateDirect(1 << 20);
            for (long left = rows.bytes() + (long) rows.count() * Integer.BYTES; left > 0; left -= zeros.capacity()) {
                drain(zeros.position(zeros.capacity()), file);
            }
            file.force(true);
            return file.position(0);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Appends rows one after another, each with its CRC32C and made safe before the next, to a file that has room for them. */
    static void appendEach(SampleRows rows, FileChannel file) {
        var check = new CRC32C();
        var buffer = ByteBuffer.allocateDirect(BLOCK);
        try {
            for (int i = 0; i < rows.count(); i++) {
                buffer.put(rows.key(i)).put(rows.value(i));
                check.reset();
                check.update(buffer.duplicate().flip());
                drain(buffer.putInt((int) check.getValue()), file);
                file.force(false);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static void close(FileChannel file) {
        try {
            file.close();
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

    /** Where the blocks of a file of {@link #compress} end. */
    record Compressed(Path path, List<Integer> ends) {}

    /** Writes rows in blocks of 16 KiB, each compressed by LZ4 and followed by its CRC32C, forcing every 16 MiB beside. */
    static Compressed compress(SampleRows rows, int from, int to, Path path) {
        try (var file = open(path)) {
            var blocks = new Blocks(file);
            for (int i = from; i < to; i++) {
                blocks.room(rows.key(i).length + rows.value(i).length)
                        .put(rows.key(i))
                        .put(rows.value(i));
            }
            blocks.finish();
            return new Compressed(path, blocks.ends);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Reads such files, checks and decompresses their blocks, and writes one of all: of each file a block by turns. */
    static void copy(List<Compressed> inputs, Path path) {
        var plain = new byte[BLOCK];
        try (var file = open(path)) {
            var blocks = new Blocks(file);
            var sources = new ArrayList<Source>();
            for (var input : inputs) {
                sources.add(Source.of(input));
            }
            int most = sources.stream().mapToInt(Source::count).max().orElse(0);
            for (int i = 0; i < most; i++) {
                for (var source : sources) {
                    int length = i < source.count() ? source.read(i, plain) : 0;
                    blocks.room(length).put(plain, 0, length);
                }
            }
            blocks.finish();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private record Source(ByteBuffer file, List<Integer> ends, CRC32C check, LZ4SafeDecompressor decompressor) {
        static Source of(Compressed input) throws IOException {
            try (var channel = FileChannel.open(input.path(), StandardOpenOption.READ)) {
                var mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
                return new Source(
                        mapped,
                        input.ends(),
                        new CRC32C(),
                        LZ4Factory.fastestInstance().safeDecompressor());
            }
        }

        int count() {
            return ends.size();
        }

        int read(int block, byte[] into) throws IOException {
            int start = block == 0 ? 0 : ends.get(block - 1);
            int length = ends.get(block) - Integer.BYTES - start;
            check.reset();
            check.update(file.slice(start, length));
            if (file.getInt(start + length) != (int) check.getValue()) {
                throw new IOException("block " + block + " is not what was written");
            }
            return decompressor.decompress(file, start, length, ByteBuffer.wrap(into), 0, into.length);
        }
    }

    @RealWorld("is the reference, and makes written bytes safe beside writing more")
    private static final class Blocks {
        private final LZ4Compressor compressor = LZ4Factory.fastestInstance().fastCompressor();
        private final CRC32C check = new CRC32C();
        private final ByteBuffer block = ByteBuffer.allocate(BLOCK);
        private final ByteBuffer output = ByteBuffer.allocate(1 << 20);
        private final int most = compressor.maxCompressedLength(BLOCK) + Integer.BYTES;
        private final List<Integer> ends = new ArrayList<>();
        private final FileChannel file;
        private int written;
        private int unforced;
        private CompletableFuture<Boolean> forcing = CompletableFuture.completedFuture(true);

        private Blocks(FileChannel file) {
            this.file = file;
        }

        ByteBuffer room(int bytes) throws IOException {
            if (block.remaining() < bytes) {
                writeBlock();
            }
            return block;
        }

        private void writeBlock() throws IOException {
            if (output.remaining() < most) {
                write();
            }
            int start = output.position();
            int length = compressor.compress(block.array(), 0, block.position(), output.array(), start);
            check.reset();
            check.update(output.array(), start, length);
            output.position(start + length).putInt((int) check.getValue());
            ends.add(written + output.position());
            block.clear();
        }

        private void write() throws IOException {
            written += output.position();
            unforced += output.position();
            drain(output, file);
            if (unforced >= STRIDE) {
                unforced = 0;
                forcing = forcing.thenApplyAsync(before -> force(file));
            }
        }

        private void finish() throws IOException {
            writeBlock();
            write();
            forcing.join();
            force(file);
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
