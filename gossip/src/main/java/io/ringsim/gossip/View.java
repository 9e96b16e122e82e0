package io.ringsim.gossip;

import io.ringsim.runtime.Randomness;
import java.util.Arrays;

/**
 * What one node knows of all nodes: of each the code of the copy it has, whether it is alive, and its heartbeats. Only
 * the node itself reads its view. Entries stand in blocks of {@value #BLOCK}, so that those that need care are found by
 * the block.
 */
final class View {
    static final int BLOCK = 64;

    final int self;
    final Arrivals arrivals;

    /** By node: the code of the copy, see {@link Life}; 0 for unknown. */
    int[] codes;

    private long[] live;
    private long[] careful;
    private int liveCount;

    View(int self, GossipSettings.FailureDetection settings, int room) {
        this.self = self;
        this.arrivals = new Arrivals(settings, room);
        this.codes = new int[room];
        this.live = new long[room / BLOCK];
        this.careful = new long[room / BLOCK];
    }

    /** Whole blocks, with some to spare. */
    static int roomFor(int nodes) {
        return (nodes + nodes / 32 + BLOCK - 1) / BLOCK * BLOCK;
    }

    void grow(int room) {
        if (room > codes.length) {
            codes = Arrays.copyOf(codes, room);
            live = Arrays.copyOf(live, room / BLOCK);
            careful = Arrays.copyOf(careful, room / BLOCK);
            arrivals.grow(room);
        }
    }

    /** Begins with these copies, their nodes alive and just heard of, oneself apart. */
    void begin(int[] known, int now) {
        System.arraycopy(known, 0, codes, 0, known.length);
        arrivals.reportAll(known, now);
        for (int node = 0; node < known.length; node++) {
            setLive(node, known[node] != 0 && node != self);
        }
    }

    boolean knows(int node) {
        return codes[node] != 0;
    }

    /** Whether the node counts as alive; oneself never does. */
    boolean isLive(int node) {
        return (live[node / BLOCK] >> node & 1) != 0;
    }

    int liveCount() {
        return liveCount;
    }

    long[] live() {
        return live;
    }

    void setLive(int node, boolean alive) {
        if (alive != isLive(node)) {
            live[node / BLOCK] ^= 1L << node;
            liveCount += alive ? 1 : -1;
        }
    }

    /** Whether more than heartbeats can come of news of the node, or is to be looked for each round. */
    void setCareful(int node, boolean needed) {
        long bit = 1L << node;
        careful[node / BLOCK] = needed ? careful[node / BLOCK] | bit : careful[node / BLOCK] & ~bit;
    }

    boolean isCareful(int block) {
        return careful[block] != 0;
    }

    long[] careful() {
        return careful;
    }

    /** A node that is alive, each as likely as the other; there is one. */
    int anyLive(Randomness random) {
        for (int tries = 0; tries < 16; tries++) {
            int node = random.nextInt(codes.length);
            if (isLive(node)) {
                return node;
            }
        }
        return nth(live, random.nextInt(liveCount));
    }

    private static int nth(long[] bits, int wanted) {
        int left = wanted;
        for (int block = 0; ; block++) {
            int here = Long.bitCount(bits[block]);
            if (left < here) {
                long rest = bits[block];
                for (; left > 0; left--) {
                    rest &= rest - 1;
                }
                return block * BLOCK + Long.numberOfTrailingZeros(rest);
            }
            left -= here;
        }
    }

    /** A digest of all that is known, as it is now. */
    Digests digests() {
        return new Digests(codes.clone());
    }
}
