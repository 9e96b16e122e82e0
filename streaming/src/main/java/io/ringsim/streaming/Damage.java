package io.ringsim.streaming;

import io.ringsim.ring.NodeId;

/** Says of a file that did not arrive as it was sent where to look, if that was not the way. */
final class Damage {
    private Damage() {}

    /** How it is damaged, and what to do about the SSTable it is sent from. */
    static String of(String sstable, NodeId sender, String how) {
        return how + "; if it is so each time, restore SSTable " + sstable + " of " + sender
                + " from a snapshot, or remove it and repair";
    }
}
