package io.ringsim.gossip;

import io.ringsim.ring.NodeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The nodes of one world by number, and every life they led. What a node said is kept here once; who knows how much of it
 * is in each node's own {@link View}.
 */
final class Directory {
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
     * Begins a life; its generation is greater than the last one's.
     *
     * @param epochSeconds the time of day
     */
    Life begin(NodeId node, int start, long epochSeconds) {
        int number = number(node);
        var before = lives.get(number);
        int generation = (int) epochSeconds;
        int base = 1;
        if (!before.isEmpty()) {
            var last = before.get(before.size() - 1);
            generation = StateOrder.nextGeneration(last.generation, epochSeconds);
            base = last.end();
        }
        var life = new Life(number, node, start, generation, base);
        before.add(life);
        calm[number] = base;
        return life;
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
    java.util.Optional<Life> lifeOf(int number, int start) {
        var all = lives.get(number);
        return all.isEmpty() || last(number).start != start
                ? java.util.Optional.empty()
                : java.util.Optional.of(last(number));
    }
}
