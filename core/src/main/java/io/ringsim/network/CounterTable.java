package io.ringsim.network;

import io.ringsim.network.Traffic.Amount;

/** Messages and bytes by receiver and kind: one open hash table of primitives, so that counting makes no garbage. */
final class CounterTable {
    interface Visitor {
        void visit(int to, int kind, Amount amount);
    }

    private static final int KINDS = 1 << 10;

    /** Key + 1, messages, bytes, per slot; 0 is a free slot. */
    private long[] slots = new long[3 * 8];

    private int used;

    /** Adds to a counter, which was last at {@code hint}; answers where it is now. */
    int add(int to, int kind, long messages, long bytes, int hint) {
        if (kind >= KINDS) {
            throw new IllegalArgumentException("more than " + KINDS + " kinds of message");
        }
        long key = (long) to * KINDS + kind + 1;
        int slot = slots[hint] == key ? hint : slotOf(key);
        slots[slot + 1] += messages;
        slots[slot + 2] += bytes;
        return slot;
    }

    void forEach(Visitor visitor) {
        for (int i = 0; i < slots.length; i += 3) {
            if (slots[i] != 0) {
                long key = slots[i] - 1;
                visitor.visit((int) (key / KINDS), (int) (key % KINDS), new Amount(slots[i + 1], slots[i + 2]));
            }
        }
    }

    private int slotOf(long key) {
        int slot = find(slots, key);
        if (slots[slot] == 0) {
            if (++used * 3 * 4 > slots.length * 3) {
                grow();
                slot = find(slots, key);
            }
            slots[slot] = key;
        }
        return slot;
    }

    private static int find(long[] slots, long key) {
        int capacity = slots.length / 3;
        int mask = capacity - 1;
        int i = (int) ((key * 0x9E3779B97F4A7C15L) >>> (Long.numberOfLeadingZeros(capacity) + 1));
        while (slots[3 * i] != 0 && slots[3 * i] != key) {
            i = (i + 1) & mask;
        }
        return 3 * i;
    }

    private void grow() {
        var larger = new long[slots.length * 2];
        for (int i = 0; i < slots.length; i += 3) {
            if (slots[i] != 0) {
                System.arraycopy(slots, i, larger, find(larger, slots[i]), 3);
            }
        }
        slots = larger;
    }
}
