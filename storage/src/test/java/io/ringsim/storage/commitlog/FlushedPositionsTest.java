package io.ringsim.storage.commitlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.runtime.Randomness;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

class FlushedPositionsTest {
    @Test
    void holdsTheUpperEndAndNotTheLower() {
        var flushed = FlushedPositions.NOTHING.and(at(10), at(20));

        assertThat(flushed.contains(at(10))).isFalse();
        assertThat(flushed.contains(at(11))).isTrue();
        assertThat(flushed.contains(at(20))).isTrue();
        assertThat(flushed.contains(at(21))).isFalse();
        assertThat(flushed.contains(new CommitLogPosition(2, 15))).isFalse();
    }

    @Test
    void coversOnlyWhatIsInWithoutAGap() {
        var flushed = FlushedPositions.NOTHING.and(at(20), at(30)).and(at(0), at(10));

        assertThat(flushed.covers(at(5), at(25))).isFalse();
        assertThat(flushed.and(at(10), at(20)).covers(at(5), at(25))).isTrue();
        assertThat(flushed.and(at(10), at(20)).intervals()).hasSize(1);
    }

    @Test
    void isTheSetOfWhatWasAdded() {
        for (long seed = 0; seed < 300; seed++) {
            var chance = Randomness.of(seed);
            var flushed = FlushedPositions.NOTHING;
            var expected = new BitSet();

            for (int i = 0; i < 6; i++) {
                int after = chance.nextInt(40);
                int upTo = chance.nextInt(40);
                flushed = chance.nextBoolean()
                        ? flushed.and(at(after), at(upTo))
                        : flushed.and(FlushedPositions.NOTHING.and(at(after), at(upTo)));
                expected.set(after + 1, Math.max(after, upTo) + 1);
            }

            for (int from = 0; from < 41; from++) {
                assertThat(flushed.contains(at(from))).isEqualTo(expected.get(from));
                for (int to = from; to < 41; to++) {
                    assertThat(flushed.covers(at(from), at(to))).isEqualTo(expected.nextClearBit(from) > to);
                }
            }
        }
    }

    private static CommitLogPosition at(int offset) {
        return new CommitLogPosition(1, offset);
    }
}
