package io.ringsim.network;

/**
 * How good a link is, one way. The chances, each from 0 to 1, are per message and independent.
 *
 * @param loss that a message is lost; costs a {@link Channel.Promise#RELIABLE} channel a retransmission
 * @param duplication that a datagram arrives twice
 * @param reordering that a message is late, so that datagrams sent after it overtake it
 */
public record LinkQuality(Latency latency, double loss, double duplication, double reordering) {
    public LinkQuality {
        requireChance("loss", loss);
        requireChance("duplication", duplication);
        requireChance("reordering", reordering);
    }

    /** A link that only takes time. */
    public static LinkQuality of(Latency latency) {
        return new LinkQuality(latency, 0, 0, 0);
    }

    public LinkQuality withLoss(double chance) {
        return new LinkQuality(latency, chance, duplication, reordering);
    }

    public LinkQuality withDuplication(double chance) {
        return new LinkQuality(latency, loss, chance, reordering);
    }

    public LinkQuality withReordering(double chance) {
        return new LinkQuality(latency, loss, duplication, chance);
    }

    private static void requireChance(String what, double chance) {
        if (!(chance >= 0 && chance <= 1)) {
            throw new IllegalArgumentException(what + " must be from 0 to 1, not " + chance);
        }
    }
}
