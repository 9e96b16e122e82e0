package io.ringsim.gossip;

import akka.actor.typed.ActorRef;
import io.ringsim.gossip.NodeState.Accusation;
import io.ringsim.ring.NodeId;
import io.ringsim.runtime.Randomness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * One running node's line in the world's table: what it knows and whom it watches. Its {@link Member} writes it; the
 * models of heartbeats and gossip read it, so that they need not ask a thousand actors a thousand times. No node reads
 * another's.
 */
final class Row {
    final int number;
    final NodeId node;

    /** Of this life: what is known of an earlier one is of another process. */
    final int generation;

    final ActorRef<Member.Message> actor;
    final Randomness random;

    /** Where in each interval this node's turns are, 0 to 1. */
    final double phase;

    Knowledge knowledge = Knowledge.NOTHING;

    /** Whether it said that it is back, so that who only knows an earlier life of it may take that for alive. */
    boolean isBack;

    /** Whether it found the others, or needs none. */
    boolean joined;

    /** Numbers of the peers that take part, and of those among them that are taken to be unreachable. */
    final BitSet members = new BitSet();

    BitSet down = new BitSet();

    /** Those that take part but are to be taken for down. */
    final BitSet hibernating = new BitSet();

    /** How often it compared all it knows with each peer, found no difference, and has not counted that as traffic yet. */
    int[] uncounted = new int[0];

    /** The peers it sends heartbeats to. */
    List<Watch> watches = new ArrayList<>();

    Row(int number, NodeId node, int generation, ActorRef<Member.Message> actor, Randomness random) {
        this.number = number;
        this.node = node;
        this.generation = generation;
        this.actor = actor;
        this.random = random;
        this.phase = random.nextDouble();
    }

    /** Those that are taken to be unreachable, and those that want to be. */
    BitSet takenForDown() {
        var all = (BitSet) down.clone();
        all.or(hibernating);
        return all;
    }

    /** The peers that take part and are not taken to be unreachable. */
    BitSet reachable() {
        var reachable = (BitSet) members.clone();
        reachable.andNot(down);
        return reachable;
    }

    /** The peers whose heartbeats it misses. */
    List<Accusation> accusations() {
        var accusations = new ArrayList<Accusation>();
        for (var watch : watches) {
            if (watch.missing) {
                accusations.add(new Accusation(watch.peer, watch.peerNode, watch.generation));
            }
        }
        return accusations;
    }

    /** Whether this node itself finds that peer unreachable in that life of it. */
    boolean misses(int peer, int inGeneration) {
        for (var watch : watches) {
            if (watch.missing && watch.peer == peer && watch.generation >= inGeneration) {
                return true;
            }
        }
        return false;
    }

    /** How long until the next of this node's turns that come once per interval. */
    Duration untilTurn(Duration every, long now) {
        long interval = every.toNanos();
        return Duration.ofNanos(interval - Math.floorMod(now - (long) (phase * interval), interval));
    }
}
