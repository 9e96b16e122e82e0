package io.ringsim.storage.sstable;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.ringsim.storage.codec.Malformed;
import java.nio.ByteBuffer;

/** Zstandard frames of level 1, without a checksum of their own. */
final class Zstandard implements Compressor {
    private static final int LEVEL = 1;

    private byte[] stored = {};

    Zstandard() {
        // The library is loaded here, where its absence is told, rather than at the first chunk.
        Zstd.compressBound(0);
    }

    @Override
    public int maxCompressedLength(int length) {
        return Math.toIntExact(Zstd.compressBound(length));
    }

    @Override
    public int compress(byte[] from, int offset, int length, byte[] to, int toOffset) {
        long compressed = Zstd.compressByteArray(to, toOffset, to.length - toOffset, from, offset, length, LEVEL);
        if (Zstd.isError(compressed)) {
            throw new IllegalStateException("zstd does not compress: " + Zstd.getErrorName(compressed));
        }
        return (int) compressed;
    }

    @Override
    public void decompress(ByteBuffer from, byte[] to, int length) throws Malformed {
        int size = from.remaining();
        if (stored.length < size) {
            stored = new byte[size];
        }
        from.duplicate().get(stored, 0, size);
        long filled;
        try {
            filled = Zstd.decompressByteArray(to, 0, length, stored, 0, size);
        } catch (ZstdException refused) {
            throw new Malformed("a chunk is no Zstandard: " + refused.getMessage());
        }
        if (Zstd.isError(filled)) {
            throw new Malformed("a chunk is no Zstandard: " + Zstd.getErrorName(filled));
        }
        if (filled != length) {
            throw new Malformed("a chunk holds " + filled + " bytes instead of " + length);
        }
    }
}
