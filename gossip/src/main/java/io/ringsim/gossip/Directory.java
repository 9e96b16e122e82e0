package io.ringsim.gossip;

import io.ringsim.ring.Endpoint;
import io.ringsim.ring.NodeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The nodes of one world by number, and every life they led. What a node said is kept here once; who knows how much of it
 * is in each node's own {@link View}.
 */
final class Directory {
    /**
     * Codes kept free before a life that is made up, for one that the node begins later but counts as earlier; and after it,
     * for what peers have yet to say of the dead node when it has begun anew but said nothing.
     */
    private static final int RETURNING = 1 << 20;

    private final SortedMap<NodeId, Integer> numbers = new TreeMap<>();
    private final List<NodeId> nodes = new ArrayList<>();
    private final List<List<Life>> lives = new ArrayList<>();

    /** By node: the code from which on a copy is all but heartbeats. */
    private int[] calm = new int[View.BLOCK];

    int number(NodeId node) {
        var known = numbers.get(node);
        if (known != null) {
            return known;
        }
        int next = nodes.size();
        numbers.put(node, next);
        nodes.add(node);
        lives.add(new ArrayList<>());
        if (next == calm.length) {
            calm = Arrays.copyOf(calm, View.roomFor(next + 1));
        }
        return next;
    }

    NodeId node(int number) {
        return nodes.get(number);
    }

    int size() {
        return nodes.size();
    }

    /** So many entries must a view have. */
    int room() {
        return calm.length;
    }

    int[] calm() {
        return calm;
    }

    /**
     * Begins a life; its generation is greater than that of the last one the node led. If peers took the node for dead and
     * count it as removed by that start, or a later one, the life comes before what they say.
     *
     * @param epochSeconds the time of day
     */
    Life begin(NodeId node, int start, long epochSeconds) {
        int number = number(node);
        var all = lives.get(number);
        int index = all.size();
        while (index > 0 && all.get(index - 1).isByOthers() && all.get(index - 1).start >= start) {
            index--;
        }
        int generation = (int) epochSeconds;
        int base = 1;
        if (index > 0) {
            var last = all.get(index - 1);
            generation = index < all.size()
                    ? all.get(index).generation
                    : StateOrder.nextGeneration(last.generation, epochSeconds);
            base = last.end() + (last.isByOthers() ? RETURNING : 0);
        }
        var life = new Life(number, node, start, generation, base);
        all.add(index, life);
        calm[number] = Math.max(calm[number], base);
        return life;
    }

    /**
     * Makes up a life for a dead node, the next generation after its last, in which a peer speaks for it. It comes before
     * one that the node has begun since, if that follows what peers said before; else there is nothing to say.
     *
     * @param copy the code of the peer's copy of the dead node's state
     */
    Optional<Life> speakFor(int number, int copy, Endpoint dead, SortedMap<ApplicationState, String> said) {
        var all = lives.get(number);
        int index = all.size();
        while (all.get(index - 1).start > dead.generation()) {
            index--;
        }
        var last = all.get(index - 1);
        boolean isLast = index == all.size();
        if (!isLast && all.get(index).base < last.end() + RETURNING / 2) {
            return Optional.empty();
        }
        var known = life(number, copy);
        int base = last.end() + (isLast ? RETURNING : 0);
        var life = new Life(number, dead.node(), dead.generation(), last.generation + 1, base);
        life.speakFor(known.at(copy), known.versionOf(copy), dead, said);
        all.add(index, life);
        said(life);
        return Optional.of(life);
    }

    /** The node said something: the copies that lack it are not calm. */
    void said(Life life) {
        if (life.equals(last(life.number))) {
            calm[life.number] = life.calm();
        }
    }

    private Life last(int number) {
        var all = lives.get(number);
        return all.get(all.size() - 1);
    }

    /** The life a copy is of. */
    Life life(int number, int code) {
        var all = lives.get(number);
        int index = all.size() - 1;
        while (index > 0 && all.get(index).base > code) {
            index--;
        }
        return all.get(index);
    }

    /** What a copy holds. */
    EndpointState at(int number, int code) {
        return life(number, code).at(code);
    }

    /** A node's last life, if it began with this start. */
    Optional<Life> lifeOf(int number, int start) {
        var all = lives.get(number);
        return all.isEmpty() || last(number).start != start ? Optional.empty() : Optional.of(last(number));
    }
}
