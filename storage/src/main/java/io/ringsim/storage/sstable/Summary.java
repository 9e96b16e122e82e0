package io.ringsim.storage.sstable;

import io.ringsim.data.Bytes;
import io.ringsim.data.Key;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.Token;
import io.ringsim.storage.codec.Malformed;
import io.ringsim.storage.codec.TokenPrefix;
import io.ringsim.storage.codec.Varint;
import io.ringsim.storage.disk.CorruptFile;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * The first key of each block of the index, in arrays.
 *
 * <p>As {@link Component#SUMMARY}: {@code varint interval, varint blocks}, and for each block {@code bytes key, varint
 * offset} from the one before, {@code varint length, int check} of its piece of the index and {@code varint position} of its
 * first partition from that of the one before.
 */
final class Summary {
    /** Keys of a block but the last, which may have fewer. */
    static final int INTERVAL = 128;

    private final Partitioner partitioner;
    private int size;
    /** Tokens as numbers that grow with them, though not strictly under all partitioners. */
    private long[] prefixes;

    private long[] offsets;
    private int[] lengths;
    private int[] checks;
    private long[] positions;
    private int[] keyEnds;
    private byte[] keys;

    Summary(Partitioner partitioner, int capacity) {
        this.partitioner = partitioner;
        prefixes = new long[capacity];
        offsets = new long[capacity];
        lengths = new int[capacity];
        checks = new int[capacity];
        positions = new long[capacity];
        keyEnds = new int[capacity];
        keys = new byte[capacity * 16];
    }

    void add(Bytes key, Token token, long offset, int length, int check, long position) {
        if (size == prefixes.length) {
            int larger = Math.max(16, 2 * size);
            prefixes = Arrays.copyOf(prefixes, larger);
            offsets = Arrays.copyOf(offsets, larger);
            lengths = Arrays.copyOf(lengths, larger);
            checks = Arrays.copyOf(checks, larger);
            positions = Arrays.copyOf(positions, larger);
            keyEnds = Arrays.copyOf(keyEnds, larger);
        }
        int start = keyStart(size);
        int end = Math.addExact(start, key.size());
        if (end > keys.length) {
            keys = Arrays.copyOf(keys, Math.max(end, 2 * keys.length));
        }
        key.writeTo(ByteBuffer.wrap(keys, start, key.size()));
        prefixes[size] = TokenPrefix.of(token);
        offsets[size] = offset;
        lengths[size] = length;
        checks[size] = check;
        positions[size] = position;
        keyEnds[size] = end;
        size++;
    }

    private int keyStart(int block) {
        return block == 0 ? 0 : keyEnds[block - 1];
    }

    Partitioner partitioner() {
        return partitioner;
    }

    int size() {
        return size;
    }

    /** Where in the index the block is. */
    long offset(int block) {
        return offsets[block];
    }

    int length(int block) {
        return lengths[block];
    }

    int check(int block) {
        return checks[block];
    }

    /** Where in the data the block's first partition begins. */
    long position(int block) {
        return positions[block];
    }

    Key key(int block) {
        int start = keyStart(block);
        return Key.of(partitioner, Bytes.read(ByteBuffer.wrap(keys).position(start), keyEnds[block] - start));
    }

    /** The block that holds the key if any does; -1 if the key comes before all. */
    int blockOf(Key key) {
        return last(TokenPrefix.of(key.token()), block -> key(block).compareTo(key) <= 0);
    }

    /** The last block that begins with a key whose token is not after that one; -1 if none does. */
    int blockOf(Token token) {
        return last(TokenPrefix.of(token), block -> key(block).token().compareTo(token) <= 0);
    }

    /** The block of the partition that begins at that position of the data. */
    int blockAt(long position) {
        int found = Arrays.binarySearch(positions, 0, size, position);
        return found >= 0 ? found : Math.max(0, -found - 2);
    }

    /** The last block of a smaller prefix, or of the same and {@code included}. */
    private int last(long prefix, IntPredicate included) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (prefixes[middle] < prefix || (prefixes[middle] == prefix && included.test(middle))) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    ByteBuffer write() {
        var to = ByteBuffer.allocate(Math.addExact(32, Math.addExact(Math.multiplyExact(size, 44), keyStart(size))));
        Varint.put(to, INTERVAL);
        Varint.put(to, size);
        for (int i = 0; i < size; i++) {
            int start = keyStart(i);
            Varint.put(to, keyEnds[i] - start);
            to.put(keys, start, keyEnds[i] - start);
            Varint.put(to, offsets[i] - (i == 0 ? 0 : offsets[i - 1]));
            Varint.put(to, lengths[i]);
            to.putInt(checks[i]);
            Varint.put(to, positions[i] - (i == 0 ? 0 : positions[i - 1]));
        }
        return to.flip();
    }

    /**
     * Reads it.
     *
     * @param indexSize bytes of the index, which all blocks are in
     * @param partitions how many there are, which all blocks together hold
     */
    static Summary read(ByteBuffer from, Partitioner partitioner, long indexSize, long partitions, String path)
            throws CorruptFile {
        try {
            int interval = Varint.getInt(from, Integer.MAX_VALUE);
            int blocks = Varint.getInt(from, from.remaining());
            if (interval != INTERVAL || blocks != (partitions + INTERVAL - 1) / INTERVAL) {
                throw new Malformed(
                        blocks + " blocks of " + interval + " keys are not the " + partitions + " partitions");
            }
            var read = new Summary(partitioner, blocks);
            long offset = 0;
            long position = 0;
            for (int i = 0; i < blocks; i++) {
                var key = Varint.getBytes(from);
                offset += Varint.get(from);
                int length = Varint.getInt(from, Integer.MAX_VALUE);
                int check = (int) ((long) Varint.getByte(from) << 24
                        | Varint.getByte(from) << 16
                        | Varint.getByte(from) << 8
                        | Varint.getByte(from));
                position += Varint.get(from);
                if (offset < Header.BYTES
                        || length < IndexFile.MIN_PIECE
                        || offset > indexSize - length
                        || position < 0) {
                    throw new Malformed(
                            "a block of " + length + " bytes at " + offset + " is not in an index of " + indexSize);
                }
                read.add(key, Key.of(partitioner, key).token(), offset, length, check, position);
            }
            if (from.hasRemaining()) {
                throw new Malformed("there are " + from.remaining() + " bytes after the last block");
            }
            return read;
        } catch (Malformed | IllegalArgumentException why) {
            throw SmallFile.malformed(path, from, why);
        }
    }
}
