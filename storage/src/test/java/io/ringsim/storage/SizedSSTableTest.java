package io.ringsim.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.data.TableId;
import io.ringsim.ring.Token.LongToken;
import io.ringsim.ring.TokenRange;
import io.ringsim.runtime.Randomness;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SizedSSTableTest {
    private static final TableId TABLE = new TableId("shop", "orders");
    private static final SizeModel MODEL = SizeModel.defaults();

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void partsOfAnSSTableAddUpToIt(long seed) {
        var random = Randomness.of(seed);
        var sstable = someSSTable(random);
        var cuts = someTokens(random, 7);

        long sum = 0;
        for (int i = 0; i < cuts.size(); i++) {
            var range = new TokenRange(cuts.get(i == 0 ? cuts.size() - 1 : i - 1), cuts.get(i));
            sum += sstable.bytesIn(Coverage.of(List.of(range)));
        }

        assertThat(sum).isEqualTo(sstable.bytes());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void sectionsCostTheirDataAndAtMostAChunkMoreEach(long seed) {
        var random = Randomness.of(seed);
        var sstable = someSSTable(random);
        var requested = Coverage.of(List.of(range(random), range(random)));

        var file = sstable.fileFor(requested, MODEL);

        long stored = sstable.bytesIn(requested);
        assertThat(file.isPresent()).isEqualTo(stored > 0);
        file.ifPresent(sent -> {
            int sections = sent.sections().ranges().size();
            long data = stored * MODEL.dataPerMille() / 1000;
            assertThat(sent.stored()).isEqualTo(stored);
            assertThat(sent.bytes())
                    .isBetween(Math.max(1, data - sections), data + (long) sections * (MODEL.chunkBytes() + 1))
                    .isLessThanOrEqualTo(Math.max(1, sstable.bytes() * MODEL.dataPerMille() / 1000));
        });
    }

    @Test
    void anSSTableThatHoldsNothingOfTheRangesIsSkipped() {
        var sstable = new SizedSSTable(TABLE, "nb-1-big-Data.db", 1 << 20, Coverage.of(List.of(range(0, 100))));

        assertThat(sstable.fileFor(Coverage.of(List.of(range(100, 200))), MODEL))
                .isEmpty();
        assertThat(sstable.fileFor(Coverage.NONE, MODEL)).isEmpty();
    }

    @Test
    void whatIsWhollyRequestedIsSentAsItIsOnlyWhereThatIsAllowed() {
        var sstable = new SizedSSTable(TABLE, "nb-1-big-Data.db", 1_000_000, Coverage.of(List.of(range(0, 100))));
        var all = Coverage.of(List.of(range(-5, 200)));

        var entire = sstable.fileFor(all, MODEL.withEntireSSTables(true)).orElseThrow();
        var sections = sstable.fileFor(all, MODEL).orElseThrow();

        assertThat(entire.bytes()).isEqualTo(1_000_000);
        assertThat(entire.components()).isEqualTo(7);
        assertThat(sections.bytes()).isEqualTo(981_000);
        assertThat(sections.components()).isEqualTo(1);
    }

    @Test
    void aSectionInsideTheFileBringsHalfAChunkAtEachEnd() {
        var sstable = new SizedSSTable(TABLE, "nb-1-big-Data.db", 100_000_000, Coverage.of(List.of(range(0, 1000))));

        var inside =
                sstable.fileFor(Coverage.of(List.of(range(200, 300))), MODEL).orElseThrow();
        var atTheBegin =
                sstable.fileFor(Coverage.of(List.of(range(-50, 100))), MODEL).orElseThrow();
        var neighbours = sstable.fileFor(Coverage.of(List.of(range(200, 250), range(250, 300))), MODEL)
                .orElseThrow();

        assertThat(inside.bytes()).isEqualTo(9_810_000 + 16 * 1024);
        assertThat(atTheBegin.bytes()).isEqualTo(9_810_000 + 8 * 1024);
        assertThat(neighbours.bytes()).isEqualTo(inside.bytes());
    }

    @Test
    void aTableIsSplitEvenlyWithoutLosingAByte() {
        var table = SizedTable.evenly(TABLE, 1_000_003, 60, Coverage.of(List.of(range(0, 100))));

        assertThat(table.sstables()).hasSize(60);
        assertThat(table.bytes()).isEqualTo(1_000_003);
        assertThat(SizedTable.evenly(TABLE, 0, 60, Coverage.NONE).sstables()).isEmpty();
    }

    private static SizedSSTable someSSTable(Randomness random) {
        var coverage = Coverage.of(List.of(range(random), range(random), range(random)));
        return new SizedSSTable(TABLE, "nb-1-big-Data.db", 1 + random.nextLong(1L << 45), coverage);
    }

    private static TokenRange range(Randomness random) {
        return new TokenRange(new LongToken(random.nextLong()), new LongToken(random.nextLong()));
    }

    private static TokenRange range(long left, long right) {
        return new TokenRange(new LongToken(left), new LongToken(right));
    }

    private static List<LongToken> someTokens(Randomness random, int count) {
        var tokens = new ArrayList<LongToken>();
        for (int i = 0; i < count; i++) {
            tokens.add(new LongToken(random.nextLong()));
        }
        return tokens.stream().sorted().toList();
    }
}
