package io.ringsim.storage.sstable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringsim.data.Bytes;
import io.ringsim.data.Partition;
import io.ringsim.data.Slice;
import io.ringsim.ring.TokenRange;
import io.ringsim.runtime.Randomness;
import io.ringsim.storage.disk.CorruptFile;
import io.ringsim.storage.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sections of an SSTable, or all of it as it is, are sent piece by piece and become an SSTable at the other end. */
class SectionsTest {
    private static final int SEEDS = 300;

    private final SimulatedDisk here = SimulatedDisk.empty();
    private final SimulatedDisk there = SimulatedDisk.empty();
    private int received;

    @Test
    void whatArrivesIsWhatIsInTheRangesHoweverItIsCutOnTheWay() throws IOException {
        for (long seed = 0; seed < SEEDS; seed++) {
            var chance = Randomness.of(seed).fork("sections");
            var source = new RandomPartitions(chance);
            var partitions = source.partitions(chance.nextInt(10) == 0 ? 500 : 20);
            var reader = SSTableRoundTripTest.write(SimulatedDisk.empty(), source, partitions);
            var ranges = ranges(chance, partitions, reader);
            var sections = reader.sections(ranges);
            if (sections.isEmpty()) {
                continue;
            }

            var copy = receive(reader.source(sections), source, reader, chance);

            var expected = partitions.stream()
                    .filter(partition -> ranges.stream()
                            .anyMatch(range -> range.contains(partition.key().token())))
                    .toList();
            assertThat(all(copy)).as("seed %d", seed).isEqualTo(expected);
            for (var partition : expected) {
                assertThat(copy.mayContain(partition.key())).isTrue();
                var entry = copy.locate(partition.key()).orElseThrow();
                boolean reversed = chance.nextBoolean();
                assertThat(SSTableRoundTripTest.drain(copy.read(entry, partition.key(), List.of(Slice.ALL), reversed)))
                        .as("seed %d", seed)
                        .isEqualTo(SSTableRoundTripTest.drain(partition.read(Slice.ALL, reversed, source.table)));
            }
            assertThat(SSTableVerifier.verify(there, "data", copy.id()))
                    .as("seed %d", seed)
                    .isEmpty();

            // and on from there
            var again = receive(copy.source(copy.sections(ranges)), source, copy, chance);
            assertThat(all(again)).as("seed %d, sent on", seed).isEqualTo(expected);
        }
    }

    private static List<TokenRange> ranges(Randomness chance, List<Partition> partitions, SSTableReader reader) {
        var minimum = reader.partitioner().minimum();
        var ranges = new ArrayList<TokenRange>();
        if (chance.nextInt(5) == 0) {
            ranges.add(new TokenRange(minimum, minimum));
        } else {
            for (int i = 0; i < 1 + chance.nextInt(4); i++) {
                var left = chance.pick(partitions).key().token();
                var right = chance.pick(partitions).key().token();
                if (!left.equals(right)) {
                    ranges.add(new TokenRange(left, right));
                }
            }
        }
        return TokenRange.normalise(ranges);
    }

    private SSTableReader receive(ContentSource content, RandomPartitions source, SSTableReader from, Randomness chance)
            throws IOException {
        try (var receiver = receiver(source, from)) {
            long offset = 0;
            while (offset < content.length()) {
                int some = (int) Math.min(content.length() - offset, 1 + chance.nextInt(3_000));
                receiver.append(buffer(content.read(offset, some)));
                offset += some;
            }
            assertThat(receiver.received()).isEqualTo(content.length());
            return receiver.finish();
        }
    }

    private static ContentSource content(SSTableReader reader, boolean entire) throws IOException {
        var minimum = reader.partitioner().minimum();
        return entire
                ? reader.entireSource()
                : reader.source(reader.sections(List.of(new TokenRange(minimum, minimum))));
    }

    @Test
    void anSSTableThatIsSentEntireArrivesAsItIsButForWhereItComesFrom() throws IOException {
        for (long seed = 0; seed < SEEDS / 3; seed++) {
            var chance = Randomness.of(seed).fork("entire");
            var source = new RandomPartitions(chance);
            var partitions = source.partitions(chance.nextInt(10) == 0 ? 500 : 20);
            var reader = SSTableRoundTripTest.write(here, source, partitions);

            var copy = receive(reader.entireSource(), source, reader, chance);

            assertThat(all(copy)).as("seed %d", seed).isEqualTo(partitions);
            assertThat(copy.components()).isEqualTo(reader.components());
            assertThat(copy.stats())
                    .usingRecursiveComparison()
                    .isEqualTo(reader.stats().from(SSTableOrigin.NONE));
            assertThat(SSTableVerifier.verify(there, "data", copy.id()))
                    .as("seed %d", seed)
                    .isEmpty();
            reader.markObsolete();
            reader.release();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void afterDamageTheRestIsReceivedAgainFromTheLastPieceThatWasRight(boolean entire) throws IOException {
        for (long seed = 0; seed < SEEDS / 3; seed++) {
            var chance = Randomness.of(seed).fork("resumed");
            var source = new RandomPartitions(chance);
            var partitions = source.partitions(20);
            var reader = SSTableRoundTripTest.write(SimulatedDisk.empty(), source, partitions);
            var content = content(reader, entire);
            int damages = 1 + chance.nextInt(5);
            try (var receiver = receiver(source, reader)) {
                while (receiver.received() < content.length()) {
                    long offset = receiver.received();
                    int some = (int) Math.min(content.length() - offset, 1 + chance.nextInt(3_000));
                    var bytes = content.read(offset, some).toArray();
                    boolean damaged = damages > 0 && chance.nextInt(4) == 0;
                    if (damaged) {
                        bytes[chance.nextInt(some)] ^= (byte) (1 << chance.nextInt(8));
                    }
                    try {
                        receiver.append(ByteBuffer.wrap(bytes));
                        if (damaged && receiver.verified() < receiver.received()) {
                            // Not noticed yet: the connection breaks instead.
                            receiver.rewind();
                        }
                    } catch (CorruptFile noticed) {
                        assertThat(damaged).isTrue();
                        assertThat(receiver.rewind()).isLessThan(offset + some);
                    }
                    damages -= damaged ? 1 : 0;
                }

                var copy = receiver.finish();

                assertThat(all(copy)).as("seed %d", seed).isEqualTo(partitions);
                assertThat(SSTableVerifier.verify(there, "data", copy.id()))
                        .as("seed %d", seed)
                        .isEmpty();
            }
        }
    }

    @Test
    void aFileThatClaimsToBeHugeTakesNoMoreRoomThanHasArrived() throws IOException {
        var source = new RandomPartitions(Randomness.of(9));
        var reader = SSTableRoundTripTest.write(here, source, source.partitions(3));
        try (var receiver = receiver(source, reader)) {
            var claim = ByteBuffer.allocate(1_000);
            receiver.append(claim.putInt(0, SectionFormat.MAX_FRAME));
            assertThat(receiver.received()).isEqualTo(1_000);
            assertThat(receiver.verified()).isZero();
        }
    }

    private ContentReceiver receiver(RandomPartitions source, SSTableReader from) throws IOException {
        return ContentReceiver.create(
                there,
                "data",
                new SSTableId(received++),
                source.table,
                from.partitioner(),
                SSTableWriter.Options.DEFAULT);
    }

    private static ByteBuffer buffer(Bytes bytes) {
        return ByteBuffer.wrap(bytes.toArray());
    }

    private static List<Partition> all(SSTableReader reader) throws IOException {
        var all = new ArrayList<Partition>();
        reader.scan(List.of()).forEachRemaining(rows -> all.add(Partition.of(rows)));
        return all;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyByteThatChangesOnTheWayIsNoticed(boolean entire) throws IOException {
        var source = new RandomPartitions(Randomness.of(7));
        var partitions = source.partitions(6);
        var reader = SSTableRoundTripTest.write(here, source, partitions);
        var content = content(reader, entire);
        var bytes = content.read(0, (int) content.length()).toArray();
        for (int i = 0; i < bytes.length; i++) {
            var changed = bytes.clone();
            changed[i] ^= 4;
            assertThatThrownBy(() -> {
                        try (var receiver = receiver(source, reader)) {
                            receiver.append(ByteBuffer.wrap(changed));
                            receiver.finish();
                        }
                    })
                    .as("byte %d", i)
                    .isInstanceOf(CorruptFile.class);
        }
        assertThat(there.list("data")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsCutOffIsNoticed(boolean entire) throws IOException {
        var source = new RandomPartitions(Randomness.of(8));
        var partitions = source.partitions(6);
        var reader = SSTableRoundTripTest.write(here, source, partitions);
        var content = content(reader, entire);
        for (int length = 0; length < content.length(); length++) {
            var part = content.read(0, length);
            assertThatThrownBy(() -> {
                        try (var receiver = receiver(source, reader)) {
                            receiver.append(buffer(part));
                            receiver.finish();
                        }
                    })
                    .as("%d bytes", length)
                    .isInstanceOf(CorruptFile.class);
        }
        assertThat(there.list("data")).isEmpty();
    }

    @Test
    void garbageIsRefusedWithoutHarm() throws IOException {
        var source = new RandomPartitions(Randomness.of(9));
        var reader = SSTableRoundTripTest.write(here, source, source.partitions(3));
        for (int seed = 0; seed < 2_000; seed++) {
            var garbage = new byte[1 + Randomness.of(seed).nextInt(200)];
            Randomness.of(seed).nextBytes(garbage);
            assertThatThrownBy(() -> {
                        try (var receiver = receiver(source, reader)) {
                            receiver.append(ByteBuffer.wrap(garbage));
                            receiver.finish();
                        }
                    })
                    .isInstanceOf(CorruptFile.class);
        }
        assertThat(there.list("data")).isEmpty();
    }
}
