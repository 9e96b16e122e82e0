package io.ringsim.gossip;

import io.ringsim.ring.NodeId;
import java.time.Duration;
import java.util.List;

/**
 * How gossip behaves; the defaults are those of Cassandra 2.1.
 *
 * @param seeds the nodes through which a starting node finds the others; the same for all
 * @param clusterName a node does not talk to one of another cluster
 * @param partitioner nor, from 1.2 on, to one with another partitioner; not empty
 * @param interval between two rounds (1 s)
 */
public record GossipSettings(
        List<NodeId> seeds,
        String clusterName,
        String partitioner,
        Duration interval,
        Timeouts timeouts,
        Rules rules,
        FailureDetection failureDetection) {
    private static final Duration RING_DELAY = Duration.ofSeconds(30);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /**
     * When to give up.
     *
     * @param quarantine for how long what was removed is not listened to (0.6: ring delay; later twice that)
     * @param fatClient after how much silence a node that is no member is forgotten (15 s in 0.6.13, then 30 s)
     * @param failedBootstrap the same for one that bootstraps (4.1: 60 s)
     * @param leftExpiry how long a node that left is remembered (3 days)
     * @param shadowRetry between two questions of a shadow round (5 s)
     * @param shadowGivesUp how long a shadow round lasts at most (ring delay)
     * @param shutdown how long a node that announced its shutdown goes on (2 s)
     * @param generationAhead how far in the future a generation may lie (one year)
     */
    public record Timeouts(
            Duration quarantine,
            Duration fatClient,
            Duration failedBootstrap,
            Duration leftExpiry,
            Duration shadowRetry,
            Duration shadowGivesUp,
            Duration shutdown,
            Duration generationAhead) {}

    /** At which starts a node looks at the ring before it takes part in gossip. */
    public enum ShadowRound {
        NEVER,
        /** Somebody must answer a newcomer. A member looks too, or would not find that it was removed, but goes on alone. */
        FIRST_START,
        /** Somebody must answer, unless the node is a seed. */
        EVERY_START
    }

    /**
     * What changed from version to version.
     *
     * @param echoes whether a node must answer an Echo before it counts as alive (2.0)
     * @param checksPartitioner whether another partitioner is refused (1.2)
     * @param announcesShutdown whether a node says so before it stops (1.0)
     * @param sparesDeadStates whether a node that left is not tried as an unreachable one (1.0)
     * @param quarantinesAll whether quarantine also keeps out news of nodes that are known (1.0)
     */
    public record Rules(
            ShadowRound shadowRound,
            boolean echoes,
            boolean checksPartitioner,
            boolean announcesShutdown,
            boolean sparesDeadStates,
            boolean quarantinesAll,
            WireFormat wire) {}

    /**
     * When silence means death.
     *
     * @param threshold the phi above which a peer is convicted, 5 to 16 (8)
     * @param first the interval a window of heartbeats begins with (0.6: half a round's, from 2.1 on twice)
     * @param longest a longer interval is not counted (from 2.1 on twice a round's)
     * @param samples how many intervals count (1,000)
     * @param localPause a longer pause of the node itself convicts nobody for as long (5 s, from 2.1 on)
     */
    public record FailureDetection(
            double threshold, Duration first, Duration longest, int samples, Duration localPause) {
        public FailureDetection {
            if (!(threshold >= 5 && threshold <= 16)) {
                throw new IllegalArgumentException("phi_convict_threshold is from 5 to 16, not " + threshold);
            }
        }

        FailureDetection with(double otherThreshold) {
            return new FailureDetection(otherThreshold, first, longest, samples, localPause);
        }

        private FailureDetection scaled(double factor) {
            return new FailureDetection(threshold, times(first, factor), times(longest, factor), samples, localPause);
        }

        private static Duration times(Duration duration, double factor) {
            return Duration.ofMillis(Math.round(Math.min(duration.toMillis() * factor, 1e12)));
        }
    }

    public GossipSettings {
        seeds = List.copyOf(seeds);
        if (clusterName.isEmpty() || partitioner.isEmpty() || interval.toMillis() < 1) {
            throw new IllegalArgumentException("gossip needs a cluster name, a partitioner and an interval of at least"
                    + " 1 ms: '" + clusterName + "', '" + partitioner + "', " + interval);
        }
    }

    /** Those of 2.1. */
    public static GossipSettings defaults(List<NodeId> seeds) {
        return profile21(seeds);
    }

    public static GossipSettings profile06(List<NodeId> seeds) {
        return of(
                seeds,
                new Timeouts(
                        RING_DELAY,
                        RING_DELAY.dividedBy(2),
                        RING_DELAY.dividedBy(2),
                        Duration.ofDays(3),
                        Duration.ofSeconds(5),
                        RING_DELAY,
                        Duration.ZERO,
                        Duration.ofDays(36_500)),
                new Rules(ShadowRound.NEVER, false, false, false, false, false, WireFormat.V0_6),
                new FailureDetection(8, INTERVAL.dividedBy(2), Duration.ofDays(1), 1_000, Duration.ofDays(1)));
    }

    public static GossipSettings profile21(List<NodeId> seeds) {
        return of(
                seeds,
                timeouts(RING_DELAY),
                new Rules(ShadowRound.FIRST_START, true, true, true, true, true, WireFormat.V2_1),
                modern());
    }

    public static GossipSettings profile41(List<NodeId> seeds) {
        return of(
                seeds,
                timeouts(RING_DELAY.multipliedBy(2)),
                new Rules(ShadowRound.EVERY_START, true, true, true, true, true, WireFormat.V4_1),
                modern());
    }

    /** The seeds that a node may ask. */
    List<NodeId> seedsBut(NodeId node) {
        return seeds.stream().filter(seed -> !seed.equals(node)).toList();
    }

    private static GossipSettings of(List<NodeId> seeds, Timeouts timeouts, Rules rules, FailureDetection detection) {
        return new GossipSettings(seeds, "Test Cluster", "Murmur3Partitioner", INTERVAL, timeouts, rules, detection);
    }

    private static Timeouts timeouts(Duration failedBootstrap) {
        return new Timeouts(
                RING_DELAY.multipliedBy(2),
                RING_DELAY,
                failedBootstrap,
                Duration.ofDays(3),
                Duration.ofSeconds(5),
                RING_DELAY,
                Duration.ofSeconds(2),
                Duration.ofDays(365));
    }

    private static FailureDetection modern() {
        return new FailureDetection(
                8, INTERVAL.multipliedBy(2), INTERVAL.multipliedBy(2), 1_000, Duration.ofSeconds(5));
    }

    public GossipSettings withSeeds(List<NodeId> nodes) {
        return new GossipSettings(nodes, clusterName, partitioner, interval, timeouts, rules, failureDetection);
    }

    public GossipSettings withClusterName(String name) {
        return new GossipSettings(seeds, name, partitioner, interval, timeouts, rules, failureDetection);
    }

    public GossipSettings withPartitioner(String name) {
        return new GossipSettings(seeds, clusterName, name, interval, timeouts, rules, failureDetection);
    }

    /** With another pace; the failure detector's expectations go with it. */
    public GossipSettings withInterval(Duration other) {
        double factor = (double) other.toMillis() / interval.toMillis();
        return new GossipSettings(
                seeds, clusterName, partitioner, other, timeouts, rules, failureDetection.scaled(factor));
    }

    public GossipSettings withThreshold(double phi) {
        return new GossipSettings(
                seeds, clusterName, partitioner, interval, timeouts, rules, failureDetection.with(phi));
    }
}
