package io.ringsim.ring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * MurmurHash3 x64 128 with seed 0, with the peculiarity that Cassandra can no longer mend: the bytes after the last
 * whole block of 16 are sign-extended, so that keys with such bytes of 0x80 and more hash unlike elsewhere.
 */
final class MurmurHash3 {
    private static final VarHandle LITTLE_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long C1 = 0x87c37b91114253d5L;
    private static final long C2 = 0x4cf5ad432745937fL;
    private static final int BLOCK = 2 * Long.BYTES;

    private MurmurHash3() {}

    static long first64Bits(byte[] key) {
        long h1 = 0;
        long h2 = 0;
        int tail = key.length / BLOCK * BLOCK;
        for (int at = 0; at < tail; at += BLOCK) {
            h1 ^= mixFirst((long) LITTLE_ENDIAN.get(key, at));
            h1 = (Long.rotateLeft(h1, 27) + h2) * 5 + 0x52dce729;
            h2 ^= mixSecond((long) LITTLE_ENDIAN.get(key, at + Long.BYTES));
            h2 = (Long.rotateLeft(h2, 31) + h1) * 5 + 0x38495ab5;
        }
        h2 ^= mixSecond(signExtended(key, tail + Long.BYTES, key.length));
        h1 ^= mixFirst(signExtended(key, tail, Math.min(tail + Long.BYTES, key.length)));
        h1 ^= key.length;
        h2 ^= key.length;
        h1 += h2;
        h2 += h1;
        return finish(h1) + finish(h2);
    }

    private static long signExtended(byte[] key, int from, int to) {
        long bits = 0;
        for (int at = from; at < to; at++) {
            bits ^= (long) key[at] << ((at - from) * Byte.SIZE);
        }
        return bits;
    }

    private static long mixFirst(long k) {
        return Long.rotateLeft(k * C1, 31) * C2;
    }

    private static long mixSecond(long k) {
        return Long.rotateLeft(k * C2, 33) * C1;
    }

    private static long finish(long k) {
        long mixed = (k ^ (k >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }
}
