package io.ringsim.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringsim.ring.Partitioner;
import io.ringsim.ring.TokenRange;
import io.ringsim.runtime.Randomness;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
    @Test
    void whatDiffersIsFoundAndLittleElse() {
        for (int seed = 0; seed < 200; seed++) {
            var random = Randomness.of(seed);
            var partitioner = seed % 2 == 0 ? Partitioner.MURMUR3 : Partitioner.RANDOM;
            var whole = new TokenRange(partitioner.minimum(), partitioner.minimum());
            var keys = new ArrayList<Key>();
            for (int i = 0; i < 500; i++) {
                keys.add(Key.of(partitioner, Bytes.ofLong(random.nextLong())));
            }
            var changed = random.pick(keys);
            var mine = MerkleTree.over(whole, partitioner, 10);
            var theirs = MerkleTree.over(whole, partitioner, 10);

            keys.forEach(key -> mine.add(key.token(), hash(key, 0)));
            random.shuffle(keys);
            keys.forEach(key -> theirs.add(key.token(), hash(key, key.equals(changed) ? 1 : 0)));

            var difference = mine.difference(theirs);
            assertThat(difference).hasSize(1);
            assertThat(difference.get(0).contains(changed.token())).isTrue();
            assertThat(partitioner.fraction(difference.get(0))).isLessThan(1.0 / 1000);
            assertThat(mine.difference(mine)).isEmpty();
        }
    }

    @Test
    void aMissingKeyAndAnExtraKeyAreDifferences() {
        var whole = new TokenRange(Partitioner.MURMUR3.minimum(), Partitioner.MURMUR3.minimum());
        var mine = MerkleTree.over(whole, Partitioner.MURMUR3, 6);
        var theirs = MerkleTree.over(whole, Partitioner.MURMUR3, 6);
        var a = Key.of(Partitioner.MURMUR3, Bytes.utf8("a"));
        var b = Key.of(Partitioner.MURMUR3, Bytes.utf8("b"));
        mine.add(a.token(), hash(a, 0));
        theirs.add(b.token(), hash(b, 0));

        assertThat(mine.difference(theirs))
                .anyMatch(range -> range.contains(a.token()))
                .anyMatch(range -> range.contains(b.token()));
    }

    @Test
    void aRangeTooSmallToHalveMakesAShallowTree() {
        var range = new TokenRange(Partitioner.MURMUR3.parse("10"), Partitioner.MURMUR3.parse("12"));

        assertThat(MerkleTree.over(range, Partitioner.MURMUR3, 10).depth()).isEqualTo(1);
    }

    @Test
    void treesOverOtherRangesDoNotCompare() {
        var a = MerkleTree.over(
                new TokenRange(Partitioner.MURMUR3.parse("0"), Partitioner.MURMUR3.parse("100")),
                Partitioner.MURMUR3,
                2);
        var b = MerkleTree.over(
                new TokenRange(Partitioner.MURMUR3.parse("0"), Partitioner.MURMUR3.parse("200")),
                Partitioner.MURMUR3,
                2);

        assertThatThrownBy(() -> a.difference(b)).hasMessageContaining("do not compare");
        assertThat(List.of(a.range(), b.range())).doesNotHaveDuplicates();
    }

    private static byte[] hash(Key key, int version) {
        var random = Randomness.of(version).fork(key.toString());
        return ByteBuffer.allocate(16)
                .putLong(random.nextLong())
                .putLong(random.nextLong())
                .array();
    }
}
