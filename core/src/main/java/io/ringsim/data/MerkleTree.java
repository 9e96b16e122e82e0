package io.ringsim.data;

import io.ringsim.ring.Partitioner;
import io.ringsim.ring.Token;
import io.ringsim.ring.TokenRange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Hashes of what a range holds, over halves of it, halves of those and so on: two replicas compare theirs from the top and
 * find the parts in which they differ without looking at the rest. [utils/MerkleTree]
 *
 * <p>What is hashed under a leaf is added up, so the order in which partitions come does not matter.
 */
public final class MerkleTree {
    /** A hundred thousand leaves tell more than a repair can use. */
    public static final int MAX_DEPTH = 20;

    private static final int HASH_LONGS = 2;

    private final TokenRange range;
    private final int depth;
    /** The right ends of all leaves but the last, in the order of the range. */
    private final List<Token> bounds;
    /** Two numbers a node, the root first, then its children; the leaves are the second half. */
    private final long[] hashes;

    private MerkleTree(TokenRange range, int depth, List<Token> bounds) {
        this.range = range;
        this.depth = depth;
        this.bounds = bounds;
        this.hashes = new long[HASH_LONGS << (depth + 1)];
    }

    /**
     * A tree over nothing yet.
     *
     * @param range that does not wrap
     * @param depth of the leaves, 0 to {@link #MAX_DEPTH}; less if the range cannot be halved so often
     */
    public static MerkleTree over(TokenRange range, Partitioner partitioner, int depth) {
        if (depth < 0 || depth > MAX_DEPTH) {
            throw new IllegalArgumentException("a Merkle tree is 0 to " + MAX_DEPTH + " deep, not " + depth);
        }
        var ranges = List.of(range);
        int reached = 0;
        while (reached < depth) {
            var halves = new ArrayList<TokenRange>(ranges.size() * 2);
            for (var each : ranges) {
                var middle = partitioner.midpoint(each.left(), each.right());
                if (middle.equals(each.left()) || middle.equals(each.right())) {
                    return tree(range, reached, ranges);
                }
                halves.add(new TokenRange(each.left(), middle));
                halves.add(new TokenRange(middle, each.right()));
            }
            ranges = halves;
            reached++;
        }
        return tree(range, reached, ranges);
    }

    private static MerkleTree tree(TokenRange range, int depth, List<TokenRange> leaves) {
        var bounds = leaves.subList(0, leaves.size() - 1).stream()
                .map(TokenRange::right)
                .toList();
        return new MerkleTree(range, depth, bounds);
    }

    public TokenRange range() {
        return range;
    }

    public int depth() {
        return depth;
    }

    /**
     * Adds what a key holds.
     *
     * @param hash 16 bytes of a good hash of it
     */
    public void add(Token token, byte[] hash) {
        if (!range.contains(token) || hash.length != HASH_LONGS * Long.BYTES) {
            throw new IllegalArgumentException(token + " is not in " + range + ", or its hash has not 16 bytes");
        }
        var parts = ByteBuffer.wrap(hash);
        long high = parts.getLong();
        long low = parts.getLong();
        for (int node = (1 << depth) + leafOf(token); node > 0; node /= 2) {
            hashes[HASH_LONGS * node] += high;
            hashes[HASH_LONGS * node + 1] += low;
        }
    }

    private int leafOf(Token token) {
        int lowest = 0;
        int highest = bounds.size();
        while (lowest < highest) {
            int middle = (lowest + highest) >>> 1;
            if (bounds.get(middle).compareTo(token) < 0) {
                lowest = middle + 1;
            } else {
                highest = middle;
            }
        }
        return lowest;
    }

    /**
     * The parts of the range in which the two differ, normalised.
     *
     * @throws IllegalArgumentException when they are not over the same range in the same depth
     */
    public List<TokenRange> difference(MerkleTree other) {
        if (!range.equals(other.range) || depth != other.depth) {
            throw new IllegalArgumentException("trees over " + range + " and " + other.range + " of depth " + depth
                    + " and " + other.depth + " do not compare");
        }
        var differing = new ArrayList<TokenRange>();
        compare(1, 0, other, differing);
        return TokenRange.normalise(differing);
    }

    private void compare(int node, int level, MerkleTree other, List<TokenRange> differing) {
        if (Arrays.equals(
                hashes,
                HASH_LONGS * node,
                HASH_LONGS * (node + 1),
                other.hashes,
                HASH_LONGS * node,
                HASH_LONGS * (node + 1))) {
            return;
        }
        if (level == depth) {
            int leaf = node - (1 << depth);
            differing.add(new TokenRange(
                    leaf == 0 ? range.left() : bounds.get(leaf - 1),
                    leaf == bounds.size() ? range.right() : bounds.get(leaf)));
            return;
        }
        compare(2 * node, level + 1, other, differing);
        compare(2 * node + 1, level + 1, other, differing);
    }
}
