package io.ringsim.network.remote;

import java.time.Duration;

/**
 * How a host deals with other hosts.
 *
 * @param keepAlive how often each of two hosts that have talked says that it is there
 * @param patience how long a host may be silent before all connections with it are lost; at least twice {@code keepAlive}
 * @param window reliable messages to one host that may be on their way; must fit Artery's outbound-message-queue-size,
 *     which drops what does not fit
 * @param queueBytesMax bytes that may wait for one host; with more all connections with it are lost
 */
public record HostNetworkSettings(Duration keepAlive, Duration patience, int window, long queueBytesMax) {
    public HostNetworkSettings {
        if (keepAlive.isNegative() || keepAlive.isZero() || patience.compareTo(keepAlive.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException("patience " + patience + " is not at least twice keepAlive " + keepAlive
                    + ", or that is not positive");
        }
        if (window < 1 || queueBytesMax < 1) {
            throw new IllegalArgumentException(
                    "window " + window + " and queueBytesMax " + queueBytesMax + " must be positive");
        }
    }

    /** A sign of life per second, 10 s of patience as Akka's failure detectors have, 1024 messages, 256 MiB. */
    public static HostNetworkSettings defaults() {
        return new HostNetworkSettings(Duration.ofSeconds(1), Duration.ofSeconds(10), 1024, 256L << 20);
    }

    /** The signs of life a host may miss. */
    int missable() {
        return (int) patience.dividedBy(keepAlive);
    }
}
