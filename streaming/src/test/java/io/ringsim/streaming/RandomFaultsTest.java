package io.ringsim.streaming;

import static io.ringsim.streaming.StreamRing.ITEMS;
import static io.ringsim.streaming.StreamRing.ORDERS;
import static io.ringsim.streaming.StreamRing.move;
import static io.ringsim.streaming.StreamRing.node;
import static io.ringsim.streaming.StreamRing.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.data.TableId;
import io.ringsim.network.LinkSet;
import io.ringsim.network.NetworkSettings;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Transfer;
import io.ringsim.runtime.Randomness;
import io.ringsim.spi.RangeStreamer;
import io.ringsim.spi.RangeStreamer.SessionEnded;
import io.ringsim.spi.RangeStreamer.SessionResult;
import io.ringsim.storage.Coverage;
import io.ringsim.storage.Housekeeping;
import io.ringsim.storage.KeyspaceRanges;
import io.ringsim.storage.StorageSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Three nodes stream to each other while things break. Whatever breaks, each session ends in one outcome at both ends within
 * bounded time, what completed is all there, of what failed no table is half there, and nothing stays open.
 *
 * <p>More seeds: {@code -Dringsim.streaming.seeds=1000..9999}. Each failure names its seed.
 */
class RandomFaultsTest {
    private static final String SEEDS = System.getProperty("ringsim.streaming.seeds", "0..249");
    private static final Duration FAULTS_FOR = Duration.ofSeconds(40);
    /** Longer than every time-out that may have to pass one after the other. */
    private static final Duration BOUND = Duration.ofHours(2);

    private static final int SSTABLES = 3;

    static LongStream seeds() {
        var ends = SEEDS.split("\\.\\.", -1);
        return LongStream.rangeClosed(Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everySessionEndsInOneOutcomeAndNothingIsHalfDone(long seed) {
        var random = Randomness.of(seed).fork("faults");
        var settings = (seed % 2 == 0 ? StreamingSettings.profile21() : StreamingSettings.profile41())
                .withConnectionsPerHost(1 + random.nextInt(2))
                .withThroughput(random.pick(List.of(0L, 50_000L, 300_000L)), 0)
                .withPatience(Duration.ofMinutes(10), Duration.ofMinutes(2), Duration.ofMinutes(40))
                .withChunks(64 << 10, 128 << 10, 512 << 10);
        var storage = StorageSettings.defaults()
                .withCapacity(random.pick(List.of(10_000_000L, Long.MAX_VALUE, Long.MAX_VALUE)));
        try (var ring = new StreamRing(seed, settings, storage, NetworkSettings.defaults())) {
            for (int i = 1; i <= 3; i++) {
                ring.start(i, table(ORDERS, 9_000_000, SSTABLES), table(ITEMS, 300_000, SSTABLES));
            }
            var run = new Run(ring, random, settings.streamingConnectionsPerHost());

            run.streamAndBreak();

            run.checkOutcomes();
            run.checkData();
            run.checkNothingIsOpen();
        }
    }

    /** One plan of a node, and what it was told. */
    private record Plan(String name, NodeId initiator, StreamPlan sessions, List<RangeStreamer.Event> events) {
        /** Whether the initiator's process went down, so that nobody could hear the end. */
        boolean isOrphan(List<String> orphans) {
            return orphans.contains(name);
        }
    }

    private static final class Run {
        private final StreamRing ring;
        private final Randomness random;
        private final int sessionsPerPeer;
        private final List<Plan> plans = new ArrayList<>();
        private final List<String> orphans = new ArrayList<>();
        private final List<String> story = new ArrayList<>();

        Run(StreamRing ring, Randomness random, int sessionsPerPeer) {
            this.ring = ring;
            this.random = random;
            this.sessionsPerPeer = sessionsPerPeer;
        }

        void streamAndBreak() {
            beginPlan(0);
            var end = ring.simulation.now().plus(FAULTS_FOR);
            while (ring.simulation.now().compareTo(end) < 0) {
                ring.simulation.runFor(Duration.ofMillis(random.nextInt(6_000)));
                if (plans.size() < 3 && random.chance(0.3)) {
                    beginPlan(plans.size());
                }
                if (random.chance(0.6)) {
                    story.add(ring.simulation.now() + " " + breakSomething());
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
            return plans.stream().allMatch(plan -> plan.isOrphan(orphans) || StreamRing.isFinished(plan.events()));
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
                var peer = node(1 + random.nextInt(3));
                if (!peer.equals(self)) {
                    long left = number * 300L + i * 50L;
                    transfers.add(
                            random.chance(0.6) ? move(peer, self, left, left + 40) : move(self, peer, left, left + 40));
                }
            }
            var name = self + "-" + number;
            var events = ring.stream(self, name, transfers.toArray(Transfer[]::new));
            plans.add(new Plan(name, self, StreamPlan.of(self, transfers, sessionsPerPeer), events));
        }

        private String breakSomething() {
            var one = node(1 + random.nextInt(3));
            var other = node(1 + random.nextInt(3));
            var links = random.chance(0.5)
                    ? LinkSet.between(List.of(one), List.of(other))
                    : LinkSet.oneWay(List.of(one), List.of(other));
            var faults = ring.disk(one).faults();
            switch (random.nextInt(11)) {
                case 0 -> {
                    if (ring.up.containsKey(one)) {
                        plans.stream()
                                .filter(plan -> plan.initiator().equals(one))
                                .forEach(plan -> orphans.add(plan.name()));
                        ring.crash(one);
                        return "crash " + one;
                    }
                    ring.restart(one);
                    return "restart " + one;
                }
                case 1 -> {
                    ring.network.partition(links).during(Duration.ofSeconds(random.nextInt(600)));
                    return "partition " + links;
                }
                case 2 -> {
                    ring.network.partition(links);
                    return "partition for good " + links;
                }
                case 3 -> {
                    var hold = ring.network.hold(links);
                    ring.simulation.events().schedule(random.nextLong(400_000_000_000L), hold::release);
                    return "hold " + links;
                }
                case 4 -> {
                    ring.network.impair(links, 0.3, 0, 0.3);
                    return "impair " + links;
                }
                case 5 -> {
                    faults.corruptNextReads(1 + random.nextInt(3));
                    return "corrupt reads of " + one;
                }
                case 6 -> {
                    faults.corruptNextWrites(1 + random.nextInt(3));
                    return "corrupt writes of " + one;
                }
                case 7 -> {
                    faults.slowDown(random.pick(List.of(1.0, 100.0, 1e4)));
                    return "slow disk of " + one;
                }
                case 8 -> {
                    faults.readOnly(random.chance(0.5));
                    return "read-only " + one;
                }
                case 9 -> {
                    var noise = random.fork("noise" + story.size());
                    ring.noise = chunk -> noise.chance(0.02) ? chunk.corrupted() : chunk;
                    return "noise";
                }
                default -> {
                    var plan = random.pick(plans);
                    if (ring.up.containsKey(plan.initiator())) {
                        ring.tell(plan.initiator(), new RangeStreamer.Cancel(plan.name(), "chance"));
                    }
                    return "cancel " + plan.name();
                }
            }
        }

        void checkOutcomes() {
            for (var plan : plans) {
                if (!plan.isOrphan(orphans)) {
                    assertThat(StreamRing.isFinished(plan.events()))
                            .as("%s of %s", plan.name(), story)
                            .isTrue();
                    assertThat(StreamRing.finished(plan.events()).sessions())
                            .as("%s of %s", plan.name(), story)
                            .hasSize(plan.sessions().sessions().size());
                }
                for (var session : plan.sessions().sessions()) {
                    var here = results(plan.initiator(), plan.name(), session.peer());
                    var there = results(session.peer(), plan.name(), plan.initiator());
                    assertThat(here).hasSizeLessThanOrEqualTo(sessionsPerPeer);
                    assertThat(there).hasSizeLessThanOrEqualTo(sessionsPerPeer);
                    if (all(here) && all(there) && here.size() == there.size()) {
                        assertThat(sum(here, true)).as("%s", story).isEqualTo(sum(there, false));
                        assertThat(sum(here, false)).as("%s", story).isEqualTo(sum(there, true));
                    }
                }
            }
        }

        private List<SessionResult> results(NodeId at, String plan, NodeId peer) {
            return ring.seen.getOrDefault(at, List.of()).stream()
                    .filter(event -> event instanceof SessionEnded ended
                            && ended.plan().equals(plan)
                            && ended.result().peer().equals(peer))
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

        void checkData() {
            var done = new ArrayList<Transfer>();
            for (var plan : plans) {
                results(plan.initiator(), plan.name()).forEach(result -> done.addAll(result.done()));
                for (var session : plan.sessions().sessions()) {
                    check(session, session.peer(), plan.initiator(), session.requests(), done);
                    check(session, plan.initiator(), session.peer(), session.offers(), done);
                }
            }
        }

        private List<SessionResult> results(NodeId at, String plan) {
            return ring.seen.getOrDefault(at, List.of()).stream()
                    .filter(event ->
                            event instanceof SessionEnded ended && ended.plan().equals(plan))
                    .map(event -> ((SessionEnded) event).result())
                    .toList();
        }

        /** All files of a table that a session moves are visible, or none; all when it is done. */
        private void check(
                StreamPlan.Session session, NodeId from, NodeId to, List<KeyspaceRanges> moved, List<Transfer> done) {
            for (var ranges : moved) {
                var coverage = Coverage.of(ranges.ranges());
                for (var table : List.of(ORDERS, ITEMS)) {
                    long visible = ring.disk(to).store().table(table).sstables().stream()
                            .filter(sstable -> sstable.coverage().equals(coverage))
                            .count();
                    var what = String.format("%s %s from %s to %s: %s", table, coverage, from, to, story);
                    if (done.containsAll(session.transfers())) {
                        assertThat(visible).as(what).isEqualTo(SSTABLES);
                        assertThat(bytes(to, table, coverage))
                                .as(what)
                                .isEqualTo(ranges.ranges().size() * share(table));
                    } else {
                        assertThat(visible).as(what).isIn(0L, (long) SSTABLES);
                    }
                }
            }
        }

        private long bytes(NodeId node, TableId table, Coverage coverage) {
            return ring.disk(node).store().table(table).sstables().stream()
                    .filter(sstable -> sstable.coverage().equals(coverage))
                    .mapToLong(sstable -> sstable.bytes())
                    .sum();
        }

        /** What 40 of the 1000 tokens of a table hold. */
        private static long share(TableId table) {
            return (table.equals(ORDERS) ? 9_000_000L : 300_000L) * 40 / 1000;
        }

        void checkNothingIsOpen() {
            for (var node : ring.up.keySet()) {
                assertThat(ring.sessions(node))
                        .as("sessions of %s: %s", node, story)
                        .isZero();
                assertThat(ring.open(node)).as("open at %s: %s", node, story).isEqualTo(new Housekeeping.Open(0, 0));
                assertThat(ring.disk(node).used())
                        .isEqualTo(ring.disk(node).store().bytes());
            }
            assertThat(ring.actors()).as("%s", story).doesNotContain("session-");
        }
    }
}
