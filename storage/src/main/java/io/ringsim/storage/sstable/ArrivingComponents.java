package io.ringsim.storage.sstable;

import io.ringsim.storage.codec.Malformed;
import io.ringsim.storage.disk.EarlyForce;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** An SSTable in {@link EntireFormat}: components are written as they are, each checked against the statistics. */
final class ArrivingComponents implements ArrivingContent {
    private final ContentReceiver.Making making;
    private final Statistics statistics;
    private final Queue<Component> waiting = new ArrayDeque<>();
    private @Nullable Arriving current;

    ArrivingComponents(ContentReceiver.Making making, Statistics statistics) throws IOException, Malformed {
        this.making = making;
        this.statistics = statistics;
        for (var component : EntireFormat.ORDER) {
            if (statistics.part(component).isPresent()) {
                waiting.add(component);
            }
        }
        next();
    }

    /** A component, as far as it has come. */
    private abstract static class Arriving {
        final EarlyForce file;
        final Statistics.Part part;

        private Arriving(EarlyForce file, Statistics.Part part) {
            this.file = file;
            this.part = part;
        }

        abstract void take(ByteBuffer content) throws IOException, Malformed;

        abstract boolean isOver();

        int convenient() {
            return Integer.MAX_VALUE;
        }

        abstract long unchecked();

        abstract void forget();
    }

    private void next() throws IOException, Malformed {
        var component = waiting.poll();
        if (component == null) {
            current = null;
            return;
        }
        var part = statistics.part(component).orElseThrow();
        var file = component == Component.DATA
                ? making.components().createArriving(component, part.size())
                : making.components().create(component);
        current = component == Component.DATA ? new Data(file, part) : new Other(component, file, part);
    }

    @Override
    public void take(ByteBuffer content) throws IOException, Malformed {
        while (content.hasRemaining()) {
            var component = current;
            if (component == null) {
                throw new Malformed("there are " + content.remaining() + " bytes after the last component");
            }
            component.take(content);
            if (component.isOver()) {
                next();
            }
        }
    }

    @Override
    public int convenient() {
        return current == null ? Integer.MAX_VALUE : current.convenient();
    }

    @Override
    public long unchecked() {
        return current == null ? 0 : current.unchecked();
    }

    @Override
    public void forget() {
        if (current != null) {
            current.forget();
        }
    }

    @Override
    public boolean isComplete() {
        return current == null;
    }

    @Override
    public SSTableReader finish() throws IOException {
        return making.components().complete(EntireFormat.received(statistics));
    }

    @Override
    public void abandon() {
        // Whoever brings the content writes the files, and nobody else.
    }

    /** Any component but the data: it is right, or not, as a whole. */
    private static final class Other extends Arriving {
        private final CRC32C check = new CRC32C();
        private final ByteBuffer tail = ByteBuffer.allocate(Integer.BYTES);
        private final Component component;
        private final long checkedBytes;
        private long written;

        Other(Component component, EarlyForce file, Statistics.Part part) throws Malformed {
            super(file, part);
            this.component = component;
            // All but the index end in the checksum of what is before.
            this.checkedBytes = component == Component.INDEX ? part.size() : part.size() - Integer.BYTES;
            if (checkedBytes < 1) {
                throw new Malformed("a " + component.suffix() + " of " + part.size() + " bytes");
            }
        }

        @Override
        void take(ByteBuffer content) throws IOException, Malformed {
            int some = (int) Math.min(part.size() - written, content.remaining());
            var piece = content.slice(content.position(), some);
            int checked = (int) Math.max(0, Math.min(checkedBytes - written, some));
            check.update(piece.slice(0, checked));
            tail.put(piece.slice(checked, some - checked));
            file.write(piece, written);
            content.position(content.position() + some);
            written += some;
            if (isOver() && !isRight()) {
                throw new Malformed("the checksum of " + component.suffix() + " does not match");
            }
        }

        private boolean isRight() {
            return (int) check.getValue() == part.check()
                    && (component == Component.INDEX || tail.getInt(0) == part.check());
        }

        @Override
        boolean isOver() {
            return written == part.size();
        }

        @Override
        long unchecked() {
            return written;
        }

        @Override
        void forget() {
            written = 0;
            check.reset();
            tail.clear();
        }
    }

    /** The data: chunk by chunk, of which the header and the compression info say what they are. */
    private final class Data extends Arriving implements ArrivingChunks.Expected {
        private final ByteBuffer header = ByteBuffer.allocate(DataHeader.BYTES);
        private final ArrivingChunks chunks;
        private @Nullable ChunkTable table;
        private int index;

        Data(EarlyForce file, Statistics.Part part) {
            super(file, part);
            this.chunks = new ArrivingChunks(file, this);
        }

        @Override
        void take(ByteBuffer content) throws IOException, Malformed {
            if (table == null) {
                takeHeader(content);
            }
            if (table != null) {
                chunks.take(content);
            }
            if (isOver() && (int) chunks.digest() != part.check()) {
                throw new IOException(file.path() + ": its chunks are whole, but their digest is not what the sender"
                        + " says; verify the sender's SSTable");
            }
        }

        private void takeHeader(ByteBuffer content) throws IOException, Malformed {
            int some = Math.min(header.remaining(), content.remaining());
            header.put(content.slice(content.position(), some));
            content.position(content.position() + some);
            if (!header.hasRemaining()) {
                var known = DataHeader.read(header.flip(), file.path());
                table = making.components().chunks(known, statistics);
                if (table.fileSize() != part.size()
                        || table.dataLength() != statistics.content().dataLength()) {
                    throw new Malformed("its chunks are not the data that the statistics say");
                }
                chunks.write(header.rewind());
            }
        }

        @Override
        public int next() {
            return table == null || index == table.chunks() ? 0 : table.storedLength(index);
        }

        @Override
        public void arrived() {
            index++;
        }

        @Override
        int convenient() {
            return chunks.convenient();
        }

        @Override
        boolean isOver() {
            return table != null && index == table.chunks();
        }

        @Override
        long unchecked() {
            return table == null ? header.position() : chunks.pending();
        }

        @Override
        void forget() {
            if (table == null) {
                header.clear();
            }
            chunks.forget();
        }
    }
}
