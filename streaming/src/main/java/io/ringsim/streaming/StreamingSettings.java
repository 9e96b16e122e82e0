package io.ringsim.streaming;

import java.time.Duration;

/**
 * How a node streams, under the names of cassandra.yaml where it has one.
 *
 * @param protocol which both ends of a session speak
 * @param maxStreamingRetries files of one session that may be asked again, before the session fails
 * @param resumeRetries whether a file that is asked again goes on where it was right, not at its begin; beyond Cassandra
 * @param streamingConnectionsPerHost sessions of a plan with each peer
 * @param patience after which a session fails
 * @param chunks in which content crosses the modelled network
 */
public record StreamingSettings(
        StreamProtocol protocol,
        int maxStreamingRetries,
        boolean resumeRetries,
        Throughput throughput,
        int streamingConnectionsPerHost,
        Patience patience,
        Chunks chunks) {
    /** 200 megabits, as Cassandra 2.1 counts them: of 1024 * 1024 bits. */
    private static final long MEGABITS_200 = 200L * 1024 * 1024 / 8;

    private static final long MEBIBYTES_24 = 24L << 20;

    public StreamingSettings {
        if (maxStreamingRetries < 0) {
            throw new IllegalArgumentException("retries are not negative: " + maxStreamingRetries);
        }
        if (streamingConnectionsPerHost < 1) {
            throw new IllegalArgumentException("a plan needs a session with each peer");
        }
    }

    /**
     * How long a session waits.
     *
     * @param streamingSocketTimeout a session that hears nothing of its peer for so long fails, and one whose content has a
     *     connection of its own on which nothing moves
     * @param streamingKeepAlivePeriod how often an end says that it is there
     * @param streamTransferTaskTimeout a session in which no file advances for so long fails. (Cassandra 2.1 took the file for
     *     received then, 4.1 fails the session.)
     */
    public record Patience(
            Duration streamingSocketTimeout, Duration streamingKeepAlivePeriod, Duration streamTransferTaskTimeout) {
        /** Longer than any run. */
        private static final Duration NO_TIMEOUT = Duration.ofDays(36_500);

        public Patience {
            if (streamingSocketTimeout.compareTo(streamingKeepAlivePeriod) < 0 || streamingKeepAlivePeriod.isZero()) {
                throw new IllegalArgumentException("a peer is given up after " + streamingSocketTimeout
                        + " of silence, so it must say more often than every " + streamingKeepAlivePeriod
                        + " that it is there");
            }
        }

        Patience withSocketTimeout(Duration timeout) {
            var longest = timeout.isZero() ? NO_TIMEOUT : timeout;
            var half = longest.dividedBy(2);
            var keepAlive = half.compareTo(streamingKeepAlivePeriod) < 0 ? half : streamingKeepAlivePeriod;
            return new Patience(longest, keepAlive, streamTransferTaskTimeout);
        }
    }

    /**
     * The chunks in which content crosses the modelled network.
     *
     * @param bytesMin content of a file up to 64 of these travels in chunks of this size
     * @param bytesMax the largest chunk, for the largest files
     * @param windowBytes content a receiver lets be on its way in one session; bounds its memory, and the rate over long links
     *     to this much per round trip
     */
    public record Chunks(int bytesMin, int bytesMax, long windowBytes) {
        static final Chunks DEFAULT = new Chunks(64 << 10, 1 << 20, 8 << 20);
        private static final int PER_FILE = 64;

        public Chunks {
            if (bytesMin < 1 || bytesMax < bytesMin || windowBytes < 4L * bytesMax) {
                throw new IllegalArgumentException("chunks of " + bytesMin + " to " + bytesMax
                        + " bytes need a window of four of them, not " + windowBytes);
            }
        }

        /** For a file of that size: a power of two times the least, about 64 of them. */
        int bytesFor(long fileBytes) {
            int chunk = bytesMin;
            while (chunk < bytesMax && (long) chunk * PER_FILE < fileBytes) {
                chunk <<= 1;
            }
            return Math.min(chunk, bytesMax);
        }
    }

    /**
     * Cassandra 2.1: 200 Mbit/s, a socket time-out of one hour. It relied on TCP's keep-alive; ours are its successors',
     * every 5 minutes.
     */
    public static StreamingSettings profile21() {
        return new StreamingSettings(
                StreamProtocol.V2_1,
                3,
                false,
                Throughput.of(MEGABITS_200, MEGABITS_200),
                1,
                new Patience(Duration.ofHours(1), Duration.ofMinutes(5), Duration.ofHours(12)),
                Chunks.DEFAULT);
    }

    /** Cassandra 4.1 and later: 24 MiB/s; a peer that misses two keep-alives is gone; no file is sent twice. */
    public static StreamingSettings profile41() {
        return new StreamingSettings(
                StreamProtocol.V4_1,
                0,
                false,
                Throughput.of(MEBIBYTES_24, MEBIBYTES_24),
                1,
                new Patience(Duration.ofMinutes(10), Duration.ofMinutes(5), Duration.ofHours(12)),
                Chunks.DEFAULT);
    }

    /** The settings with these throughputs, in bytes per second; 0 is no limit. */
    public StreamingSettings withThroughput(long outbound, long interDc) {
        return with(Throughput.of(outbound, interDc));
    }

    public StreamingSettings with(Throughput changed) {
        return new StreamingSettings(
                protocol, maxStreamingRetries, resumeRetries, changed, streamingConnectionsPerHost, patience, chunks);
    }

    public StreamingSettings with(Patience changed) {
        return new StreamingSettings(
                protocol, maxStreamingRetries, resumeRetries, throughput, streamingConnectionsPerHost, changed, chunks);
    }

    public StreamingSettings with(Chunks changed) {
        return new StreamingSettings(
                protocol,
                maxStreamingRetries,
                resumeRetries,
                throughput,
                streamingConnectionsPerHost,
                patience,
                changed);
    }

    public StreamingSettings withRetries(int max) {
        return new StreamingSettings(
                protocol, max, resumeRetries, throughput, streamingConnectionsPerHost, patience, chunks);
    }

    public StreamingSettings withResumedRetries(boolean resume) {
        return new StreamingSettings(
                protocol, maxStreamingRetries, resume, throughput, streamingConnectionsPerHost, patience, chunks);
    }

    public StreamingSettings withConnectionsPerHost(int sessions) {
        return new StreamingSettings(
                protocol, maxStreamingRetries, resumeRetries, throughput, sessions, patience, chunks);
    }

    /**
     * The settings with this socket time-out; zero is none. Ends say that they are there at least twice within it.
     */
    public StreamingSettings withSocketTimeout(Duration timeout) {
        return with(patience.withSocketTimeout(timeout));
    }
}
