package io.ringsim.ring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.ringsim.ring.Token.BigIntegerToken;
import io.ringsim.ring.Token.BytesToken;
import io.ringsim.ring.Token.LongToken;
import io.ringsim.ring.Token.StringToken;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PartitionerTest {
    private static final BigInteger TWO_TO_127 = BigInteger.ONE.shiftLeft(127);

    static List<Partitioner> all() {
        return List.of(Partitioner.MURMUR3, Partitioner.RANDOM, Partitioner.ORDER_PRESERVING, Partitioner.BYTE_ORDERED);
    }

    private static Token midpoint(Partitioner partitioner, String left, String right) {
        return partitioner.midpoint(partitioner.parse(left), partitioner.parse(right));
    }

    private static TokenRange range(Partitioner partitioner, String left, String right) {
        return new TokenRange(partitioner.parse(left), partitioner.parse(right));
    }

    /** Tokens of real clusters, and those that clients of Cassandra check themselves against. */
    @ParameterizedTest
    @CsvSource({
        "00104327529fb645dd00b883ec39ae448bb800000400066a6b00, -9223371632693506265",
        "313233, -7468325962851647638",
        "00ff10fa9900ff10fa9900ff10fa9900ff10fa9900ff10fa9900ff10fa9900ff10fa9900ff10fa9900ff10fa9900ff10fa99,"
                + " 5837342703291459765",
        "fefefefefefefefe, -8927430733708461935",
        "1010101010101010, 1446172840243228796",
        "39323233333732303336383534373735383037, 7162290910810015547",
        "0102030405060708090a0b0c0d0e0f10, -5563837382979743776",
        "0708090a0b0c0d0e0f10111213141516, 8228893370679682632",
        "00000000000000000000000000000000, 5457549051747178710",
        "ffffffffffffffffffffffffffffffff, -2824192546314762522",
        "fefefefefefefefefefefefefefefefefe, -1672437813826982685",
        "fefefefe, 4566408979886474012",
        "00000000, -3485513579396041028",
        "00017f7f, 6573459401642635627",
        "00ffffff, 123573637386978882",
        "ff010203, -2839127690952877842",
        "00010203ffffffffffffffffffffffff, 6463632673159404390",
        "e2e7, -8582699461035929883",
        "e2e7e2e7e2e701, 2222373981930033306",
        "12345678, -8827056344306985898",
    })
    void hashesKeysWithMurmur3AsCassandraDoes(String key, long token) {
        assertThat(Partitioner.MURMUR3.token(HexFormat.of().parseHex(key))).isEqualTo(new LongToken(token));
    }

    @ParameterizedTest
    @CsvSource({
        "123, 42767516990368493138776584305024125808",
        "9223372036854775807, 28528976619278518853815276204542453639",
    })
    void hashesKeysWithMd5AsCassandraDoes(String key, String token) {
        assertThat(Partitioner.RANDOM.token(key.getBytes(UTF_8))).isEqualTo(new BigIntegerToken(new BigInteger(token)));
    }

    @Test
    void keepsKeysAsTheyAreWhereTheirOrderIsKept() {
        var key = "käse".getBytes(UTF_8);

        assertThat(Partitioner.ORDER_PRESERVING.token(key)).isEqualTo(new StringToken("käse"));
        assertThat(Partitioner.BYTE_ORDERED.token(key)).isEqualTo(new BytesToken("6bc3a47365"));
        assertThat(Partitioner.BYTE_ORDERED.token(new byte[] {0x7f}))
                .isLessThan(Partitioner.BYTE_ORDERED.token(new byte[] {(byte) 0x80}));
    }

    @Test
    void refusesKeysThatAreNotUtf8WhereTheyAreTokens() {
        assertThatThrownBy(() -> Partitioner.ORDER_PRESERVING.token(new byte[] {(byte) 0xff}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("UTF-8");
    }

    @ParameterizedTest
    @MethodSource("all")
    void givesTheEmptyKeyTheMinimum(Partitioner partitioner) {
        assertThat(partitioner.token(new byte[0])).isEqualTo(partitioner.minimum());
        assertThat(partitioner.minimum().isMinimum()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("all")
    void drawsTokensAboveTheMinimumThatReadBackFromTheirText(Partitioner partitioner) {
        var random = Rings.random(7);
        for (int i = 0; i < 1_000; i++) {
            var token = partitioner.randomToken(random);
            assertThat(token).isGreaterThan(partitioner.minimum());
            assertThat(partitioner.owns(token)).isTrue();
            assertThat(partitioner.parse(token.toString())).isEqualTo(token);
        }
    }

    @Test
    void parsesTheFormsThatToolsPrint() {
        assertThat(Partitioner.BYTE_ORDERED.parse("Token(bytes[0aFF])")).isEqualTo(new BytesToken("0aff"));
        assertThat(Partitioner.BYTE_ORDERED.parse("aff")).isEqualTo(new BytesToken("0aff"));
        assertThat(Partitioner.MURMUR3.parse(" -9223372036854775808 ").isMinimum())
                .isTrue();
        assertThat(Partitioner.RANDOM.parse("-1").isMinimum()).isTrue();
        assertThat(Partitioner.RANDOM.parse(TWO_TO_127.toString())).isEqualTo(new BigIntegerToken(TWO_TO_127));
    }

    @ParameterizedTest
    @CsvSource({
        "Murmur3Partitioner, 9223372036854775808, out of the range",
        "Murmur3Partitioner, -9223372036854775809, out of the range",
        "Murmur3Partitioner, 12x, whole number",
        "Murmur3Partitioner, '', whole number",
        "RandomPartitioner, -2, out of the range",
        "RandomPartitioner, 170141183460469231731687303715884105729, out of the range",
        "RandomPartitioner, 0x10, whole number",
        "ByteOrderedPartitioner, xy, hexadecimal",
    })
    void refusesWhatIsNoTokenOfIts(String partitioner, String text, String reason) {
        assertThatThrownBy(() -> Partitioner.named(partitioner).parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason)
                .hasMessageContaining(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 10, 5",
        "-3, 0, -2",
        "10, 20, 15",
        "-9223372036854775808, 9223372036854775807, -1",
        "10, -10, 9223372036854775807",
        "0, 0, 9223372036854775807",
        "9223372036854775807, -9223372036854775807, 9223372036854775807",
        "1000, 998, -9223372036854774809",
        "9223372036854775807, 9223372036854775806, -1",
    })
    void halvesMurmur3RangesAsCassandraDoes(String left, String right, String expected) {
        assertThat(midpoint(Partitioner.MURMUR3, left, right)).hasToString(expected);
    }

    @Test
    void halvesRangesOfRandomPartitionerModulo127Bits() {
        var partitioner = Partitioner.RANDOM;
        assertThat(midpoint(partitioner, "3", "6")).hasToString("4");
        assertThat(midpoint(partitioner, "-1", "7")).hasToString("3");
        assertThat(midpoint(partitioner, "10", "0"))
                .hasToString(TWO_TO_127
                        .subtract(BigInteger.TEN)
                        .shiftRight(1)
                        .add(BigInteger.TEN)
                        .toString());
        assertThat(midpoint(partitioner, TWO_TO_127.subtract(BigInteger.ONE).toString(), "9"))
                .hasToString("4");
    }

    @Test
    void halvesRangesOfKeysWithOneDigitMoreWhereTheyAreOdd() {
        assertThat(midpoint(Partitioner.BYTE_ORDERED, "10", "20")).hasToString("18");
        assertThat(midpoint(Partitioner.BYTE_ORDERED, "10", "21")).hasToString("1880");
        assertThat(midpoint(Partitioner.BYTE_ORDERED, "1000", "20")).hasToString("1800");
        assertThat(midpoint(Partitioner.BYTE_ORDERED, "f0", "10")).hasToString("00");
        assertThat(midpoint(Partitioner.BYTE_ORDERED, "f0", "ef")).hasToString("6f80");
        assertThat(midpoint(Partitioner.BYTE_ORDERED, "", "")).hasToString("80");
        assertThat(midpoint(Partitioner.ORDER_PRESERVING, "a", "c")).hasToString("b");
        assertThat(midpoint(Partitioner.ORDER_PRESERVING, "a", "b")).hasToString("a\u8000");
        assertThat(midpoint(Partitioner.ORDER_PRESERVING, "", "")).hasToString("\u8000");
    }

    @ParameterizedTest
    @MethodSource("all")
    void halvesRangesWithinThem(Partitioner partitioner) {
        var random = Rings.random(3);
        for (int i = 0; i < 2_000; i++) {
            var range = new TokenRange(partitioner.randomToken(random), partitioner.randomToken(random));
            var middle = partitioner.midpoint(range.left(), range.right());
            assertThat(range.contains(middle)).as("%s in %s", middle, range).isTrue();
            double half = partitioner.fraction(new TokenRange(range.left(), middle));
            assertThat(half).isCloseTo(partitioner.fraction(range) / 2, within(1e-9));
        }
    }

    @Test
    void measuresRanges() {
        var murmur3 = Partitioner.MURMUR3;
        assertThat(murmur3.width(range(murmur3, "-5", "10"))).isEqualTo(15);
        assertThat(murmur3.width(range(murmur3, "10", "-5")))
                .isEqualTo(BigInteger.ONE.shiftLeft(64).subtract(BigInteger.valueOf(15)));
        assertThat(murmur3.width(range(murmur3, "7", "7"))).isEqualTo(BigInteger.ONE.shiftLeft(64));
        assertThat(murmur3.fraction(range(murmur3, "7", "7"))).isEqualTo(1.0);
        assertThat(murmur3.fraction(range(murmur3, "-9223372036854775808", "0")))
                .isEqualTo(0.5);
        var random = Partitioner.RANDOM;
        assertThat(random.width(range(random, "-1", TWO_TO_127.toString()))).isEqualTo(TWO_TO_127);
        assertThat(random.width(range(random, "3", "3"))).isEqualTo(TWO_TO_127);
        assertThat(random.width(range(random, "5", "3"))).isEqualTo(TWO_TO_127.subtract(BigInteger.TWO));
    }

    @ParameterizedTest
    @MethodSource("all")
    void ownsTheWholeRingTogether(Partitioner partitioner) {
        var random = Rings.random(5);
        for (int tokens = 1; tokens < 200; tokens += 7) {
            var sorted =
                    Rings.tokens(partitioner, tokens, random).stream().sorted().toList();
            double sum = Arrays.stream(partitioner.owned(sorted)).sum();
            assertThat(sum).isCloseTo(1, within(1e-9));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Murmur3Partitioner, Murmur3Partitioner",
        "org.apache.cassandra.dht.RandomPartitioner, RandomPartitioner",
        "org.apache.cassandra.dht.OrderPreservingPartitioner, OrderPreservingPartitioner",
        "ByteOrderedPartitioner, ByteOrderedPartitioner",
    })
    void isKnownByItsClassName(String name, String expected) {
        assertThat(Partitioner.named(name).name()).isEqualTo(expected);
    }

    @Test
    void namesTheKnownPartitionersWhenAskedForAnother() {
        assertThatThrownBy(() -> Partitioner.named("Murmur2Partitioner"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown partitioner 'Murmur2Partitioner'; known are Murmur3Partitioner,"
                        + " RandomPartitioner, OrderPreservingPartitioner, ByteOrderedPartitioner");
    }

    @Test
    void isRecognisedByItsTokens() {
        assertThat(Partitioner.inferredFrom(List.of("-12", "5"))).isEqualTo(Partitioner.MURMUR3);
        assertThat(Partitioner.inferredFrom(List.of("0", "9223372036854775807")))
                .isEqualTo(Partitioner.MURMUR3);
        assertThat(Partitioner.inferredFrom(List.of("0", "9223372036854775808")))
                .isEqualTo(Partitioner.RANDOM);
        assertThat(Partitioner.inferredFrom(List.of("0a", "ff"))).isEqualTo(Partitioner.BYTE_ORDERED);
        assertThat(Partitioner.inferredFrom(List.of("Token(bytes[0a])"))).isEqualTo(Partitioner.BYTE_ORDERED);
        assertThat(Partitioner.inferredFrom(List.of("apple", "ff"))).isEqualTo(Partitioner.ORDER_PRESERVING);
    }
}
