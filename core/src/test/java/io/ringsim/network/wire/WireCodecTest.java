package io.ringsim.network.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringsim.data.Bytes;
import io.ringsim.data.TableId;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Status;
import io.ringsim.ring.Token;
import io.ringsim.ring.TokenRange;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WireCodecTest {
    sealed interface Animal permits Cat, Mouse {}

    record Cat(String name, List<Animal> eaten) implements Animal {}

    record Mouse() implements Animal {}

    record Everything(
            NodeId node,
            TableId table,
            List<TokenRange> ranges,
            List<Token> tokens,
            Bytes bytes,
            Status status,
            Optional<NodeId> replaced,
            Animal animal,
            boolean flag,
            double ratio,
            Sealed digest) {}

    static final class Sealed {
        private final long[] prints;

        Sealed(long[] prints) {
            this.prints = prints;
        }

        int size() {
            return prints.length;
        }
    }

    record Alone(Token token) {}

    record Vague(Object anything) {}

    private final WireCodec codec = new WireCodec(1 << 20);

    @Test
    void readsEveryFormAsItWasWritten() {
        Samples.assertEveryKindRoundTrips(Everything.class);
        Samples.assertEveryKindRoundTrips(Animal.class);
        Samples.assertEveryKindRoundTrips(Token.class);
        assertThat(new Sealed(new long[2]).size()).isEqualTo(2);
    }

    @Test
    void readsTheExtremeTokensOfEveryPartitioner() throws UnreadableException {
        var tokens = List.of(
                new Token.LongToken(Long.MIN_VALUE),
                new Token.LongToken(Long.MAX_VALUE),
                new Token.LongToken(0),
                new Token.BigIntegerToken(BigInteger.ONE.negate()),
                new Token.BigIntegerToken(BigInteger.ZERO),
                new Token.BigIntegerToken(BigInteger.TWO.pow(127)),
                new Token.StringToken(""),
                new Token.StringToken("\u00e4\ud83d\ude00"),
                new Token.BytesToken(""),
                new Token.BytesToken("00ff"));

        for (var token : tokens) {
            assertThat(codec.read(Alone.class, codec.write(new Alone(token)))).isEqualTo(new Alone(token));
        }
    }

    @Test
    void aRangeOfNumbersTakesTwentyBytesAtMost() {
        var range = new TokenRange(new Token.LongToken(Long.MIN_VALUE), new Token.LongToken(Long.MAX_VALUE));

        assertThat(codec.write(range)).hasSizeLessThanOrEqualTo(20);
    }

    @Test
    void refusesFewerPartsMorePartsNullsAndOtherTypes() {
        var array = (byte) 0x80;
        var bad = new ArrayList<byte[]>();
        bad.add(new byte[] {});
        bad.add(new byte[] {(byte) (array | 1), 1});
        bad.add(new byte[] {(byte) (array | 3), 1, 2, 3});
        bad.add(new byte[] {(byte) (array | 2), 1, (byte) 0xf6});
        bad.add(new byte[] {(byte) (array | 2), 1, (byte) 0xf5});
        bad.add(new byte[] {(byte) (array | 2), 1, 2, 3});
        bad.add(new byte[] {(byte) 0xa0});
        bad.add(new byte[] {(byte) 0xf6});

        for (var bytes : bad) {
            assertThatThrownBy(() -> codec.read(TokenRange.class, bytes))
                    .isInstanceOf(UnreadableException.class)
                    .hasMessageContaining("TokenRange");
        }
    }

    @Test
    void saysWhyAConstructorRefuses() {
        var blank = new byte[] {0x61, ' '};

        assertThatThrownBy(() -> codec.read(NodeId.class, blank))
                .isInstanceOf(UnreadableException.class)
                .hasMessageContaining("must not be blank");
    }

    @Test
    void refusesToWriteWhatHasNoForm() {
        assertThatThrownBy(() -> codec.write(new Vague(new Object())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Vague");
    }

    @Test
    void refusesWhatNestsWithoutEnd() {
        var nested = new byte[10_000];
        Arrays.fill(nested, (byte) 0x81);

        assertThatThrownBy(() -> codec.read(Animal.class, nested)).isInstanceOf(UnreadableException.class);
        assertThatThrownBy(() -> codec.read(Everything.class, nested)).isInstanceOf(UnreadableException.class);
    }

    @Test
    void refusesAFamilyThatAnybodyMayJoin() {
        assertThatThrownBy(() -> Kinds.of(Runnable.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("neither sealed nor final");
    }
}
