package io.ringsim.scenario;

import io.ringsim.ring.Partitioner;
import io.ringsim.ring.Token;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tokens at equal distances, as operators computed them before there were vnodes. */
final class EvenTokens {
    private static final BigInteger OFFSET = BigInteger.valueOf(100);

    private EvenTokens() {}

    /**
     * Evenly spaced tokens, ascending; nothing where the partitioner's tokens have no distance.
     *
     * @param datacenter shifts them a little, so that datacenters do not claim the same ones
     */
    static Optional<List<Token>> of(Partitioner partitioner, int count, int datacenter) {
        BigInteger first;
        BigInteger whole;
        if (partitioner == Partitioner.MURMUR3) {
            first = BigInteger.valueOf(Long.MIN_VALUE).add(BigInteger.ONE);
            whole = BigInteger.ONE.shiftLeft(64);
        } else if (partitioner == Partitioner.RANDOM) {
            first = BigInteger.ZERO;
            whole = BigInteger.ONE.shiftLeft(127);
        } else {
            return Optional.empty();
        }
        BigInteger start = first.add(OFFSET.multiply(BigInteger.valueOf(datacenter)));
        var tokens = new ArrayList<Token>();
        for (int i = 0; i < count; i++) {
            BigInteger step = whole.multiply(BigInteger.valueOf(i)).divide(BigInteger.valueOf(count));
            tokens.add(partitioner.parse(start.add(step).toString()));
        }
        return Optional.of(tokens);
    }
}
