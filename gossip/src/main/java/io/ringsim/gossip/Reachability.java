package io.ringsim.gossip;

import java.util.BitSet;
import java.util.List;

/**
 * Whom a node takes to be unreachable: the peers it misses itself, and those that another node says it misses. As in Akka
 * one such observation is enough; but it does not count when the observer is itself missed, by this node or by more
 * observers than accuse its subject, because nobody would ever take back what a dead observer said.
 */
final class Reachability {
    private Reachability() {}

    static BitSet down(Row row, int nodes) {
        var missed = new BitSet();
        row.watches.stream().filter(watch -> watch.missing).forEach(watch -> missed.set(watch.peer));
        if (!row.knowledge.hasAccusers()) {
            return missed;
        }
        var observers = row.knowledge.accusers().stream()
                .filter(observer -> observer.number() != row.number)
                .filter(observer -> observer.isTakingPart() && !missed.get(observer.number()))
                .toList();
        return accused(row, observers, missed, nodes);
    }

    private static BitSet accused(Row row, List<NodeState> observers, BitSet missed, int nodes) {
        var accusers = new int[nodes];
        for (var observer : observers) {
            for (var accusation : observer.unreachable()) {
                accusers[accusation.number()] += row.knowledge.isCurrent(accusation) ? 1 : 0;
            }
        }
        var down = (BitSet) missed.clone();
        for (var observer : observers) {
            for (var accusation : observer.unreachable()) {
                if (row.knowledge.isCurrent(accusation)
                        && accusers[observer.number()] <= accusers[accusation.number()]) {
                    down.set(accusation.number());
                }
            }
        }
        down.clear(row.number);
        return down;
    }
}
