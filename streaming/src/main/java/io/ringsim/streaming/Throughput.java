package io.ringsim.streaming;

/**
 * How fast a node may send, in bytes per second of all its sessions together; 0 is no limit. What goes to another datacenter
 * is bound by both limits of its kind.
 *
 * @param outbound of sections: {@code stream_throughput_outbound}
 * @param interDc of sections to other datacenters: {@code inter_dc_stream_throughput_outbound}
 * @param entireOutbound of SSTables that are sent as they are: {@code entire_sstable_stream_throughput_outbound}
 * @param entireInterDc of those to other datacenters: {@code entire_sstable_inter_dc_stream_throughput_outbound}
 */
public record Throughput(long outbound, long interDc, long entireOutbound, long entireInterDc) {
    public static final Throughput UNLIMITED = of(0, 0);

    public Throughput {
        if (outbound < 0 || interDc < 0 || entireOutbound < 0 || entireInterDc < 0) {
            throw new IllegalArgumentException("a throughput is not negative; 0 is no limit");
        }
    }

    /** The same limits, each on its own, for sections and for entire SSTables. */
    public static Throughput of(long outbound, long interDc) {
        return new Throughput(outbound, interDc, outbound, interDc);
    }
}
