package io.ringsim.storage.sstable;

import io.ringsim.data.Bytes;
import io.ringsim.data.Key;
import io.ringsim.ring.Token.LongToken;
import io.ringsim.storage.disk.CorruptFile;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A Bloom filter of keys in blocks of 512 bits: all bits of a key are in one block, which is one line of the processor's
 * cache.
 *
 * <p>A key's hash is mixed from its Murmur3 token, or from its bytes under other partitioners. The upper half of the hash
 * chooses the block; nine bits at a time of the hash mixed again choose bits in it, seven of them before it is mixed once
 * more.
 */
final class BloomFilter {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int BLOCK_BYTES = 64;
    private static final int BLOCK_BITS = 8 * BLOCK_BYTES;
    private static final int BIT_INDEX = 9;
    private static final int DRAWS = Long.SIZE / BIT_INDEX;
    private static final int MAX_BLOCKS = (SmallFile.LIMIT - 64) / BLOCK_BYTES;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final int probes;
    private final int blocks;
    private final byte[] bits;

    private BloomFilter(int probes, byte[] bits) {
        this.probes = probes;
        this.blocks = bits.length / BLOCK_BYTES;
        this.bits = bits;
    }

    /**
     * An empty filter.
     *
     * @param keys how many it is going to hold; more make more false positives
     * @param chance of a false positive, above 0, below 1
     */
    static BloomFilter sized(long keys, double chance) {
        var sizing = BloomSizing.of(chance);
        long wanted = (long) Math.ceil(Math.max(1, keys) * sizing.bitsPerKey() / BLOCK_BITS);
        int blocks = (int) Math.min(MAX_BLOCKS, Math.max(1, wanted));
        return new BloomFilter(sizing.probes(), new byte[blocks * BLOCK_BYTES]);
    }

    void add(Key key) {
        long hash = hash(key);
        int block = block(hash);
        long draws = hash;
        for (int i = 0; i < probes; i++) {
            draws = i % DRAWS == 0 ? mix(draws + GOLDEN) : draws >>> BIT_INDEX;
            int bit = (int) draws & (BLOCK_BITS - 1);
            int at = block + (bit >>> 6) * Long.BYTES;
            LONGS.set(bits, at, (long) LONGS.get(bits, at) | 1L << bit);
        }
    }

    /** False only if it was never added. */
    boolean mayContain(Key key) {
        long hash = hash(key);
        int block = block(hash);
        long draws = hash;
        for (int i = 0; i < probes; i++) {
            draws = i % DRAWS == 0 ? mix(draws + GOLDEN) : draws >>> BIT_INDEX;
            int bit = (int) draws & (BLOCK_BITS - 1);
            if (((long) LONGS.get(bits, block + (bit >>> 6) * Long.BYTES) & 1L << bit) == 0) {
                return false;
            }
        }
        return true;
    }

    private int block(long hash) {
        return (int) (((hash >>> 32) * blocks) >>> 32) * BLOCK_BYTES;
    }

    private static long hash(Key key) {
        return key.token() instanceof LongToken hashed ? mix(hashed.value()) : hash(key.bytes());
    }

    private static long hash(Bytes key) {
        long hash = key.size() * GOLDEN;
        int at = 0;
        for (; at + Long.BYTES <= key.size(); at += Long.BYTES) {
            hash = mix(hash ^ key.longAt(at));
        }
        long rest = 0;
        for (; at < key.size(); at++) {
            rest = rest << Byte.SIZE | (key.at(at) & 0xFF);
        }
        return mix(hash ^ rest);
    }

    /** The finalizer of MurmurHash3. */
    private static long mix(long value) {
        long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }

    /** {@code int probes, int blocks, blocks}. */
    ByteBuffer write() {
        return ByteBuffer.allocate(2 * Integer.BYTES + bits.length)
                .putInt(probes)
                .putInt(blocks)
                .put(bits)
                .flip();
    }

    static BloomFilter read(ByteBuffer body, String path) throws CorruptFile {
        if (body.remaining() < 2 * Integer.BYTES) {
            throw Header.corrupt(path, Header.BYTES, "it is cut off");
        }
        int probes = body.getInt();
        int blocks = body.getInt();
        if (probes < 1
                || probes > BloomSizing.MAX_PROBES
                || blocks < 1
                || (long) blocks * BLOCK_BYTES != body.remaining()) {
            throw Header.corrupt(
                    path, Header.BYTES, blocks + " blocks and " + probes + " probes are not what its size holds");
        }
        var bits = new byte[body.remaining()];
        body.get(bits);
        return new BloomFilter(probes, bits);
    }
}
