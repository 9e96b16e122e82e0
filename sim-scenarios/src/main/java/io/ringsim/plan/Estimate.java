package io.ringsim.plan;

import io.ringsim.report.Units;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * How long an operation takes. All peers stream at the same time, so the slowest of them decides: the one whose bytes
 * take longest through its throttle, its network card or its disk, or the receiver's.
 *
 * @param low nothing else uses the limiting resource
 * @param likely a tenth of it is lost on the way: file by file, compaction, traffic
 * @param high half of it is
 * @param waits part of each: the operation's own waiting
 */
public record Estimate(Duration low, Duration likely, Duration high, Duration waits, String limitedBy) {
    private static final double LIKELY_SHARE = 0.9;
    private static final double HIGH_SHARE = 0.5;

    private record Limit(double seconds, String what) {}

    static Estimate of(Change change, List<Plan.PeerPlan> peers, Speeds speeds, Function<NodeId, Location> locations) {
        var limits = new ArrayList<Limit>();
        sums(peers, Plan.PeerPlan::from).forEach((node, bytes) -> {
            limit(limits, bytes, speeds.throughput(), node + " outbound");
            limit(limits, bytes, speeds.bandwidth(), node + " network");
            limit(limits, bytes, speeds.diskRead(), node + " disk read");
        });
        var far = peers.stream()
                .filter(peer -> !locations
                        .apply(peer.from())
                        .datacenter()
                        .equals(locations.apply(peer.to()).datacenter()))
                .toList();
        sums(far, Plan.PeerPlan::from)
                .forEach((node, bytes) ->
                        limit(limits, bytes, speeds.interDcThroughput(), node + " outbound to other datacenters"));
        sums(peers, Plan.PeerPlan::to).forEach((node, bytes) -> {
            limit(limits, bytes, speeds.bandwidth(), node + " network");
            limit(limits, bytes, speeds.diskWrite(), node + " disk write");
        });
        var slowest = new Limit(0, "");
        for (Limit limit : limits) {
            if (limit.seconds > slowest.seconds) {
                slowest = limit;
            }
        }
        Duration waits = change.waits(speeds.ringDelay());
        boolean mostlyWaits = slowest.seconds < waits.toMillis() / 1e3;
        String limitedBy = slowest.what.isEmpty() || mostlyWaits
                ? "ring delay " + Units.duration(waits) + (slowest.what.isEmpty() ? "" : ", then " + slowest.what)
                : slowest.what;
        return new Estimate(
                waits.plus(seconds(slowest.seconds)),
                waits.plus(seconds(slowest.seconds / LIKELY_SHARE)),
                waits.plus(seconds(slowest.seconds / HIGH_SHARE)),
                waits,
                limitedBy);
    }

    private static SortedMap<NodeId, Long> sums(List<Plan.PeerPlan> peers, Function<Plan.PeerPlan, NodeId> by) {
        var sums = new TreeMap<NodeId, Long>();
        peers.forEach(peer -> sums.merge(by.apply(peer), peer.bytes(), Long::sum));
        return sums;
    }

    private static void limit(List<Limit> limits, long bytes, long bytesPerSecond, String what) {
        if (bytesPerSecond > 0) {
            limits.add(new Limit((double) bytes / bytesPerSecond, what + " " + Units.bytes(bytesPerSecond) + "/s"));
        }
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1e3));
    }
}
