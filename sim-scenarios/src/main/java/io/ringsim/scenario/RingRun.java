package io.ringsim.scenario;

import io.ringsim.node.Mode;
import io.ringsim.node.Node;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.TokenRing;
import io.ringsim.runtime.SimulationSettings;
import io.ringsim.sim.Invariant;
import io.ringsim.sim.RunningOperation;
import io.ringsim.sim.SimulatedNode;
import io.ringsim.sim.SimulatedRing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** One scenario with one seed, from its first step to its verdict. */
final class RingRun implements AutoCloseable {
    /** Turns of actors between two reports of progress. */
    private static final int TURNS_PER_REPORT = 5_000;

    /** How long the ring may take to come to rest after the last step; the longest of its time-outs is shorter. */
    private static final Duration SETTLING_MAX = Duration.ofMinutes(30);

    private static final Duration SETTLING_STEP = Duration.ofSeconds(1);

    /** How often it is looked whether the news of a node's state has reached everybody. */
    private static final Duration LOOKING_PERIOD = Duration.ofMillis(500);

    private final Scenario scenario;
    private final RunListener listener;
    private final ScenarioRing start;
    private final SimulatedRing ring;
    private final Operator operator;
    private final Agenda agenda = new Agenda();
    private final RunLog log;
    private final FaultInjector faults;
    private final List<Step> waiting = new ArrayList<>();
    private final Map<String, InvariantCount> invariants = new LinkedHashMap<>();
    private final List<RunLog.Asked> reported = new ArrayList<>();
    private int turns;
    private int ended;
    private boolean stopped;

    /** How often an invariant was looked at and what was wrong. */
    private static final class InvariantCount {
        private long checks;
        private final List<String> violations = new ArrayList<>();
    }

    RingRun(Scenario scenario, long seed, RunListener listener) {
        this.scenario = scenario;
        this.listener = listener;
        this.start = ScenarioRing.of(scenario, seed);
        this.ring = SimulatedRing.start(
                start.design(), start.settings(), SimulationSettings.defaults().seed(seed));
        this.operator = new Operator(ring, start.joiners());
        this.log = new RunLog(listener, node -> ring.node(node).tokens());
        this.faults = new FaultInjector(ring, agenda, log, scenario.model().disk());
        ring.listen(log);
    }

    /** Runs to the end. The wall time is filled in by whoever may look at a wall clock. */
    RunResult run() {
        ring.runFor(Duration.ZERO);
        listener.onStart(nodes());
        for (var step : scenario.timeline()) {
            if (step.start() instanceof Step.At at) {
                agenda.at(at.time(), () -> act(step.action()));
            } else {
                waiting.add(step);
            }
        }
        var limit = runTimeline();
        if (limit.isEmpty()) {
            limit = settle();
        }
        faults.close();
        return result(limit);
    }

    /** Runs until all is done; otherwise says which limit was reached. */
    private Optional<String> runTimeline() {
        while (true) {
            agenda.doDue(ring.now());
            doWaiting();
            reportEnded();
            for (var mover : log.takeMovers()) {
                if (faults.isCalmFor(scenario.model().ringDelay())) {
                    check(Invariant.pendingRangesAreKnown(mover));
                }
            }
            if (isOver()) {
                return Optional.empty();
            }
            var limit = limitReached();
            if (limit.isPresent()) {
                return limit;
            }
            ended = ring.endedOperations();
            log.takeNews();
            ring.runUntil(this::wantsAttention, untilNext());
        }
    }

    private boolean wantsAttention() {
        if (++turns >= TURNS_PER_REPORT) {
            turns = 0;
            stopped |= !listener.onProgress(progress());
            return true;
        }
        return log.hasNews() || ring.endedOperations() > ended;
    }

    private Duration untilNext() {
        var end = scenario.limits().virtual();
        var next = agenda.next().filter(time -> time.compareTo(end) < 0).orElse(end);
        var left = next.minus(ring.now());
        return newsIsSpreading() && left.compareTo(LOOKING_PERIOD) > 0 ? LOOKING_PERIOD : left;
    }

    /** Whether a node is in a state that a step waits for, though not everybody knows. */
    private boolean newsIsSpreading() {
        return waiting.stream().anyMatch(step -> step.start() instanceof Step.WhenState state && isInState(state));
    }

    private boolean isOver() {
        boolean busy = ring.operations().stream().anyMatch(operation -> !operation.isDone());
        return agenda.isEmpty() && !busy && (waiting.isEmpty() || !somethingMayStillHappen());
    }

    /** Whether news has yet to reach everybody, or a node that was just started to come back to what it was. */
    private boolean somethingMayStillHappen() {
        return newsIsSpreading() || aNodeComesBack();
    }

    private boolean aNodeComesBack() {
        return ring.nodes().stream()
                .anyMatch(node -> node.isRunning()
                        && node.mode() == Mode.STARTING
                        && node.disk().stage() == io.ringsim.spi.NodeRecord.Stage.COMPLETED);
    }

    private Optional<String> limitReached() {
        if (stopped) {
            return Optional.of("interrupted");
        }
        if (ring.now().compareTo(scenario.limits().virtual()) >= 0) {
            return Optional.of(
                    "the limit of " + Judge.words(scenario.limits().virtual()) + " of virtual time was reached");
        }
        if (ring.simulation().trace().events() >= scenario.limits().events()) {
            return Optional.of("the limit of " + scenario.limits().events() + " events was reached");
        }
        return Optional.empty();
    }

    /** Lets what is still on its way arrive, so that the ring can be judged at rest. */
    private Optional<String> settle() {
        var end = ring.now().plus(SETTLING_MAX);
        while (ring.now().compareTo(end) < 0) {
            if (!aNodeComesBack()
                    && Invariant.viewsAgree().violations(ring).isEmpty()
                    && Invariant.nothingLeaks().violations(ring).isEmpty()) {
                break;
            }
            ring.runUntil(
                    () -> stopped || (++turns % TURNS_PER_REPORT == 0 && !listener.onProgress(progress())),
                    SETTLING_STEP);
            if (stopped) {
                return Optional.of("interrupted");
            }
        }
        for (var invariant : List.of(
                Invariant.viewsAgree(),
                Invariant.replicasHoldTheirRanges(),
                Invariant.sessionsAgree(),
                Invariant.operationsLeaveTheRingAsAnnounced(),
                Invariant.nothingLeaks())) {
            check(invariant);
        }
        return Optional.empty();
    }

    private void check(Invariant invariant) {
        var count = invariants.computeIfAbsent(invariant.name(), any -> new InvariantCount());
        count.checks++;
        for (var violation : invariant.violations(ring)) {
            count.violations.add(violation);
            log.violated(ring.now(), invariant.name(), violation);
        }
    }

    private void doWaiting() {
        for (var step : List.copyOf(waiting)) {
            if (isDue(step.start())) {
                waiting.remove(step);
                act(step.action());
            }
        }
    }

    private boolean isDue(Step.Start when) {
        if (when instanceof Step.WhenState state) {
            return isInState(state)
                    && ring.look().stream().allMatch(any -> any.mode().hasLeft() || sees(any, state));
        }
        if (when instanceof Step.WhenStreaming streaming) {
            return log.hasStreamed(streaming.node());
        }
        if (when instanceof Step.WhenReceived received) {
            return find(received.node())
                    .flatMap(SimulatedNode::operation)
                    .filter(operation -> operation.progress().total() > 0
                            && operation.progress().bytes()
                                    >= received.fraction()
                                            * operation.progress().total())
                    .isPresent();
        }
        return false;
    }

    /** What a dead node is, those know who remove it. */
    private boolean isInState(Step.WhenState state) {
        return Operator.removal(ring, state.node()).isPresent()
                ? state.state() == NodeState.LEFT
                : find(state.node())
                        .filter(node -> node.isRunning() && node.mode() == Judge.modeOf(state.state()))
                        .isPresent();
    }

    private static boolean sees(Node.State observer, Step.WhenState state) {
        var view = observer.surroundings().view();
        var node = state.node();
        boolean member = view.ring().isMember(node);
        return switch (state.state()) {
            case JOINING -> view.joining().containsKey(node);
            case NORMAL ->
                member && !view.leaving().contains(node) && !view.moving().containsKey(node);
            case LEAVING -> view.leaving().contains(node);
            case MOVING -> view.moving().containsKey(node);
            case LEFT -> !member && !view.joining().containsKey(node);
        };
    }

    private Optional<SimulatedNode> find(NodeId id) {
        return ring.nodes().stream().filter(node -> node.id().equals(id)).findFirst();
    }

    private void act(Step.Action action) {
        if (action instanceof Fault fault) {
            faults.inject(fault);
        } else if (action instanceof Operation operation) {
            log.asked(ring.now(), operation.name(), operator.begin(operation));
        }
        agenda.doDue(ring.now());
    }

    private void reportEnded() {
        for (var asked : log.asked()) {
            asked.operation().outcome().filter(any -> !reported.contains(asked)).ifPresent(outcome -> {
                reported.add(asked);
                log.ended(ring.now(), asked, outcome);
            });
        }
    }

    private RunListener.Progress progress() {
        var underway = ring.operations().stream()
                .filter(operation -> !operation.isDone())
                .map(this::underway)
                .toList();
        return new RunListener.Progress(ring.now(), ring.simulation().trace().events(), underway);
    }

    private RunListener.Underway underway(RunningOperation operation) {
        long bytes = operation.progress().bytes();
        long total = operation.progress().total();
        var elapsed = ring.now().minus(operation.progress().began().orElse(ring.now()));
        var remaining = bytes == 0 || total == 0
                ? Duration.ZERO
                : Duration.ofNanos((long) (elapsed.toNanos() * ((double) (total - bytes) / bytes)));
        return new RunListener.Underway(operation.name(), operation.node(), operation.step(), bytes, total, remaining);
    }

    private RunResult result(Optional<String> limit) {
        var judge = new Judge(ring, log);
        var expectations = limit.isPresent()
                ? List.<RunResult.ExpectationRun>of()
                : scenario.expect().stream().map(judge::judge).toList();
        var reason = limit.or(() -> whyFailed(expectations));
        var outcome = limit.isPresent()
                ? RunResult.Verdict.UNDECIDED
                : reason.isPresent() ? RunResult.Verdict.FAILED : RunResult.Verdict.PASSED;
        return new RunResult(
                scenario.name(),
                ring.seed(),
                outcome,
                reason.orElse(""),
                ring.now(),
                Duration.ZERO,
                ring.simulation().trace().events(),
                String.format("%016x", ring.simulation().trace().hash()),
                log.operations(ring.now()),
                invariants.entrySet().stream()
                        .map(entry -> new RunResult.InvariantRun(
                                entry.getKey(), entry.getValue().checks, entry.getValue().violations))
                        .toList(),
                expectations,
                traffic(),
                log.faults(),
                nodes());
    }

    private Optional<String> whyFailed(List<RunResult.ExpectationRun> expectations) {
        var broken = invariants.entrySet().stream()
                .filter(entry -> !entry.getValue().violations.isEmpty())
                .map(entry ->
                        entry.getKey() + ": " + entry.getValue().violations.get(0))
                .findFirst();
        var unmet = expectations.stream()
                .filter(expectation -> !expectation.passed())
                .map(expectation -> expectation.name() + ": " + expectation.detail())
                .findFirst();
        var never = waiting.stream()
                .map(step -> "a step never had its moment: when " + step.start())
                .findFirst();
        return broken.or(() -> unmet).or(() -> never);
    }

    private SortedMap<String, Long> traffic() {
        var counters = new TreeMap<String, Long>();
        ring.network().traffic().total().forEach((kind, amount) -> {
            counters.put("messages." + kind, amount.messages());
            counters.put("bytes." + kind, amount.bytes());
        });
        return counters;
    }

    private List<RunResult.NodeRun> nodes() {
        var members = new Judge(ring, log).finalRing();
        var owned = members.map(this::ownership).orElseGet(TreeMap::new);
        return ring.nodes().stream()
                .map(node -> new RunResult.NodeRun(
                        node.id(),
                        node.location(),
                        members.filter(any -> any.isMember(node.id()))
                                .map(any -> any.tokensOf(node.id()))
                                .orElse(List.of()),
                        node.mode().toString(),
                        node.isRunning(),
                        node.disk().bytes(),
                        ring.streams().bytesIn(node.id()),
                        ring.streams().bytesOut(node.id()),
                        owned.getOrDefault(node.id(), 0.0)))
                .toList();
    }

    /** Effective ownership in the first keyspace, or of the bare ring without one. */
    private SortedMap<NodeId, Double> ownership(TokenRing members) {
        return ring.design().keyspaces().stream()
                .findFirst()
                .map(keyspace -> members.ownership(keyspace.replication()))
                .orElseGet(members::ownership);
    }

    @Override
    public void close() {
        ring.close();
    }
}
