package io.ringsim.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CellTest {
    private static final Bytes C = Bytes.utf8("c");
    private static final Bytes A = Bytes.utf8("a");
    private static final Bytes B = Bytes.utf8("b");

    /** Of any two of these, the later in the list stays. */
    private static final List<Cell> WEAK_TO_STRONG = List.of(
            Cell.live(C, 1, A),
            Cell.live(C, 1, B),
            new Cell(C, 1, 20, 100, B),
            new Cell(C, 1, 10, 100, A),
            new Cell(C, 1, 10, 100, B),
            new Cell(C, 1, 20, 101, A),
            Cell.tombstone(C, 1, 50),
            Cell.tombstone(C, 1, 51),
            Cell.live(C, 2, A));

    @Test
    void theStrongerCellStaysWhicheverIsAskedFirst() {
        for (int weak = 0; weak < WEAK_TO_STRONG.size(); weak++) {
            for (int strong = weak; strong < WEAK_TO_STRONG.size(); strong++) {
                var winner = WEAK_TO_STRONG.get(strong);
                assertThat(winner.reconcile(WEAK_TO_STRONG.get(weak))).isEqualTo(winner);
                assertThat(WEAK_TO_STRONG.get(weak).reconcile(winner)).isEqualTo(winner);
            }
        }
    }

    @Test
    void valuesCompareUnsigned() {
        var high = Cell.live(C, 1, Bytes.of((byte) 0x80));
        var low = Cell.live(C, 1, Bytes.of((byte) 0x7F));

        assertThat(low.reconcile(high)).isEqualTo(high);
    }

    @Test
    void aTimeToLiveIsBounded() {
        assertThatThrownBy(() -> Cell.expiring(C, 1, Cell.MAX_TTL + 1, 0, A)).hasMessageContaining("time to live");
    }

    @Test
    void comparatorsOrderAsTheirTypesSay() {
        assertThat(ComparatorType.LONG.compare(Bytes.ofLong(-1), Bytes.ofLong(1)))
                .isNegative();
        assertThat(ComparatorType.BYTES.compare(Bytes.ofLong(-1), Bytes.ofLong(1)))
                .isPositive();
        assertThat(ComparatorType.LONG.compare(Bytes.EMPTY, Bytes.ofLong(Long.MIN_VALUE)))
                .isNegative();
        var early = ComparatorType.TIME_UUID.parse("ffffffff-0000-1000-8000-000000000000");
        var late = ComparatorType.TIME_UUID.parse("00000000-0001-1000-8000-000000000000");
        assertThat(ComparatorType.TIME_UUID.compare(early, late)).isNegative();
        assertThat(ComparatorType.LEXICAL_UUID.compare(early, late)).isNegative();
        assertThat(ComparatorType.BYTES.compare(early, late)).isPositive();
        var signedNode = ComparatorType.TIME_UUID.parse("00000000-0001-1000-8000-00000000ff00");
        assertThat(ComparatorType.TIME_UUID.compare(signedNode, late)).isNegative();
    }

    @Test
    void comparatorsReadWhatTheyPrintAndRefuseTheRest() {
        assertThat(ComparatorType.LONG.print(ComparatorType.LONG.parse("-7"))).isEqualTo("-7");
        assertThat(ComparatorType.UTF8.print(ComparatorType.UTF8.parse("grün"))).isEqualTo("grün");
        assertThatThrownBy(() -> ComparatorType.ASCII.parse("grün")).hasMessageContaining("AsciiType");
        assertThatThrownBy(() -> ComparatorType.LONG.parse("x")).hasMessageContaining("LongType");
        assertThatThrownBy(() -> ComparatorType.UTF8.validate(Bytes.of((byte) 0xC0)))
                .hasMessageContaining("UTF8Type");
        assertThatThrownBy(() -> ComparatorType.TIME_UUID.parse("00000000-0000-4000-8000-000000000000"))
                .hasMessageContaining("TimeUUIDType");
        assertThatThrownBy(() -> ComparatorType.named("UTFType")).hasMessageContaining("UTF8Type");
    }
}
