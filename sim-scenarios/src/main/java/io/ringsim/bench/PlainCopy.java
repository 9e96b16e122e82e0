package io.ringsim.bench;

import io.ringsim.runtime.RealWorld;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.zip.CRC32C;

/**
 * The least work there is in copying files within one process so that the copies are right, and safe in the end: into a
 * buffer, its checksum, a write, and making safe what is written while more is read.
 */
@RealWorld("is the reference, and makes written bytes safe beside writing more")
record PlainCopy(List<Path> files, ExecutorService helpers) implements Alternation.Load {
    private static final int BUFFER = 1 << 20;
    private static final int STRIDE = 8 << 20;

    PlainCopy {
        files = List.copyOf(files);
    }

    @Override
    public Alternation.Work prepare() {
        var folder = BenchFolder.fresh("copy");
        return new Alternation.Work() {
            @Override
            public long run() {
                return copy(folder.path());
            }

            @Override
            public void finish() {
                folder.close();
            }
        };
    }

    private long copy(Path directory) {
        var buffer = ByteBuffer.allocateDirect(BUFFER);
        long bytes = 0;
        for (int i = 0; i < files.size(); i++) {
            try (var from = FileChannel.open(files.get(i), StandardOpenOption.READ);
                    var to = FileChannel.open(
                            directory.resolve(String.valueOf(i)),
                            StandardOpenOption.CREATE_NEW,
                            StandardOpenOption.WRITE)) {
                bytes += copy(from, to, buffer);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
        return bytes;
    }

    private long copy(FileChannel from, FileChannel to, ByteBuffer buffer) throws IOException {
        var check = new CRC32C();
        var forcing = CompletableFuture.completedFuture(true);
        long at = 0;
        long forced = 0;
        while (from.read(buffer.clear(), at) > 0) {
            check.update(buffer.flip());
            buffer.flip();
            while (buffer.hasRemaining()) {
                at += to.write(buffer, at);
            }
            if (at - forced >= STRIDE && forcing.isDone()) {
                forced = at;
                forcing = CompletableFuture.supplyAsync(() -> force(to, false), helpers);
            }
        }
        if (check.getValue() == 0) {
            throw new EOFException("no content has this checksum");
        }
        forcing.join();
        force(to, true);
        return at;
    }

    private static boolean force(FileChannel file, boolean metadata) {
        try {
            file.force(metadata);
            return true;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
