package io.ringsim.gossip;

/**
 * Of every node the sender knows: its generation and greatest version, as one code each. Cassandra shuffles the list; as
 * nothing of it is cut off, its order changes nothing and there is none.
 */
final class Digests {
    static final Digests NONE = new Digests(new int[0]);

    final int[] codes;
    final int count;

    /** Takes the array as its own; nobody may write to it any more. */
    Digests(int[] codes) {
        this.codes = codes;
        int known = 0;
        for (int code : codes) {
            known -= -code >> 31;
        }
        this.count = known;
    }

    /** As a starting node asks in its shadow round: about nobody, which means about everybody. */
    boolean isEmpty() {
        return count == 0;
    }
}
