package io.ringsim.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/**
 * Memory for the pages of files that are about to be written. A virtual machine gives what is free for a few seconds back to
 * its host, and gets it again page by page, as it is touched: that can take more time than what is measured, and meets whoever
 * writes after a pause. So such pages are touched before.
 */
final class WarmPages {
    private static final int PIECE = 1 << 20;

    private WarmPages() {}

    /** Writes so many bytes to a file, and deletes it. */
    static void of(long bytes) {
        try (var folder = BenchFolder.fresh("warm");
                var file = FileChannel.open(
                        folder.path().resolve("warm"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var zeros = ByteBuffer.allocateDirect(PIECE);
            for (long written = 0; written < bytes; ) {
                written += file.write(zeros.clear());
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** With pages for so many bytes got ready before each run. */
    static Alternation.Load before(Alternation.Load load, long bytes) {
        return () -> {
            var work = load.prepare();
            of(bytes);
            return work;
        };
    }
}
