package io.ringsim.scenario;

import io.ringsim.network.Latency;
import java.time.Duration;

/** The world around the ring and the settings all of its nodes share, by the names cassandra.yaml gives them. */
public record Model(
        Rate streamThroughputOutbound,
        Rate interDcStreamThroughputOutbound,
        Duration ringDelay,
        Duration gossipInterval,
        double phiConvictThreshold,
        int maxStreamingRetries,
        Duration streamingSocketTimeout,
        boolean consistentRangeMovement,
        Network network,
        Disk disk) {
    private static final long MIB = 1L << 20;

    /**
     * The links between nodes.
     *
     * @param bandwidth of each node's network card, shared by its links
     * @param loss share of messages lost, 0 to 1
     */
    public record Network(Latency latency, Latency interDcLatency, Rate bandwidth, double loss) {}

    /** Each node's disk. */
    public record Disk(Rate read, Rate write, long capacity) {}

    /** What a ring of the profile has when nobody changes anything. */
    public static Model defaults(Profile profile) {
        var throughput = new Rate(profile == Profile.V4_1 ? 24 * MIB : 25 * MIB);
        return new Model(
                profile == Profile.V0_6 ? Rate.UNLIMITED : throughput,
                profile == Profile.V0_6 ? Rate.UNLIMITED : throughput,
                Duration.ofSeconds(30),
                Duration.ofSeconds(1),
                8,
                profile == Profile.V4_1 ? 0 : 3,
                profile == Profile.V4_1 ? Duration.ofMinutes(10) : Duration.ofHours(1),
                true,
                new Network(
                        new Latency.LogNormal(Duration.ofNanos(300_000), Duration.ofMillis(4)),
                        new Latency.LogNormal(Duration.ofMillis(30), Duration.ofMillis(60)),
                        new Rate(1_250_000_000),
                        0),
                new Disk(new Rate(400 * MIB), new Rate(300 * MIB), 2L << 40));
    }
}
