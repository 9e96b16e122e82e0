package io.ringsim.network;

import io.ringsim.network.Traffic.Amount;
import java.util.Arrays;

/**
 * What one node sent of one kind and one size, by receiver, in two bytes for each: for small datagrams that nearly everybody
 * sends nearly everybody a few times.
 */
final class SmallCounters {
    /** A counter holds no more. */
    static final int FULL = 0xFFFF;

    final int kind;
    final long bytesEach;
    private short[] messages = {};

    SmallCounters(int kind, long bytesEach) {
        this.kind = kind;
        this.bytesEach = bytesEach;
    }

    /**
     * Counts one more; answers how many were taken out before because the counter was full, all or none.
     *
     * @param nodes how many receivers there are by now
     */
    int add(int to, int nodes) {
        if (to >= messages.length) {
            messages = Arrays.copyOf(messages, Math.max(nodes, to + 1 + messages.length / 8));
        }
        int before = Short.toUnsignedInt(messages[to]);
        int taken = before == FULL ? FULL : 0;
        messages[to] = (short) (before - taken + 1);
        return taken;
    }

    void forEach(CounterTable.Visitor visitor) {
        for (int to = 0; to < messages.length; to++) {
            long count = Short.toUnsignedLong(messages[to]);
            if (count > 0) {
                visitor.visit(to, kind, new Amount(count, count * bytesEach));
            }
        }
    }
}
