package io.ringsim.storage.sstable;

import io.ringsim.data.Bytes;
import io.ringsim.storage.sstable.SectionFormat.Chunk;
import io.ringsim.storage.sstable.SectionFormat.Entries;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The content of an SSTable's sections, in {@link SectionFormat}. */
final class SectionSource implements ContentSource {
    private final OpenFiles files;
    private final ByteBuffer preamble;
    private final List<Run> runs;
    private final long length;
    private long headOf = -1;
    private ByteBuffer head = ByteBuffer.allocate(0);

    /** A chunk that is cut to its section. */
    private record Cut(Chunk chunk, ByteBuffer stored) {}

    /**
     * Some chunks of a section.
     *
     * @param offset where in the content it begins
     * @param from where in the uncompressed data
     * @param to where its part of that ends
     * @param firstChunk of the file
     * @param lastChunk of the file, included
     * @param chunks all of them, as they are sent
     * @param cuts those that are not sent as they are stored: the first, the last, by their place in the run
     * @param entries of the partitions that begin in it
     * @param headLength bytes of the head's frame
     */
    private record Run(
            long offset,
            long from,
            long to,
            int firstChunk,
            int lastChunk,
            List<Chunk> chunks,
            List<@Nullable Cut> cuts,
            Entries entries,
            int headLength) {
        long length() {
            long bytes = headLength;
            for (var chunk : chunks) {
                bytes += chunk.stored() + (long) ChunkTable.CHECK_BYTES;
            }
            return bytes;
        }
    }

    private SectionSource(OpenFiles files, ByteBuffer preamble, List<Run> runs, long length) {
        this.files = files;
        this.preamble = preamble;
        this.runs = runs;
        this.length = length;
    }

    static SectionSource of(OpenFiles files, List<Section> sections) throws IOException {
        long partitions = sections.stream().mapToLong(Section::partitions).sum();
        long dataLength = sections.stream().mapToLong(Section::bytes).sum();
        var data = files.data();
        var header = new DataHeader(data.compression(), data.table().chunkLength());
        var preamble =
                SectionFormat.write(new SectionFormat.Preamble(header, partitions, dataLength, files.statistics()));
        var planning = new Planning(files, header, preamble.remaining());
        for (var section : sections) {
            planning.add(section);
        }
        return new SectionSource(files, preamble, planning.runs, planning.end);
    }

    /** Finds out what runs there are. */
    private static final class Planning {
        private final OpenFiles files;
        private final ChunkTable table;
        private final Compressor compressor;
        private final ReadBuffers buffers = new ReadBuffers();
        private final List<Run> runs = new ArrayList<>();
        private long end;

        private Planning(OpenFiles files, DataHeader header, long end) {
            this.files = files;
            this.table = files.data().table();
            this.compressor = Compressor.of(header.compression(), true);
            this.end = end;
        }

        private void add(Section section) throws IOException {
            var walk = EntryWalk.from(files.index(), section.from());
            int last = table.chunkAt(section.to() - 1);
            for (int first = table.chunkAt(section.from()); first <= last; first += SectionFormat.RUN_CHUNKS) {
                int lastOfRun = Math.min(last, first + SectionFormat.RUN_CHUNKS - 1);
                long from = Math.max(section.from(), table.start(first));
                long to = Math.min(section.to(), table.start(lastOfRun) + table.plainLength(lastOfRun));
                var chunks = new ArrayList<Chunk>();
                var cuts = new ArrayList<@Nullable Cut>();
                for (int chunk = first; chunk <= lastOfRun; chunk++) {
                    var cut = cut(chunk, from, to);
                    chunks.add(
                            cut == null ? new Chunk(table.plainLength(chunk), table.storedLength(chunk)) : cut.chunk());
                    cuts.add(cut);
                }
                var tally = new Tally();
                walk.to(to, tally);
                var entries = tally.entries();
                var run = new Run(
                        end, from, to, first, lastOfRun, chunks, cuts, entries, SectionFormat.size(chunks, entries));
                runs.add(run);
                end += run.length();
            }
        }

        /** What of a chunk is in the section, if not all of it is. */
        private @Nullable Cut cut(int chunk, long from, long to) throws IOException {
            long start = table.start(chunk);
            int left = (int) Math.max(0, from - start);
            int right = (int) Math.min(table.plainLength(chunk), to - start);
            int plain = right - left;
            if (plain == table.plainLength(chunk)) {
                return null;
            }
            var content = new byte[plain];
            files.data().chunk(chunk, buffers).clear().position(left).get(content);
            var stored = new byte[Math.max(plain, compressor.maxCompressedLength(plain)) + ChunkTable.CHECK_BYTES];
            int storedLength = compressor.compress(content, 0, plain, stored, 0);
            if (storedLength >= plain) {
                System.arraycopy(content, 0, stored, 0, plain);
                storedLength = plain;
            }
            var crc = new CRC32C();
            crc.update(stored, 0, storedLength);
            var bytes = ByteBuffer.allocate(storedLength + ChunkTable.CHECK_BYTES)
                    .put(stored, 0, storedLength)
                    .putInt((int) crc.getValue());
            return new Cut(new Chunk(plain, storedLength), bytes.flip());
        }
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void transfer(long offset, long count, ContentSink to) throws IOException {
        int first = runAt(offset);
        boolean fromBegin = first == 0;
        long begin = fromBegin ? 0 : runs.get(first).offset();
        var stretch = new Stretch(offset - begin, count, length - begin, to);
        if (fromBegin) {
            stretch.pass(preamble);
        }
        for (int i = first; i < runs.size() && !stretch.isOver(); i++) {
            pass(runs.get(i), stretch);
        }
    }

    private int runAt(long offset) {
        int low = 0;
        int high = runs.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (runs.get(middle).offset() <= offset) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private void pass(Run run, Stretch stretch) throws IOException {
        if (!stretch.skip(run.headLength())) {
            stretch.pass(head(run));
        }
        var table = files.data().table();
        int chunks = run.chunks().size();
        for (int i = 0; i < chunks; ) {
            var cut = run.cuts().get(i);
            int next = i + 1;
            if (cut != null) {
                stretch.pass(cut.stored());
            } else {
                while (next < chunks && run.cuts().get(next) == null) {
                    next++;
                }
                long from = table.offset(run.firstChunk() + i);
                long to = table.offset(run.firstChunk() + next);
                stretch.pass(files.data().file(), from, to - from);
            }
            i = next;
        }
    }

    private synchronized ByteBuffer head(Run run) throws IOException {
        if (headOf != run.offset()) {
            var walk = EntryWalk.from(files.index(), run.from());
            head = SectionFormat.writeHead(run.chunks(), run.entries(), to -> walk.to(run.to(), new Putting(to, walk)));
            headOf = run.offset();
        }
        return head;
    }

    /** Counts entries. */
    private static final class Tally implements EntryWalk.Passing {
        private int count;
        private long bytes;

        @Override
        public void entry(Bytes key, long size, ByteBuffer columns) {
            count++;
            bytes += SectionFormat.size(key, size, columns);
        }

        @Override
        public void block(int block, int entries, int blockBytes) {
            count += entries;
            bytes += blockBytes;
        }

        Entries entries() {
            return new Entries(count, bytes);
        }
    }

    /** Writes entries into a head. */
    private record Putting(ByteBuffer to, EntryWalk walk) implements EntryWalk.Passing {
        @Override
        public void entry(Bytes key, long size, ByteBuffer columns) {
            SectionFormat.putEntry(to, key, size, columns);
        }

        @Override
        public void block(int block, int entries, int bytes) throws IOException {
            to.put(walk.entries(block));
        }
    }
}
