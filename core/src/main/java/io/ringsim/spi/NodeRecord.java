package io.ringsim.spi;

import io.ringsim.ring.Endpoint;
import io.ringsim.ring.Token;
import io.ringsim.ring.Transfer;
import java.time.Instant;
import java.util.List;

/**
 * What a node keeps on its own disk across restarts (Cassandra's system tables local, peers, available_ranges).
 *
 * @param generation of the last start; the next start uses a greater one
 * @param tokens its own, empty before it ever chose any
 * @param stage how far it is in its life as a member
 * @param done transfers of an unfinished operation that are finished for good
 * @param peers the others as last known
 */
public record NodeRecord(int generation, List<Token> tokens, Stage stage, List<Transfer> done, List<Endpoint> peers) {
    /** A node that never started. */
    public static final NodeRecord NEW = new NodeRecord(0, List.of(), Stage.NEEDS_BOOTSTRAP, List.of(), List.of());

    /** The bootstrap states that Cassandra saves, and that others removed the node. */
    public enum Stage {
        NEEDS_BOOTSTRAP,
        IN_PROGRESS,
        COMPLETED,
        DECOMMISSIONED,
        REMOVED
    }

    public NodeRecord {
        tokens = List.copyOf(tokens);
        done = List.copyOf(done);
        peers = List.copyOf(peers);
    }

    /**
     * The record of a start at this time. Its generation is in seconds since 1970, so that a node that lost this record
     * begins with a greater one than the ring remembers of it; or one more than the last, where the clock is behind that.
     */
    public NodeRecord startedAt(Instant now) {
        int next = (int) Math.max(generation + 1L, now.getEpochSecond());
        return new NodeRecord(next, tokens, stage, done, peers);
    }

    /** Whether the node was a member when it last ran, and has the data of one. */
    public boolean isMember() {
        return stage == Stage.COMPLETED;
    }

    public NodeRecord with(Stage next) {
        return new NodeRecord(generation, tokens, next, done, peers);
    }

    public NodeRecord withTokens(List<Token> chosen) {
        return new NodeRecord(generation, chosen, stage, done, peers);
    }

    public NodeRecord withDone(List<Transfer> finished) {
        return new NodeRecord(generation, tokens, stage, finished, peers);
    }
}
