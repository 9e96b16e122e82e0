package io.ringsim.storage.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.ring.Partitioner;
import io.ringsim.ring.Token;
import io.ringsim.ring.Token.BigIntegerToken;
import io.ringsim.runtime.Randomness;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenPrefixTest {
    @Test
    void growsWithTheTokensOfRandomPartitionerToTheLast() {
        var last = BigInteger.TWO.pow(127);
        var tokens = new ArrayList<Token>();
        for (var value : List.of(
                BigInteger.ONE.negate(),
                BigInteger.ZERO,
                BigInteger.ONE,
                BigInteger.TWO.pow(63),
                BigInteger.TWO.pow(126),
                last.subtract(BigInteger.ONE),
                last)) {
            tokens.add(new BigIntegerToken(value));
        }
        var random = Randomness.of(1);
        for (int i = 0; i < 1_000; i++) {
            tokens.add(Partitioner.RANDOM.randomToken(random));
        }
        tokens.sort(null);

        for (int i = 1; i < tokens.size(); i++) {
            assertThat(TokenPrefix.of(tokens.get(i)))
                    .as("%s after %s", tokens.get(i), tokens.get(i - 1))
                    .isGreaterThanOrEqualTo(TokenPrefix.of(tokens.get(i - 1)));
        }
    }
}
