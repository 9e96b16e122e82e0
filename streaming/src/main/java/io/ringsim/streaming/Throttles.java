package io.ringsim.streaming;

import java.util.List;

/** The throttles that all sessions of a node share. */
final class Throttles {
    private final Throttle outbound;
    private final Throttle interDc;
    private final Throttle entireOutbound;
    private final Throttle entireInterDc;

    Throttles(Throughput throughput) {
        this.outbound = new Throttle(throughput.outbound());
        this.interDc = new Throttle(throughput.interDc());
        this.entireOutbound = new Throttle(throughput.entireOutbound());
        this.entireInterDc = new Throttle(throughput.entireInterDc());
    }

    /** Those that a piece on its way there has to pass. */
    List<Throttle> of(Piece piece, boolean toOtherDatacenter) {
        if (piece.file().file().isEntire()) {
            return toOtherDatacenter ? List.of(entireOutbound, entireInterDc) : List.of(entireOutbound);
        }
        return toOtherDatacenter ? List.of(outbound, interDc) : List.of(outbound);
    }
}
