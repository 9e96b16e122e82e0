package io.ringsim.streaming;

import static io.ringsim.streaming.StreamRing.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.network.LinkSet;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Transfer;
import io.ringsim.runtime.Randomness;
import io.ringsim.spi.RangeStreamer;
import io.ringsim.spi.RangeStreamer.SessionEnded;
import io.ringsim.spi.RangeStreamer.SessionResult;
import io.ringsim.storage.Housekeeping;
import io.ringsim.storage.KeyspaceRanges;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Plans that three nodes stream at once while chance breaks links, processes and disks, and what became of them. */
final class RandomStreams {
    private static final Duration FAULTS_FOR = Duration.ofSeconds(40);
    /** Longer than every time-out that may have to pass one after the other. */
    private static final Duration BOUND = Duration.ofHours(2);

    private static final int NODES = 3;
    private static final int PLANS = 3;

    /** What the nodes keep their data on. */
    interface Disks {
        /** Breaks something at a node that is up; returns what. */
        String breakAt(NodeId node, Randomness chance);

        /** The node's process went down. */
        void crashed(NodeId node, Randomness chance);

        /** Makes the disk good enough to start on. */
        void repair(NodeId node);
    }

    /** Ranges from here to there, in thousandths of what the keys of the test lie in. */
    interface Ranges {
        Transfer move(NodeId from, NodeId to, long left, long right);
    }

    /** One plan of a node, and what it was told. */
    record Plan(String name, NodeId initiator, StreamPlan sessions, List<RangeStreamer.Event> events) {}

    /** All that one session moves in one direction. */
    record Moved(NodeId from, NodeId to, List<KeyspaceRanges> ranges, boolean done) {}

    private final StreamRing ring;
    private final Randomness random;
    private final StreamingSettings settings;
    private final Disks disks;
    private final Ranges ranges;
    private final List<Plan> plans = new ArrayList<>();
    /** Plans whose initiator's process went down, so that nobody could hear the end. */
    private final List<String> orphans = new ArrayList<>();

    private final List<String> story = new ArrayList<>();

    RandomStreams(StreamRing ring, Randomness random, StreamingSettings settings, Disks disks, Ranges ranges) {
        this.ring = ring;
        this.random = random;
        this.settings = settings;
        this.disks = disks;
        this.ranges = ranges;
    }

    /** Settings of either profile, with time-outs that a run can wait for. */
    static StreamingSettings settings(long seed, Randomness random) {
        return (seed % 2 == 0 ? StreamingSettings.profile21() : StreamingSettings.profile41())
                .withConnectionsPerHost(1 + random.nextInt(2))
                .withResumedRetries(random.chance(0.5))
                .with(new StreamingSettings.Patience(
                        Duration.ofMinutes(10), Duration.ofMinutes(2), Duration.ofMinutes(40)));
    }

    /** What happened, to be said with a failure. */
    List<String> story() {
        return story;
    }

    void streamAndBreak(UnaryOperator<StreamMessage.Chunk> noise) {
        beginPlan(0);
        var end = ring.simulation.now().plus(FAULTS_FOR);
        while (ring.simulation.now().compareTo(end) < 0) {
            ring.simulation.runFor(Duration.ofMillis(random.nextInt(6_000)));
            if (plans.size() < PLANS && random.chance(0.3)) {
                beginPlan(plans.size());
            }
            if (random.chance(0.6)) {
                story.add(ring.simulation.now() + " " + breakSomething(noise));
            }
        }
        ring.noise = chunk -> chunk;
        if (random.chance(0.5)) {
            ring.network.healAll();
        }
        ring.simulation.runUntil(this::isQuiet, BOUND);
        ring.simulation.runFor(Duration.ofMinutes(20));
    }

    private boolean isQuiet() {
        return plans.stream().allMatch(plan -> orphans.contains(plan.name()) || StreamRing.isFinished(plan.events()));
    }

    /** Every plan has ranges of its own, so that what is visible tells which session brought it. */
    private void beginPlan(int number) {
        var up = List.copyOf(ring.up.keySet());
        if (up.size() < 2) {
            return;
        }
        var self = random.pick(up);
        var transfers = new ArrayList<Transfer>();
        for (int i = 0; i < 6; i++) {
            var peer = node(1 + random.nextInt(NODES));
            if (!peer.equals(self)) {
                long left = number * 300L + i * 50L;
                transfers.add(
                        random.chance(0.6)
                                ? ranges.move(peer, self, left, left + 40)
                                : ranges.move(self, peer, left, left + 40));
            }
        }
        var name = self + "-" + number;
        var events = ring.stream(self, name, transfers.toArray(Transfer[]::new));
        var sessions = StreamPlan.of(self, transfers, settings.streamingConnectionsPerHost());
        plans.add(new Plan(name, self, sessions, events));
    }

    private String breakSomething(UnaryOperator<StreamMessage.Chunk> noise) {
        var one = node(1 + random.nextInt(NODES));
        return switch (random.nextInt(11)) {
            case 0 -> crashOrRestart(one);
            case 1, 2, 3, 4 -> breakLink(one, node(1 + random.nextInt(NODES)));
            case 5 -> {
                ring.noise = noise;
                yield "noise";
            }
            case 6 -> cancel(random.pick(plans));
            default -> ring.up.containsKey(one) ? disks.breakAt(one, random) : one + " is down anyway";
        };
    }

    private String crashOrRestart(NodeId node) {
        if (!ring.up.containsKey(node)) {
            disks.repair(node);
            ring.restart(node);
            return "restart " + node;
        }
        plans.stream().filter(plan -> plan.initiator().equals(node)).forEach(plan -> orphans.add(plan.name()));
        ring.crash(node);
        disks.crashed(node, random);
        return "crash " + node;
    }

    private String breakLink(NodeId one, NodeId other) {
        var links = random.chance(0.5)
                ? LinkSet.between(List.of(one), List.of(other))
                : LinkSet.oneWay(List.of(one), List.of(other));
        switch (random.nextInt(4)) {
            case 0 -> {
                ring.network.partition(links).during(Duration.ofSeconds(random.nextInt(600)));
                return "partition " + links;
            }
            case 1 -> {
                ring.network.partition(links);
                return "partition for good " + links;
            }
            case 2 -> {
                var hold = ring.network.hold(links);
                ring.simulation.events().schedule(random.nextLong(400_000_000_000L), hold::release);
                return "hold " + links;
            }
            default -> {
                ring.network.impair(links, 0.3, 0.1, 0.3);
                return "impair " + links;
            }
        }
    }

    private String cancel(Plan plan) {
        if (ring.up.containsKey(plan.initiator())) {
            ring.tell(plan.initiator(), new RangeStreamer.Cancel(plan.name(), "chance"));
        }
        return "cancel " + plan.name();
    }

    /** Every session ended once at each end; both ends that completed say the same. */
    void checkOutcomes() {
        for (var plan : plans) {
            if (!orphans.contains(plan.name())) {
                assertThat(StreamRing.isFinished(plan.events()))
                        .as("%s of %s", plan.name(), story)
                        .isTrue();
                assertThat(StreamRing.finished(plan.events()).sessions())
                        .as("%s of %s", plan.name(), story)
                        .hasSize(plan.sessions().sessions().size());
            }
            for (var session : plan.sessions().sessions()) {
                checkEnds(plan, session.peer());
            }
        }
    }

    private void checkEnds(Plan plan, NodeId peer) {
        var here = results(plan.initiator(), plan.name(), peer);
        var there = results(peer, plan.name(), plan.initiator());
        int most = settings.streamingConnectionsPerHost();
        assertThat(here).as("%s", story).hasSizeLessThanOrEqualTo(most);
        assertThat(there).as("%s", story).hasSizeLessThanOrEqualTo(most);
        if (all(here) && all(there) && here.size() == there.size()) {
            assertThat(sum(here, true)).as("%s", story).isEqualTo(sum(there, false));
            assertThat(sum(here, false)).as("%s", story).isEqualTo(sum(there, true));
        }
        here.stream()
                .filter(result -> !result.completed())
                .forEach(result -> assertThat(result.failure()).as("%s", story).isNotBlank());
    }

    private List<SessionResult> results(NodeId at, String plan, NodeId peer) {
        return results(at, plan).stream()
                .filter(result -> result.peer().equals(peer))
                .toList();
    }

    private List<SessionResult> results(NodeId at, String plan) {
        return ring.seen.getOrDefault(at, List.of()).stream()
                .filter(event ->
                        event instanceof SessionEnded ended && ended.plan().equals(plan))
                .map(event -> ((SessionEnded) event).result())
                .toList();
    }

    private static boolean all(List<SessionResult> results) {
        return results.stream().allMatch(SessionResult::completed);
    }

    private static long sum(List<SessionResult> results, boolean sent) {
        return results.stream()
                .mapToLong(result -> sent ? result.bytesSent() : result.bytesReceived())
                .sum();
    }

    /** What each session was to move. */
    List<Moved> moved() {
        var moved = new ArrayList<Moved>();
        for (var plan : plans) {
            var done = new ArrayList<Transfer>();
            results(plan.initiator(), plan.name()).forEach(result -> done.addAll(result.done()));
            for (var session : plan.sessions().sessions()) {
                boolean isDone = done.containsAll(session.transfers());
                moved.add(new Moved(session.peer(), plan.initiator(), session.requests(), isDone));
                moved.add(new Moved(plan.initiator(), session.peer(), session.offers(), isDone));
            }
        }
        return moved;
    }

    /** Nothing of any session is left in the processes that are up. */
    void checkNothingIsOpen() {
        for (var node : ring.up.keySet()) {
            assertThat(ring.sessions(node))
                    .as("sessions of %s: %s", node, story)
                    .isZero();
            assertThat(ring.open(node)).as("open at %s: %s", node, story).isEqualTo(new Housekeeping.Open(0, 0));
        }
        assertThat(ring.actors()).as("%s", story).doesNotContain("session-");
    }
}
