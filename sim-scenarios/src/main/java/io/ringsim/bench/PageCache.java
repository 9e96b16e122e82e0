package io.ringsim.bench;

import io.ringsim.runtime.RealWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/**
 * A load that in every other round finds memory that was in use a moment ago. A virtual machine may have given back to its
 * host what was freed; who takes it first then pays for that several times what writing costs, and whom that meets depends
 * on how each takes memory. So each has rounds of both kinds, and the best counts.
 */
@RealWorld("writes to the page cache")
final class PageCache implements Alternation.Load {
    /** As much at once as the bare programs write, for the system takes and frees memory in such pieces too. */
    private static final int PIECE = 1 << 20;

    private final long bytes;
    private final Alternation.Load load;
    private boolean warm;

    private PageCache(long bytes, Alternation.Load load) {
        this.bytes = bytes;
        this.load = load;
    }

    /** The load, which in every other round finds so much memory. */
    static Alternation.Load warm(long bytes, Alternation.Load load) {
        return new PageCache(bytes, load);
    }

    @Override
    public Alternation.Work prepare() {
        var work = load.prepare();
        warm = !warm;
        if (warm) {
            use();
        }
        return work;
    }

    private void use() {
        var piece = ByteBuffer.allocateDirect(PIECE);
        try (var folder = BenchFolder.fresh("memory");
                var file = FileChannel.open(
                        folder.path().resolve("memory"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (long at = 0; at < bytes; at += PIECE) {
                file.write(piece.clear(), at);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
