package io.ringsim.storage.sstable;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.data.Bytes;
import io.ringsim.data.Key;
import io.ringsim.ring.Partitioner;
import io.ringsim.storage.disk.EarlyForce;
import io.ringsim.storage.disk.SimulatedDisk;
import io.ringsim.storage.disk.WriteBehind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The entries of an index as they are sent, against a list of them. */
class EntryWalkTest {
    private static final int SEEDS = Integer.getInteger("ringsim.seeds", 200);

    private record Entry(Key key, long position, long size, ByteBuffer columns) {}

    /** What was passed, as it is sent. */
    private static final class Sent implements EntryWalk.Passing {
        private final EntryWalk walk;
        private final ByteBuffer bytes = ByteBuffer.allocate(1 << 20);
        private int entries;
        private int blocks;

        private Sent(EntryWalk walk) {
            this.walk = walk;
        }

        @Override
        public void entry(Bytes key, long size, ByteBuffer columns) {
            SectionFormat.putEntry(bytes, key, size, columns);
            entries++;
        }

        @Override
        public void block(int block, int count, int length) throws IOException {
            var whole = walk.entries(block);
            assertThat(whole.remaining()).isEqualTo(length);
            bytes.put(whole);
            entries += count;
            blocks++;
        }
    }

    private static List<Entry> entries(SplittableRandom random) {
        var keys = IntStream.range(0, 1 + random.nextInt(1_000))
                .mapToObj(i ->
                        Key.of(Partitioner.MURMUR3, Bytes.utf8("k" + random.nextInt(1 << (1 + i % 30)) + "-" + i)))
                .sorted()
                .toList();
        // Of some indexes no partition is wide, of some nearly none, of some many.
        int wide = List.of(0, 2, 300).get(random.nextInt(3));
        var entries = new ArrayList<Entry>();
        long position = 0;
        for (var key : keys) {
            var columns = new byte[random.nextInt(1_000) < wide ? 1 + random.nextInt(300) : 0];
            random.nextBytes(columns);
            int size = 1 + random.nextInt(5_000);
            entries.add(new Entry(key, position, size, ByteBuffer.wrap(columns)));
            position += size;
        }
        return entries;
    }

    private static IndexFile index(SimulatedDisk disk, List<Entry> entries) throws IOException {
        var file = new EarlyForce(disk.create("index"), WriteBehind.NONE);
        var writer = new IndexWriter(file, Partitioner.MURMUR3);
        for (var entry : entries) {
            writer.add(
                    entry.key(), entry.position(), entry.size(), entry.columns().duplicate());
        }
        writer.finish();
        var last = entries.get(entries.size() - 1);
        return new IndexFile(
                FileView.of(disk.openRead("index")),
                writer.summary(),
                Partitioner.MURMUR3,
                entries.size(),
                last.position() + last.size());
    }

    @Test
    void whatIsPassedAreTheEntriesWhosePartitionsBeginThere() throws IOException {
        int blocks = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            var random = new SplittableRandom(seed);
            var entries = entries(random);
            var index = index(SimulatedDisk.empty(), entries);
            long from = random.nextLong(index.dataLength());
            var walk = EntryWalk.from(index, from);
            for (long to = from; to < index.dataLength(); ) {
                long begin = to;
                long end = Math.min(index.dataLength(), to + 1 + random.nextLong(index.dataLength()));
                var sent = new Sent(walk);

                walk.to(end, sent);

                var expected = entries.stream()
                        .filter(entry -> entry.position() >= begin && entry.position() < end)
                        .toList();
                var bytes = ByteBuffer.allocate(1 << 20);
                expected.forEach(
                        entry -> SectionFormat.putEntry(bytes, entry.key().bytes(), entry.size(), entry.columns()));
                assertThat(sent.entries).as("seed " + seed).isEqualTo(expected.size());
                assertThat(sent.bytes.flip()).as("seed " + seed).isEqualTo(bytes.flip());
                blocks += sent.blocks;
                to = end;
            }
        }
        assertThat(blocks).isGreaterThan(SEEDS);
    }

    @Test
    void blocksOfNarrowPartitionsArePassedUnread() throws IOException {
        var disk = SimulatedDisk.empty();
        var narrow = IntStream.range(0, 1_000)
                .mapToObj(i -> Key.of(Partitioner.MURMUR3, Bytes.utf8("k" + i)))
                .sorted()
                .toList();
        var entries = IntStream.range(0, 1_000)
                .mapToObj(i -> new Entry(narrow.get(i), i * 10L, 10, ByteBuffer.allocate(0)))
                .toList();
        var index = index(disk, entries);
        var walk = EntryWalk.from(index, 5);
        var sent = new Sent(walk);

        walk.to(10_000, sent);

        assertThat(sent.entries).isEqualTo(999);
        assertThat(sent.blocks).isEqualTo(1_000 / Summary.INTERVAL);
    }
}
