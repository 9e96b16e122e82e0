package io.ringsim.streaming;

import java.time.Duration;

/**
 * How a node streams, under the names of cassandra.yaml where it has one.
 *
 * @param protocol which both ends of a session speak
 * @param maxStreamingRetries files of one session that may be asked again, before the session fails
 * @param streamThroughputOutbound bytes per second that all sessions of a node send together; 0 is no limit
 * @param interDcStreamThroughputOutbound bytes per second of that to other datacenters; 0 is no limit
 * @param streamingConnectionsPerHost sessions of a plan with each peer
 * @param streamingSocketTimeout a session that hears nothing of its peer for so long fails
 * @param streamingKeepAlivePeriod how often an end says that it is there
 * @param streamTransferTaskTimeout a session in which no file advances for so long fails. (Cassandra 2.1 took the file for
 *     received then, 4.1 fails the session.)
 * @param chunkBytesMin content of a file up to 64 of these travels in chunks of this size
 * @param chunkBytesMax the largest chunk, for the largest files
 * @param windowBytes content a receiver lets be on its way in one session; bounds its memory, and the rate over long links to
 *     this much per round trip
 */
public record StreamingSettings(
        StreamProtocol protocol,
        int maxStreamingRetries,
        long streamThroughputOutbound,
        long interDcStreamThroughputOutbound,
        int streamingConnectionsPerHost,
        Duration streamingSocketTimeout,
        Duration streamingKeepAlivePeriod,
        Duration streamTransferTaskTimeout,
        int chunkBytesMin,
        int chunkBytesMax,
        long windowBytes) {
    /** 200 megabits, as Cassandra 2.1 counts them: of 1024 * 1024 bits. */
    private static final long MEGABITS_200 = 200L * 1024 * 1024 / 8;

    private static final int CHUNKS_PER_FILE = 64;

    /** Longer than any run. */
    private static final Duration NO_TIMEOUT = Duration.ofDays(36_500);

    public StreamingSettings {
        if (maxStreamingRetries < 0 || streamThroughputOutbound < 0 || interDcStreamThroughputOutbound < 0) {
            throw new IllegalArgumentException("retries and throughputs are not negative");
        }
        if (streamingConnectionsPerHost < 1) {
            throw new IllegalArgumentException("a plan needs a session with each peer");
        }
        if (streamingSocketTimeout.compareTo(streamingKeepAlivePeriod) < 0 || streamingKeepAlivePeriod.isZero()) {
            throw new IllegalArgumentException("a peer is given up after " + streamingSocketTimeout
                    + " of silence, so it must say more often than every " + streamingKeepAlivePeriod
                    + " that it is there");
        }
        if (chunkBytesMin < 1 || chunkBytesMax < chunkBytesMin || windowBytes < 4L * chunkBytesMax) {
            throw new IllegalArgumentException("chunks of " + chunkBytesMin + " to " + chunkBytesMax
                    + " bytes need a window of four of them, not " + windowBytes);
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
                MEGABITS_200,
                MEGABITS_200,
                1,
                Duration.ofHours(1),
                Duration.ofMinutes(5),
                Duration.ofHours(12),
                64 << 10,
                1 << 20,
                8 << 20);
    }

    /** Cassandra 4.1 and later: 24 MiB/s; a peer that misses two keep-alives is gone; no file is sent twice. */
    public static StreamingSettings profile41() {
        return new StreamingSettings(
                StreamProtocol.V4_1,
                0,
                24L << 20,
                24L << 20,
                1,
                Duration.ofMinutes(10),
                Duration.ofMinutes(5),
                Duration.ofHours(12),
                64 << 10,
                1 << 20,
                8 << 20);
    }

    /** The settings with these throughputs, in bytes per second; 0 is no limit. */
    public StreamingSettings withThroughput(long outbound, long interDc) {
        return new StreamingSettings(
                protocol,
                maxStreamingRetries,
                outbound,
                interDc,
                streamingConnectionsPerHost,
                streamingSocketTimeout,
                streamingKeepAlivePeriod,
                streamTransferTaskTimeout,
                chunkBytesMin,
                chunkBytesMax,
                windowBytes);
    }

    public StreamingSettings withRetries(int max) {
        return new StreamingSettings(
                protocol,
                max,
                streamThroughputOutbound,
                interDcStreamThroughputOutbound,
                streamingConnectionsPerHost,
                streamingSocketTimeout,
                streamingKeepAlivePeriod,
                streamTransferTaskTimeout,
                chunkBytesMin,
                chunkBytesMax,
                windowBytes);
    }

    public StreamingSettings withConnectionsPerHost(int sessions) {
        return new StreamingSettings(
                protocol,
                maxStreamingRetries,
                streamThroughputOutbound,
                interDcStreamThroughputOutbound,
                sessions,
                streamingSocketTimeout,
                streamingKeepAlivePeriod,
                streamTransferTaskTimeout,
                chunkBytesMin,
                chunkBytesMax,
                windowBytes);
    }

    public StreamingSettings withPatience(Duration socketTimeout, Duration keepAlive, Duration taskTimeout) {
        return new StreamingSettings(
                protocol,
                maxStreamingRetries,
                streamThroughputOutbound,
                interDcStreamThroughputOutbound,
                streamingConnectionsPerHost,
                socketTimeout,
                keepAlive,
                taskTimeout,
                chunkBytesMin,
                chunkBytesMax,
                windowBytes);
    }

    /**
     * The settings with this socket time-out; zero is none. Ends say that they are there at least twice within it.
     */
    public StreamingSettings withSocketTimeout(Duration timeout) {
        var patience = timeout.isZero() ? NO_TIMEOUT : timeout;
        var half = patience.dividedBy(2);
        var keepAlive = half.compareTo(streamingKeepAlivePeriod) < 0 ? half : streamingKeepAlivePeriod;
        return withPatience(patience, keepAlive, streamTransferTaskTimeout);
    }

    public StreamingSettings withChunks(int min, int max, long window) {
        return new StreamingSettings(
                protocol,
                maxStreamingRetries,
                streamThroughputOutbound,
                interDcStreamThroughputOutbound,
                streamingConnectionsPerHost,
                streamingSocketTimeout,
                streamingKeepAlivePeriod,
                streamTransferTaskTimeout,
                min,
                max,
                window);
    }

    /** The chunks in which a file of that size travels: a power of two times the least, about 64 of them. */
    int chunkBytesFor(long fileBytes) {
        int chunk = chunkBytesMin;
        while (chunk < chunkBytesMax && (long) chunk * CHUNKS_PER_FILE < fileBytes) {
            chunk <<= 1;
        }
        return Math.min(chunk, chunkBytesMax);
    }
}
