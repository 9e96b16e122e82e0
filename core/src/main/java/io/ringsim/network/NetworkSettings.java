package io.ringsim.network;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A network's figures; the defaults are those of an ordinary cluster.
 *
 * @param sameRack the links between nodes of one rack
 * @param sameDatacenter the links between racks of one datacenter
 * @param betweenDatacenters the links between nodes of different datacenters
 * @param egress bytes per second that leave a node's network card at most
 * @param ingress bytes per second that a node's network card takes in at most
 */
public record NetworkSettings(
        LinkQuality sameRack,
        LinkQuality sameDatacenter,
        LinkQuality betweenDatacenters,
        long egress,
        long ingress,
        Tcp tcp) {
    /** A network card that is never the limit. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    public NetworkSettings {
        if (egress <= 0 || ingress <= 0) {
            throw new IllegalArgumentException("a network card moves at least 1 byte per second: " + egress + " out, "
                    + ingress + " in; to cut a node off, partition it");
        }
    }

    /** 10 Gbit/s cards; 300 us (p99 4 ms) within a datacenter; 30 ms (p99 60 ms) between datacenters; nothing is lost. */
    public static NetworkSettings defaults() {
        var near = LinkQuality.of(new Latency.LogNormal(Duration.ofNanos(300_000), Duration.ofMillis(4)));
        var far = LinkQuality.of(new Latency.LogNormal(Duration.ofMillis(30), Duration.ofMillis(60)));
        return new NetworkSettings(near, near, far, 1_250_000_000, 1_250_000_000, Tcp.defaults());
    }

    public NetworkSettings withinDatacenters(LinkQuality quality) {
        return new NetworkSettings(quality, quality, betweenDatacenters, egress, ingress, tcp);
    }

    public NetworkSettings withinRacks(LinkQuality quality) {
        return new NetworkSettings(quality, sameDatacenter, betweenDatacenters, egress, ingress, tcp);
    }

    public NetworkSettings betweenDatacenters(LinkQuality quality) {
        return new NetworkSettings(sameRack, sameDatacenter, quality, egress, ingress, tcp);
    }

    public NetworkSettings withBandwidth(long bytesPerSecond) {
        return new NetworkSettings(sameRack, sameDatacenter, betweenDatacenters, bytesPerSecond, bytesPerSecond, tcp);
    }

    public NetworkSettings with(Tcp other) {
        return new NetworkSettings(sameRack, sameDatacenter, betweenDatacenters, egress, ingress, other);
    }

    /**
     * How reliable channels keep their promise.
     *
     * @param retransmissionTimeout how long past the round trip the sender waits for an acknowledgement before it sends
     *     again; doubles each time (Linux: 200 ms)
     * @param retransmissionTimeoutMax where the doubling ends (Linux: 120 s)
     * @param userTimeout how long data may stay unacknowledged before the sender gives the connection up
     *     (cassandra.yaml's {@code internode_tcp_user_timeout}: 30 s)
     * @param userTimeouts the same for single channels, by name (cassandra.yaml's {@code
     *     internode_streaming_tcp_user_timeout}: 5 minutes for {@code streaming})
     * @param keepAlive after how long an end that has nothing to send finds out that its peer does not answer
     *     (Cassandra's recommended kernel settings: 60 s idle, then 3 probes 10 s apart)
     */
    public record Tcp(
            Duration retransmissionTimeout,
            Duration retransmissionTimeoutMax,
            Duration userTimeout,
            SortedMap<String, Duration> userTimeouts,
            Duration keepAlive) {
        public Tcp {
            userTimeouts = Collections.unmodifiableSortedMap(new TreeMap<>(userTimeouts));
            if (retransmissionTimeout.compareTo(Duration.ofMillis(1)) < 0) {
                throw new IllegalArgumentException(
                        "retransmissionTimeout must be at least 1 ms, not " + retransmissionTimeout);
            }
        }

        public static Tcp defaults() {
            return new Tcp(
                    Duration.ofMillis(200),
                    Duration.ofSeconds(120),
                    Duration.ofSeconds(30),
                    new TreeMap<>(Collections.singletonMap("streaming", Duration.ofMinutes(5))),
                    Duration.ofSeconds(90));
        }

        public Tcp withUserTimeout(String channel, Duration timeout) {
            var timeouts = new TreeMap<>(userTimeouts);
            timeouts.put(channel, timeout);
            return new Tcp(retransmissionTimeout, retransmissionTimeoutMax, userTimeout, timeouts, keepAlive);
        }

        public Tcp withKeepAlive(Duration duration) {
            return new Tcp(retransmissionTimeout, retransmissionTimeoutMax, userTimeout, userTimeouts, duration);
        }

        Duration userTimeout(Channel<?> channel) {
            return userTimeouts.getOrDefault(channel.name(), userTimeout);
        }
    }
}
