package io.ringsim.scenario;

import io.ringsim.node.Mode;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.TokenRing;
import io.ringsim.sim.Invariant;
import io.ringsim.sim.RunningOperation;
import io.ringsim.sim.SimulatedRing;
import io.ringsim.sim.StreamLedger;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/** Says at the end of a run which expectations were met. */
final class Judge {
    private final SimulatedRing ring;
    private final RunLog log;

    Judge(SimulatedRing ring, RunLog log) {
        this.ring = ring;
        this.log = log;
    }

    RunResult.ExpectationRun judge(Expectation expectation) {
        if (expectation instanceof Expectation.Reaches reaches) {
            return reaches(reaches);
        }
        if (expectation instanceof Expectation.Ends ends) {
            return ends(ends);
        }
        if (expectation instanceof Expectation.ReplicasAgree) {
            return holds("replicas agree", Invariant.replicasHoldTheirRanges());
        }
        if (expectation instanceof Expectation.ViewsAgree) {
            return holds("views agree", Invariant.viewsAgree());
        }
        if (expectation instanceof Expectation.BytesOut bytes) {
            return within("bytes out of " + bytes.node(), ring.streams().bytesOut(bytes.node()), bytes.bounds());
        }
        if (expectation instanceof Expectation.BytesIn bytes) {
            return within("bytes into " + bytes.node(), ring.streams().bytesIn(bytes.node()), bytes.bounds());
        }
        if (expectation instanceof Expectation.Retries retries) {
            long all = ring.streams().entries().stream()
                    .map(StreamLedger.Entry::result)
                    .mapToLong(result -> result.retries())
                    .sum();
            return within("retries", all, retries.bounds());
        }
        if (expectation instanceof Expectation.Skew skew) {
            return skew(skew);
        }
        return new RunResult.ExpectationRun("acknowledged writes lost: 0", true, "no writes were made");
    }

    private RunResult.ExpectationRun reaches(Expectation.Reaches reaches) {
        var name = reaches.node() + " is " + reaches.state()
                + reaches.within().map(within -> " within " + words(within)).orElse("");
        var removed = Operator.removal(ring, reaches.node()).flatMap(RunningOperation::ended);
        if (removed.isPresent() && reaches.state() == NodeState.LEFT) {
            boolean inTime = reaches.within().isEmpty()
                    || removed.get().compareTo(reaches.within().get()) <= 0;
            return new RunResult.ExpectationRun(name, inTime, "removed at " + words(removed.get()));
        }
        var history = log.modesOf(reaches.node());
        if (history.isEmpty()) {
            return new RunResult.ExpectationRun(name, false, reaches.node() + " was never heard of");
        }
        var last = history.get(history.size() - 1);
        if (last.mode() != modeOf(reaches.state())) {
            return new RunResult.ExpectationRun(name, false, "it is " + last.mode() + " since " + words(last.at()));
        }
        boolean inTime = reaches.within().isEmpty()
                || last.at().compareTo(reaches.within().get()) <= 0;
        return new RunResult.ExpectationRun(name, inTime, "since " + words(last.at()));
    }

    private RunResult.ExpectationRun ends(Expectation.Ends ends) {
        var name = ends.operation() + " " + ends.node() + " is "
                + ends.outcome().toString().toLowerCase(Locale.ROOT)
                + ends.within().map(within -> " within " + words(within)).orElse("");
        var matching = log.asked().stream()
                .filter(asked -> asked.word().equals(ends.operation())
                        && asked.operation().node().equals(ends.node()))
                .toList();
        if (matching.isEmpty()) {
            return new RunResult.ExpectationRun(name, false, "it was never begun");
        }
        var operation = matching.get(matching.size() - 1).operation();
        if (operation.outcome().isEmpty()) {
            return new RunResult.ExpectationRun(name, false, "it did not end: " + operation.step());
        }
        var outcome = RunLog.outcomeOf(operation.outcome().get());
        var took = operation.ended().orElse(Duration.ZERO).minus(operation.started());
        boolean inTime = ends.within().isEmpty() || took.compareTo(ends.within().get()) <= 0;
        var reason = RunLog.reasonOf(operation.outcome().get());
        return new RunResult.ExpectationRun(
                name,
                outcome == ends.outcome() && inTime,
                outcome.toString().toLowerCase(Locale.ROOT) + " after " + words(took)
                        + (reason.isEmpty() ? "" : ": " + reason));
    }

    private RunResult.ExpectationRun holds(String name, Invariant invariant) {
        var violations = invariant.violations(ring);
        return new RunResult.ExpectationRun(name, violations.isEmpty(), String.join("; ", violations));
    }

    private static RunResult.ExpectationRun within(String name, long value, Expectation.Bounds bounds) {
        var limits = bounds.max() == Long.MAX_VALUE
                ? "at least " + bounds.min()
                : bounds.min() == 0 ? "at most " + bounds.max() : bounds.min() + " to " + bounds.max();
        return new RunResult.ExpectationRun(name + " " + limits, bounds.contains(value), Long.toString(value));
    }

    private RunResult.ExpectationRun skew(Expectation.Skew skew) {
        var name = String.format(Locale.ROOT, "skew of %s at most %.3f", skew.keyspace(), skew.max());
        var members = finalRing();
        var keyspace = ring.design().keyspaces().stream()
                .filter(any -> any.name().equals(skew.keyspace()))
                .findFirst();
        if (members.isEmpty() || keyspace.isEmpty()) {
            return new RunResult.ExpectationRun(name, false, "no member is running");
        }
        double worst =
                worstSkew(members.get(), members.get().ownership(keyspace.get().replication()));
        return new RunResult.ExpectationRun(name, worst <= skew.max(), String.format(Locale.ROOT, "%.3f", worst));
    }

    private static double worstSkew(TokenRing members, java.util.SortedMap<NodeId, Double> owned) {
        var byDatacenter = new TreeMap<String, java.util.DoubleSummaryStatistics>();
        owned.forEach((node, share) -> byDatacenter
                .computeIfAbsent(members.location(node).datacenter(), any -> new java.util.DoubleSummaryStatistics())
                .accept(share));
        return byDatacenter.values().stream()
                .filter(shares -> shares.getAverage() > 0)
                .mapToDouble(shares -> shares.getMax() / shares.getAverage())
                .max()
                .orElse(1);
    }

    Optional<TokenRing> finalRing() {
        return ring.look().stream()
                .filter(state -> state.mode() == Mode.NORMAL || state.mode() == Mode.LEAVING)
                .findFirst()
                .map(state -> state.surroundings().view().ring());
    }

    static Mode modeOf(NodeState state) {
        return switch (state) {
            case JOINING -> Mode.JOINING;
            case NORMAL, MOVING -> Mode.NORMAL;
            case LEAVING -> Mode.LEAVING;
            case LEFT -> Mode.DECOMMISSIONED;
        };
    }

    static String words(Duration time) {
        return time.toMillis() / 1000.0 + " s";
    }
}
