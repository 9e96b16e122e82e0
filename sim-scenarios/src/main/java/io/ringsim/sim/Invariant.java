package io.ringsim.sim;

import io.ringsim.data.TableId;
import io.ringsim.node.Mode;
import io.ringsim.node.Node;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.RingView;
import io.ringsim.storage.Coverage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What must hold of a ring, whatever befell it. */
public interface Invariant {
    /** In words, as a report prints it. */
    String name();

    /** What is wrong, one sentence each; nothing when it holds. */
    List<String> violations(SimulatedRing ring);

    /** At rest every running member sees the same ring. */
    static Invariant viewsAgree() {
        return of("every node sees the same ring", Invariant::disagreements);
    }

    /** At rest every member has the data of every range that it is a replica of. */
    static Invariant replicasHoldTheirRanges() {
        return of("every replica holds its ranges", Invariant::missingRanges);
    }

    /** After a cleanup of every member, none has data of a range that it is no replica of. */
    static Invariant onlyReplicasHoldData() {
        return of("only replicas hold data", Invariant::foreignData);
    }

    /** The two ends of every completed session moved the same bytes. */
    static Invariant sessionsAgree() {
        return of("both ends of a session agree", ring -> ring.streams().contradictions());
    }

    /** At rest no session is open, no SSTable is held for one, no half-received file lies on a disk. */
    static Invariant nothingLeaks() {
        return of("no session, reference or file leaks", SimulatedRing::leaks);
    }

    /**
     * When the mover's ranges begin to move, every running member counts it in (or out) already, so that no write misses
     * the new replicas; or for down, when it takes its own place anew. Holds only while nothing keeps news from spreading for longer than the ring delay.
     */
    static Invariant pendingRangesAreKnown(NodeId mover) {
        return of(
                "pending ranges are known before data moves",
                ring -> members(ring).stream()
                        .filter(state -> {
                            var view = state.surroundings().view();
                            boolean hibernates = view.ring().isMember(mover)
                                    && !state.surroundings().up().contains(mover);
                            return !view.joining().containsKey(mover)
                                    && !view.leaving().contains(mover)
                                    && !hibernates;
                        })
                        .map(state -> state.node() + " does not know that " + mover + " moves")
                        .toList());
    }

    /** A node that never completed an operation is no member; one that did is what it became. */
    static Invariant operationsLeaveTheRingAsAnnounced() {
        return of("a failed operation leaves the ring as it was", Invariant::unfinishedChanges);
    }

    private static Invariant of(String name, Function<SimulatedRing, List<String>> check) {
        return new Invariant() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public List<String> violations(SimulatedRing ring) {
                return check.apply(ring);
            }
        };
    }

    /** What the members that run see, those that left left out; the first of them is the measure. */
    private static List<Node.State> members(SimulatedRing ring) {
        return ring.look().stream()
                .filter(state -> !state.mode().hasLeft() && state.mode() != Mode.STARTING)
                .toList();
    }

    private static List<String> disagreements(SimulatedRing ring) {
        var states = members(ring);
        var wrong = new ArrayList<String>();
        for (var state : states) {
            var first = states.get(0);
            if (!state.surroundings().view().equals(first.surroundings().view())) {
                wrong.add(state.node() + " sees " + brief(state) + ", " + first.node() + " sees " + brief(first));
            }
        }
        return wrong;
    }

    private static String brief(Node.State state) {
        var view = state.surroundings().view();
        return view.ring().nodes() + " joining " + view.joining().keySet() + " leaving " + view.leaving();
    }

    private static Optional<RingView> truth(SimulatedRing ring) {
        return members(ring).stream()
                .filter(state -> state.mode() == Mode.NORMAL)
                .findFirst()
                .map(state -> state.surroundings().view());
    }

    private static List<String> missingRanges(SimulatedRing ring) {
        return ofEveryReplica(
                ring,
                disk -> (table, owned) -> ring.design().isEmpty(table) ? Optional.empty() : disk.lacks(table, owned));
    }

    private static List<String> foreignData(SimulatedRing ring) {
        return ofEveryReplica(ring, disk -> disk::exceeds);
    }

    private static List<String> ofEveryReplica(
            SimulatedRing ring, Function<NodeDisk, BiFunction<TableId, Coverage, Optional<String>>> check) {
        var wrong = new ArrayList<String>();
        var view = truth(ring);
        if (view.isEmpty()) {
            return wrong;
        }
        for (var keyspace : ring.design().keyspaces()) {
            var tables = ring.design().tablesOf(keyspace.name());
            for (var node : view.get().ring().nodes()) {
                var owned =
                        Coverage.of(keyspace.replication().rangesOf(view.get().ring(), node));
                var disk = ring.node(node).disk();
                tables.forEach(
                        table -> check.apply(disk).apply(table, owned).ifPresent(what -> wrong.add(node + " " + what)));
            }
        }
        return wrong;
    }

    private static List<String> unfinishedChanges(SimulatedRing ring) {
        var wrong = new ArrayList<String>();
        var view = truth(ring);
        if (view.isEmpty()) {
            return wrong;
        }
        for (var node : ring.nodes()) {
            var last = ring.operations().stream()
                    .filter(operation -> operation.node().equals(node.id()) && operation.isBegun())
                    .reduce((earlier, later) -> later)
                    .filter(RunningOperation::isDone);
            if (last.isEmpty()) {
                continue;
            }
            boolean member = view.get().ring().isMember(node.id());
            boolean joins = joins(last.get());
            if (joins && member != last.get().isCompleted() && !wasMember(ring, node)) {
                wrong.add(node
                        + (member
                                ? " is a member though its " + last.get().name() + " failed"
                                : " joined but is no member"));
            }
            if (!joins && member == last.get().isCompleted()) {
                wrong.add(node + (member ? " is a member though it left" : " is no member though it failed to leave"));
            }
        }
        return wrong;
    }

    private static boolean joins(RunningOperation operation) {
        return operation.name().equals("bootstrap") || operation.name().equals("replace");
    }

    private static boolean wasMember(SimulatedRing ring, SimulatedNode node) {
        return ring.operations().stream()
                        .anyMatch(operation ->
                                operation.node().equals(node.id()) && joins(operation) && operation.isCompleted())
                || ring.design().members().stream()
                        .anyMatch(member -> member.node().equals(node.id()));
    }
}
