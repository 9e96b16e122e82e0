package io.ringsim.network;

/**
 * One way between two nodes on one channel of a simulated network, for models that play very many small datagrams, such
 * as heartbeats: they are counted and meet their fate, but no event is scheduled and no inbox called.
 */
public final class Route<M extends WireMessage> {
    /** What {@link #probe} answers when the datagram would not arrive. */
    public static final long LOST = -1;

    private final Wire wire;
    private final Traffic traffic;
    private final Host from;
    private final Host to;
    private final OpenChannel channel;
    private String kind = "";
    private int kindNumber;
    private int counter;

    Route(Wire wire, Traffic traffic, Host from, Host to, OpenChannel channel) {
        this.wire = wire;
        this.traffic = traffic;
        this.from = from;
        this.to = to;
        this.channel = channel;
    }

    /**
     * What a datagram too small to wait for would experience if it were sent now: its latency in nanoseconds, or {@link
     * #LOST}. Counted as traffic.
     */
    public long probe(M datagram) {
        if (!from.up) {
            return LOST;
        }
        count(1, datagram);
        return isHeard() ? wire.fate(from, to, channel, datagram) : LOST;
    }

    /** Whether the receiver listens at all. */
    public boolean isHeard() {
        return to.inbox(channel) != null;
    }

    /** Counts so many such datagrams as sent. */
    public void count(long messages, M datagram) {
        if (!kind.equals(datagram.kind())) {
            kind = datagram.kind();
            kindNumber = traffic.kindOf(kind);
        }
        long bytes = messages * datagram.wireBytes();
        counter = traffic.count(from.index, to.index, kindNumber, messages, bytes, counter);
    }
}
