package io.ringsim.plan;

import java.time.Duration;

/**
 * How fast nodes stream. Rates are bytes per second; 0 is no limit.
 *
 * @param throughput stream_throughput_outbound of each node
 * @param interDcThroughput inter_dc_stream_throughput_outbound: what of it may go to other datacenters
 * @param bandwidth of a node's network card
 */
public record Speeds(
        long throughput, long interDcThroughput, long bandwidth, long diskRead, long diskWrite, Duration ringDelay) {}
