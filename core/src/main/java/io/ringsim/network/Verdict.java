package io.ringsim.network;

import java.time.Duration;

/** What becomes of a message. */
public sealed interface Verdict {
    /** As the link would have it. */
    Verdict PASS = new Pass();

    /** Lost; on a reliable channel one transmission of it. */
    Verdict DROP = new Drop();

    /** Arrives so much later than sent, whatever the link's latency; on a reliable channel still in order. */
    static Verdict deliverAfter(Duration delay) {
        return new DeliverAfter(delay);
    }

    record Pass() implements Verdict {}

    record DeliverAfter(Duration delay) implements Verdict {}

    record Drop() implements Verdict {}
}
