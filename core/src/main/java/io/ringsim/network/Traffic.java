package io.ringsim.network;

import io.ringsim.ring.NodeId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What crossed the network: messages and bytes by sender, receiver and kind. Counts what left the sender's network card,
 * so a retransmission counts again, and a lost datagram counts. Content on connections of its own has bytes, but no messages.
 */
public final class Traffic {
    /** A number of messages and their bytes. */
    public record Amount(long messages, long bytes) {
        public static final Amount NONE = new Amount(0, 0);

        Amount plus(Amount other) {
            return new Amount(messages + other.messages, bytes + other.bytes);
        }
    }

    /** What one node sent another of one kind. */
    public record Entry(NodeId from, NodeId to, String kind, Amount amount) {}

    private static final Comparator<Entry> ORDER =
            Comparator.comparing(Entry::from).thenComparing(Entry::to).thenComparing(Entry::kind);

    private final List<NodeId> nodes = new ArrayList<>();
    private final List<CounterTable> bySender = new ArrayList<>();
    private final List<List<SmallCounters>> smallBySender = new ArrayList<>();
    private final List<String> kinds = new ArrayList<>();
    private final Map<String, Integer> kindIndex = new HashMap<>();
    private final List<Runnable> books = new ArrayList<>();

    /** Adds somebody who counts on his own, and is asked to enter what he counted whenever somebody looks. */
    public void beforeReading(Runnable enter) {
        books.add(enter);
    }

    /** Everything so far, by sender, receiver and kind. */
    public List<Entry> entries() {
        books.forEach(Runnable::run);
        var entries = new ArrayList<Entry>();
        for (int from = 0; from < nodes.size(); from++) {
            var sender = nodes.get(from);
            visit(from, (to, kind, amount) -> entries.add(new Entry(sender, nodes.get(to), kinds.get(kind), amount)));
        }
        entries.sort(ORDER);
        return merged(entries);
    }

    /** One entry for those that differ in nothing but the amount, which are neighbours. */
    private static List<Entry> merged(List<Entry> sorted) {
        var merged = new ArrayList<Entry>(sorted.size());
        for (var entry : sorted) {
            int last = merged.size() - 1;
            if (last >= 0 && ORDER.compare(merged.get(last), entry) == 0) {
                var sum = merged.get(last).amount().plus(entry.amount());
                merged.set(last, new Entry(entry.from(), entry.to(), entry.kind(), sum));
            } else {
                merged.add(entry);
            }
        }
        return merged;
    }

    private void visit(int from, CounterTable.Visitor visitor) {
        bySender.get(from).forEach(visitor);
        smallBySender.get(from).forEach(counters -> counters.forEach(visitor));
    }

    /** What a node sent, by kind. */
    public SortedMap<String, Amount> sentBy(NodeId node) {
        books.forEach(Runnable::run);
        var sent = new TreeMap<String, Amount>();
        int from = nodes.indexOf(node);
        if (from >= 0) {
            visit(from, (to, kind, amount) -> sent.merge(kinds.get(kind), amount, Amount::plus));
        }
        return sent;
    }

    /** What was sent to a node, by kind. */
    public SortedMap<String, Amount> sentTo(NodeId node) {
        books.forEach(Runnable::run);
        var received = new TreeMap<String, Amount>();
        int index = nodes.indexOf(node);
        for (int from = 0; from < bySender.size(); from++) {
            visit(from, (to, kind, amount) -> {
                if (to == index) {
                    received.merge(kinds.get(kind), amount, Amount::plus);
                }
            });
        }
        return received;
    }

    /** What all nodes sent, by kind. */
    public SortedMap<String, Amount> total() {
        books.forEach(Runnable::run);
        var total = new TreeMap<String, Amount>();
        for (int from = 0; from < bySender.size(); from++) {
            visit(from, (to, kind, amount) -> total.merge(kinds.get(kind), amount, Amount::plus));
        }
        return total;
    }

    /** Gives a node the next number. */
    void enter(NodeId node) {
        nodes.add(node);
        bySender.add(new CounterTable());
        smallBySender.add(new ArrayList<>());
    }

    void count(int from, int to, String kind, long messages, long bytes) {
        count(from, to, kind, messages, bytes, 0);
    }

    /** Counts, and tells where, which makes the next count of the same kind on the same link cheaper. */
    int count(int from, int to, String kind, long messages, long bytes, int hint) {
        return count(from, to, kindOf(kind), messages, bytes, hint);
    }

    int count(int from, int to, int kind, long messages, long bytes, int hint) {
        return bySender.get(from).add(to, kind, messages, bytes, hint);
    }

    /** Counts one datagram of a kind that nearly everybody sends nearly everybody, in little memory. */
    void countSmall(int from, int to, String kind, long bytes) {
        int taken = smallCounters(from, kindOf(kind), bytes).add(to, nodes.size());
        if (taken > 0) {
            count(from, to, kind, taken, taken * bytes);
        }
    }

    private SmallCounters smallCounters(int from, int kind, long bytes) {
        var all = smallBySender.get(from);
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).kind == kind && all.get(i).bytesEach == bytes) {
                return all.get(i);
            }
        }
        var counters = new SmallCounters(kind, bytes);
        all.add(counters);
        return counters;
    }

    int kindOf(String kind) {
        var known = kindIndex.get(kind);
        if (known != null) {
            return known;
        }
        kinds.add(kind);
        kindIndex.put(kind, kinds.size() - 1);
        return kinds.size() - 1;
    }
}
