package io.ringsim.gossip;

import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * One node's failure detector as Cassandra has it, for all of its peers: phi grows with the silence since a peer's last
 * heartbeat, measured in mean intervals between heartbeats. Times are milliseconds; they may wrap.
 *
 * <p>Cassandra keeps each peer's last 1,000 intervals. Here only their sum and number are kept: until there are 1,000
 * that is the same, from then on the interval that leaves is taken to have been an average one.
 */
final class Arrivals {
    /** 1 / ln 10: what makes of silence in mean intervals the decimal logarithm of how unlikely it is. */
    static final double PHI_FACTOR = 1 / StrictMath.log(10);

    private final GossipSettings.FailureDetection settings;
    private final int first;
    private final int longest;
    private final float patience;
    private int[] last;
    private int[] sum;
    private int[] count;

    Arrivals(GossipSettings.FailureDetection settings, int room) {
        this.settings = settings;
        this.first = (int) settings.first().toMillis();
        this.longest = (int) Math.min(settings.longest().toMillis(), 1 << 28);
        this.patience = (float) (settings.threshold() / PHI_FACTOR);
        this.last = new int[room];
        this.sum = new int[room];
        this.count = new int[room];
    }

    void grow(int room) {
        last = Arrays.copyOf(last, room);
        sum = Arrays.copyOf(sum, room);
        count = Arrays.copyOf(count, room);
    }

    /** A heartbeat of this peer arrived, newer than any before. */
    void report(int peer, int now) {
        if (count[peer] == 0) {
            sum[peer] = first;
            count[peer] = 1;
        } else if (now - last[peer] <= longest) {
            sum[peer] += now - last[peer];
            count[peer]++;
            age(peer);
        }
        last[peer] = now;
    }

    /** The first heartbeat of every peer that has an entry other than 0 arrived. */
    void reportAll(int[] peers, int now) {
        for (int peer = 0; peer < peers.length; peer++) {
            if (peers[peer] != 0) {
                report(peer, now);
            }
        }
    }

    /** From now on nothing is known of this peer's heartbeats. */
    void forget(int peer) {
        sum[peer] = 0;
        count[peer] = 0;
        last[peer] = 0;
    }

    /** How long ago its last heartbeat arrived. */
    int silence(int peer, int now) {
        return now - last[peer];
    }

    double phi(int peer, int now) {
        return count[peer] == 0 ? 0 : PHI_FACTOR * (now - last[peer]) / ((double) sum[peer] / count[peer]);
    }

    /**
     * Applies one block of a delta whose peers are all alive and known up to their heartbeats. Written without branches,
     * because which of the two copies is newer cannot be guessed.
     */
    void apply(int[] entries, int[] codes, int from, int to, int now) {
        int[] lasts = last;
        int[] sums = sum;
        int[] counts = count;
        for (int i = from; i < to; i++) {
            int isNewer = (codes[i] - entries[i]) >> 31;
            int interval = now - lasts[i];
            int isCounted = isNewer & ~((longest - interval) >> 31);
            codes[i] = Math.max(codes[i], entries[i]);
            lasts[i] += interval & isNewer;
            sums[i] += interval & isCounted;
            counts[i] -= isCounted;
        }
    }

    /**
     * Finds the peers whose phi is above the threshold.
     *
     * @param peers those to look at, one bit each
     * @return in how many milliseconds the next of them can be silent for too long
     */
    int scan(long[] peers, int now, IntConsumer silent) {
        float least = Integer.MAX_VALUE;
        for (int block = 0; block < peers.length; block++) {
            for (long rest = peers[block]; rest != 0; rest &= rest - 1) {
                int peer = block * View.BLOCK + Long.numberOfTrailingZeros(rest);
                if (count[peer] > settings.samples()) {
                    age(peer);
                }
                float left = patience * sum[peer] / count[peer] - (now - last[peer]);
                if (left < 0 && count[peer] > 0) {
                    silent.accept(peer);
                } else if (left < least) {
                    least = left;
                }
            }
        }
        return (int) least;
    }

    private void age(int peer) {
        if (count[peer] > settings.samples()) {
            sum[peer] = (int) ((long) sum[peer] * settings.samples() / count[peer]);
            count[peer] = settings.samples();
        }
    }
}
