package io.ringsim.storage.sstable;

import io.ringsim.data.Bytes;
import io.ringsim.storage.sstable.SectionFormat.Chunk;
import io.ringsim.storage.sstable.SectionFormat.Entry;
import io.ringsim.storage.sstable.SectionFormat.Head;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The content of an SSTable's sections as it is sent, in {@link SectionFormat}. How long it is is known before anything is
 * read of the data. Any part may be read, as often as it is asked for again. For one thread at a time.
 */
public final class SectionSource {
    private final OpenFiles files;
    private final ByteBuffer preamble;
    private final List<Run> runs;
    private final long length;
    private final ReadBuffers buffers = new ReadBuffers();
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
            var entries = files.index().entriesAt(section.from());
            boolean more = entries != null;
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
                int count = 0;
                long bytes = 0;
                while (more && entries != null && entries.position() < to) {
                    bytes += SectionFormat.size(
                            entries.key(), entries.size(), entries.columns().remaining());
                    count++;
                    more = entries.advance();
                }
                var run = new Run(
                        end, from, to, first, lastOfRun, chunks, cuts, SectionFormat.size(chunks, count, bytes));
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

    /** Bytes of all content. */
    public long length() {
        return length;
    }

    /**
     * A part of it.
     *
     * @throws IndexOutOfBoundsException when it is not within
     */
    public synchronized Bytes read(long offset, int count) throws IOException {
        if (offset < 0 || count < 0 || offset > length - count) {
            throw new IndexOutOfBoundsException(offset + "+" + count + " is not within " + length + " bytes");
        }
        var into = ByteBuffer.allocate(count);
        copy(preamble, 0, offset, into);
        for (int i = runAt(offset); i < runs.size() && into.hasRemaining(); i++) {
            read(runs.get(i), offset, into);
        }
        return Bytes.wrap(into.array());
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

    /** Copies what of a piece of the content is asked for. */
    private static void copy(ByteBuffer piece, long pieceOffset, long offset, ByteBuffer into) {
        long from = offset + into.position() - pieceOffset;
        if (from >= 0 && from < piece.remaining() && into.hasRemaining()) {
            int some = (int) Math.min(piece.remaining() - from, into.remaining());
            into.put(piece.slice(piece.position() + (int) from, some));
        }
    }

    private void read(Run run, long offset, ByteBuffer into) throws IOException {
        long at = run.offset();
        if (offset + into.position() < at + run.headLength()) {
            copy(head(run), at, offset, into);
        }
        at += run.headLength();
        for (int i = 0; i < run.chunks().size() && into.hasRemaining(); i++) {
            int stored = run.chunks().get(i).stored() + ChunkTable.CHECK_BYTES;
            if (offset + into.position() < at + stored) {
                var cut = run.cuts().get(i);
                copy(cut == null ? whole(run.firstChunk() + i, stored) : cut.stored(), at, offset, into);
            }
            at += stored;
        }
    }

    private ByteBuffer whole(int chunk, int length) throws IOException {
        return files.data().stored(files.data().table().offset(chunk), length, buffers);
    }

    private ByteBuffer head(Run run) throws IOException {
        if (headOf != run.offset()) {
            var list = new ArrayList<Entry>();
            var entries = files.index().entriesAt(run.from());
            while (entries != null && entries.position() < run.to()) {
                var columns = ByteBuffer.allocate(entries.columns().remaining())
                        .put(entries.columns())
                        .flip();
                list.add(new Entry(entries.key(), entries.size(), columns));
                if (!entries.advance()) {
                    break;
                }
            }
            head = SectionFormat.write(new Head(run.chunks(), list));
            headOf = run.offset();
        }
        return head;
    }
}
