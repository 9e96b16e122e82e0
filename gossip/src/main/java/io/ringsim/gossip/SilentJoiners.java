package io.ringsim.gossip;

import java.util.BitSet;
import java.util.stream.IntStream;

/** The nodes that are joining and cannot be reached, by number: whoever stays one for too long is forgotten. */
final class SilentJoiners {
    private final BitSet joining = new BitSet();
    private BitSet silent = new BitSet();

    /** Whether a node is joining. */
    void note(int number, boolean isJoining) {
        joining.set(number, isJoining);
    }

    boolean isSilent(int number) {
        return silent.get(number);
    }

    /** Takes these for unreachable; who fell silent by that, or is silent no longer. */
    IntStream changes(BitSet down) {
        var now = (BitSet) joining.clone();
        now.and(down);
        var changed = (BitSet) now.clone();
        changed.xor(silent);
        silent = now;
        return changed.stream();
    }
}
