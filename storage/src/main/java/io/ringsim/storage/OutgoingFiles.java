package io.ringsim.storage;

import io.ringsim.data.TableId;
import io.ringsim.storage.sstable.ContentSink;
import io.ringsim.storage.sstable.ContentSource;
import io.ringsim.storage.sstable.Section;
import io.ringsim.storage.table.Selection;
import io.ringsim.storage.table.TableStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** SSTables, and sections of them, that streams are reading: each is referred to until it is released. For any thread. */
final class OutgoingFiles {
    /** A file of a stream, by its name, and what it is read from. */
    record Outgoing(StreamableFile file, Selection.Part part, ContentSource source) {
        /**
         * A file of a stream.
         *
         * @param entire whether an SSTable of which all is asked for goes component by component
         */
        static Outgoing of(TableStore table, Selection.Part part, boolean entire) throws IOException {
            var sstable = part.sstable();
            boolean asItIs = entire && part.whole();
            var source = asItIs ? sstable.entireSource() : sstable.source(part.sections());
            var ranges = part.sections().stream().map(Section::range).toList();
            var file = new StreamableFile(
                    table.table().id(),
                    sstable.id().toString(),
                    Coverage.of(ranges),
                    source.length(),
                    source.length(),
                    asItIs ? sstable.components().size() : 1);
            return new Outgoing(file, part, new OfTable(table, source));
        }
    }

    /** Content as long as its table serves it. */
    private record OfTable(TableStore table, ContentSource content) implements ContentSource {
        @Override
        public long length() {
            return content.length();
        }

        @Override
        public void transfer(long offset, long count, ContentSink to) throws IOException {
            table.serving().check();
            table.serving().guarded(() -> {
                content.transfer(offset, count, to);
                return true;
            });
        }
    }

    private final SortedMap<String, List<Outgoing>> selections = new TreeMap<>();

    /** Keeps the references of a selection, which are from now on given up here. */
    synchronized List<StreamableFile> add(String selection, List<Outgoing> files) {
        selections.computeIfAbsent(selection, any -> new ArrayList<>()).addAll(files);
        return files.stream().map(Outgoing::file).toList();
    }

    /** What a file is read from. */
    synchronized ContentSource source(String selection, TableId table, String sstable) throws IOException {
        for (var outgoing : selections.getOrDefault(selection, List.of())) {
            if (outgoing.file().table().equals(table)
                    && outgoing.file().sstable().equals(sstable)) {
                return outgoing.source();
            }
        }
        throw new IOException(sstable + " of " + table + " is gone");
    }

    synchronized void release(String selection, TableId table, String sstable) {
        var held = selections.getOrDefault(selection, List.of());
        for (var outgoing : held) {
            if (outgoing.file().table().equals(table)
                    && outgoing.file().sstable().equals(sstable)) {
                held.remove(outgoing);
                outgoing.part().sstable().release();
                break;
            }
        }
        if (held.isEmpty()) {
            selections.remove(selection);
        }
    }

    synchronized void releaseAll(String selection) {
        var held = selections.remove(selection);
        if (held != null) {
            held.forEach(outgoing -> outgoing.part().sstable().release());
        }
    }

    synchronized int count() {
        return selections.values().stream().mapToInt(List::size).sum();
    }

    synchronized void close() {
        List.copyOf(selections.keySet()).forEach(this::releaseAll);
    }
}
