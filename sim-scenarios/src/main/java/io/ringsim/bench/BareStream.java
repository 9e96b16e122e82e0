package io.ringsim.bench;

import io.ringsim.runtime.RealWorld;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.zip.CRC32C;

/**
 * The least work there is in moving files from one process to another so that they are safe in the end, and right: from the
 * page cache to the socket at one end; at the other into a buffer, its checksum, a write, making safe what is written while
 * more arrives, and the end of one file while the next arrives.
 */
@RealWorld("is the reference, and moves real bytes")
final class BareStream {
    private static final int BUFFER = 1 << 20;
    private static final int STRIDE = 8 << 20;

    private BareStream() {}

    /** Sends each file's length and its bytes; waits until the receiver has them. */
    static void send(SocketChannel socket, List<Path> files) throws IOException {
        var word = ByteBuffer.allocate(Long.BYTES);
        for (var path : files) {
            try (var file = FileChannel.open(path, StandardOpenOption.READ)) {
                long size = file.size();
                write(socket, word.clear().putLong(size).flip());
                for (long at = 0; at < size; ) {
                    at += file.transferTo(at, size - at, socket);
                }
            }
        }
        if (socket.read(word.clear().limit(1)) < 1) {
            throw new EOFException("the receiver did not say that it is done");
        }
    }

    private static void write(SocketChannel socket, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            socket.write(bytes);
        }
    }

    /** Receives so many files into a directory, and says when they are safe. */
    static long receive(SocketChannel socket, Path directory, int files, ExecutorService helpers) throws IOException {
        var buffer = ByteBuffer.allocateDirect(BUFFER);
        var word = ByteBuffer.allocate(Long.BYTES);
        var ending = CompletableFuture.completedFuture(true);
        long all = 0;
        for (int i = 0; i < files; i++) {
            fill(socket, word.clear());
            long size = word.flip().getLong();
            var file = FileChannel.open(
                    directory.resolve(String.valueOf(i)), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            var forcing = receive(socket, file, size, buffer, helpers);
            ending.join();
            ending = forcing.thenApplyAsync(done -> end(file), helpers);
            all += size;
        }
        ending.join();
        write(socket, word.clear().put((byte) 1).flip());
        return all;
    }

    private static CompletableFuture<Boolean> receive(
            SocketChannel socket, FileChannel file, long size, ByteBuffer buffer, ExecutorService helpers)
            throws IOException {
        var check = new CRC32C();
        var forcing = CompletableFuture.completedFuture(true);
        long unforced = 0;
        for (long at = 0; at < size; ) {
            fill(socket, buffer.clear().limit((int) Math.min(BUFFER, size - at)));
            check.update(buffer.flip());
            buffer.flip();
            unforced += buffer.remaining();
            while (buffer.hasRemaining()) {
                at += file.write(buffer, at);
            }
            if (unforced >= STRIDE && forcing.isDone()) {
                unforced = 0;
                forcing = CompletableFuture.supplyAsync(() -> force(file, false), helpers);
            }
        }
        if (check.getValue() == 0) {
            throw new EOFException("no content has this checksum");
        }
        return forcing;
    }

    private static void fill(SocketChannel socket, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            if (socket.read(buffer) < 0) {
                throw new EOFException("the sender is gone");
            }
        }
    }

    private static boolean force(FileChannel file, boolean metadata) {
        try {
            file.force(metadata);
            return true;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static boolean end(FileChannel file) {
        try (file) {
            return force(file, true);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
