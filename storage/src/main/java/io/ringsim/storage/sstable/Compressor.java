package io.ringsim.storage.sstable;

import io.ringsim.data.TableOptions.Compression;
import io.ringsim.storage.codec.Malformed;
import java.nio.ByteBuffer;

/** Makes chunks smaller and large again. Not for several threads at once. */
interface Compressor {
    /** The most bytes that so many may become. */
    int maxCompressedLength(int length);

    /** Compresses into an array that has room for {@link #maxCompressedLength}; returns the compressed length. */
    int compress(byte[] from, int offset, int length, byte[] to, int toOffset);

    /**
     * Fills the first {@code length} bytes of {@code to} from all that remains in the buffer.
     *
     * @throws Malformed when that is not what was compressed
     */
    void decompress(ByteBuffer from, byte[] to, int length) throws Malformed;

    /**
     * The compressor of a kind.
     *
     * @param portable whether it gives the same bytes on every machine, whatever native library there is
     * @throws IllegalStateException when its library is not on the class path; the message names it
     */
    static Compressor of(Compression kind, boolean portable) {
        try {
            return switch (kind) {
                case NONE -> new Stored();
                case LZ4 -> new Lz4(portable);
                case ZSTD -> new Zstandard();
            };
        } catch (NoClassDefFoundError missing) {
            throw new IllegalStateException(
                    "no " + kind + " on the class path; add "
                            + (kind == Compression.LZ4 ? "at.yawk.lz4:lz4-java" : "com.github.luben:zstd-jni"),
                    missing);
        }
    }

    /** Leaves chunks as they are. */
    final class Stored implements Compressor {
        @Override
        public int maxCompressedLength(int length) {
            return length;
        }

        @Override
        public int compress(byte[] from, int offset, int length, byte[] to, int toOffset) {
            System.arraycopy(from, offset, to, toOffset, length);
            return length;
        }

        @Override
        public void decompress(ByteBuffer from, byte[] to, int length) throws Malformed {
            throw new Malformed("a chunk of an uncompressed table is compressed");
        }
    }
}
