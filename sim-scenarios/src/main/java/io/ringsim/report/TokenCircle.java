package io.ringsim.report;

import io.ringsim.ring.NodeId;
import io.ringsim.ring.Token;
import io.ringsim.scenario.RunResult.NodeRun;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The ring as arcs of a circle, clockwise from the minimum token on top. */
final class TokenCircle {
    /** More arcs than this are narrower than a line; then slots of half a degree are drawn instead. */
    static final int ARCS_DRAWN = 1_440;

    private static final List<String> NO_MEMBERS = List.of("JOINING", "LEFT", "DECOMMISSIONED", "DRAINED");
    private static final int SLOTS = 720;
    private static final BigDecimal RANDOM_SIZE = new BigDecimal("170141183460469231731687303715884105728");

    private TokenCircle() {}

    /** The stretch of the circle a token ends, in turns; {@code to} may be above 1 when it passes the top. */
    record Arc(NodeId node, double from, double to) {
        double size() {
            return to - from;
        }

        double middle() {
            return (from + to) / 2;
        }
    }

    private record Place(NodeId node, Token token) {}

    static boolean isOwner(NodeRun node) {
        return !node.tokens().isEmpty() && !NO_MEMBERS.contains(node.state());
    }

    static boolean isJoining(NodeRun node) {
        return !node.tokens().isEmpty() && node.state().equals("JOINING");
    }

    static int tokens(List<NodeRun> nodes) {
        return nodes.stream()
                .filter(TokenCircle::isOwner)
                .mapToInt(node -> node.tokens().size())
                .sum();
    }

    /** Where keys live: the arcs of all nodes that own any. */
    static List<Arc> owned(List<NodeRun> nodes) {
        return arcs(nodes, TokenCircle::isOwner);
    }

    /** What the joining nodes will take, as far as one can tell: from the token before theirs. */
    static List<Arc> joining(List<NodeRun> nodes) {
        var joiners =
                nodes.stream().filter(TokenCircle::isJoining).map(NodeRun::node).toList();
        return arcs(nodes, node -> isOwner(node) || isJoining(node)).stream()
                .filter(arc -> joiners.contains(arc.node()))
                .toList();
    }

    /** The same circle in slots, each of the node that owns most of it; neighbours of one node are one. */
    static List<Arc> inSlots(List<Arc> arcs) {
        var shares = new ArrayList<SortedMap<NodeId, Double>>();
        for (int slot = 0; slot < SLOTS; slot++) {
            shares.add(new TreeMap<>());
        }
        for (Arc arc : arcs) {
            for (int slot = (int) (arc.from() * SLOTS); slot < arc.to() * SLOTS; slot++) {
                double share = Math.min(arc.to(), (slot + 1.0) / SLOTS) - Math.max(arc.from(), (double) slot / SLOTS);
                shares.get(slot % SLOTS).merge(arc.node(), share, Double::sum);
            }
        }
        return merged(shares.stream().map(TokenCircle::mostOf).toList());
    }

    private static List<Arc> merged(List<NodeId> slots) {
        var merged = new ArrayList<Arc>();
        int from = 0;
        for (int slot = 1; slot <= slots.size(); slot++) {
            if (slot == slots.size() || !slots.get(slot).equals(slots.get(from))) {
                merged.add(new Arc(slots.get(from), (double) from / SLOTS, (double) slot / SLOTS));
                from = slot;
            }
        }
        return merged;
    }

    private static NodeId mostOf(SortedMap<NodeId, Double> shares) {
        return shares.entrySet().stream()
                .max(Comparator.comparingDouble(share -> share.getValue()))
                .orElseThrow()
                .getKey();
    }

    private static List<Arc> arcs(List<NodeRun> nodes, Predicate<NodeRun> drawn) {
        var places = nodes.stream()
                .filter(drawn)
                .flatMap(node -> node.tokens().stream().map(token -> new Place(node.node(), token)))
                .sorted(Comparator.comparing(Place::token).thenComparing(Place::node))
                .toList();
        var arcs = new ArrayList<Arc>();
        for (int i = 0; i < places.size(); i++) {
            double to = turn(places, i);
            double from = turn(places, (i + places.size() - 1) % places.size());
            arcs.add(new Arc(places.get(i).node(), from, from < to ? to : i == 0 ? to + 1 : from));
        }
        return arcs;
    }

    /** Tokens that are numbers stand where they are; texts and bytes have no measure, so they stand evenly. */
    private static double turn(List<Place> places, int index) {
        Token token = places.get(index).token();
        if (token instanceof Token.LongToken murmur) {
            return murmur.value() / Math.pow(2, 64) + 0.5;
        }
        if (token instanceof Token.BigIntegerToken random) {
            return new BigDecimal(random.value())
                    .divide(RANDOM_SIZE, MathContext.DECIMAL64)
                    .doubleValue();
        }
        return (double) index / places.size();
    }
}
