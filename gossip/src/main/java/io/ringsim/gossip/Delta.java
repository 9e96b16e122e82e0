package io.ringsim.gossip;

/**
 * States and requests, one entry by node: a code above 0 is the copy that is sent; below 0, its complement is the code of
 * the copy that the sender has and to which it wants what is newer.
 *
 * @param bytes that the states and requests take
 */
record Delta(Entries entries, int states, int requests, long bytes) {
    /** Takes the array as its own; nobody may write to it any more. */
    static final class Entries {
        static final Entries NONE = new Entries(new int[0]);

        final int[] codes;

        Entries(int[] codes) {
            this.codes = codes;
        }
    }

    static final Delta NOTHING = new Delta(Entries.NONE, 0, 0, 0);

    /** For tests and small talk: what it says of a node. */
    int of(int node) {
        return node < entries.codes.length ? entries.codes[node] : 0;
    }
}
