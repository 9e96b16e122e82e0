package io.ringsim.storage.sstable;

import io.ringsim.storage.disk.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;

/** All components of an SSTable, in {@link EntireFormat}. */
final class EntireSource implements ContentSource {
    private final Disk disk;
    private final String directory;
    private final SSTableId id;
    private final Statistics statistics;
    private final ByteBuffer manifest;
    private final long length;

    private EntireSource(
            Disk disk, String directory, SSTableId id, Statistics statistics, ByteBuffer manifest, long length) {
        this.disk = disk;
        this.directory = directory;
        this.id = id;
        this.statistics = statistics;
        this.manifest = manifest;
        this.length = length;
    }

    static EntireSource of(Disk disk, String directory, SSTableId id, Statistics statistics) {
        var manifest = EntireFormat.write(statistics);
        long length = manifest.remaining();
        for (var part : statistics.components().values()) {
            length += part.size();
        }
        return new EntireSource(disk, directory, id, statistics, manifest, length);
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void transfer(long offset, long count, ContentSink to) throws IOException {
        var stretch = new Stretch(offset, count, length, to);
        stretch.pass(manifest);
        for (var component : EntireFormat.ORDER) {
            var part = statistics.part(component);
            if (part.isPresent() && !stretch.skip(part.get().size())) {
                pass(component, part.get().size(), stretch);
            }
        }
    }

    private void pass(Component component, long size, Stretch stretch) throws IOException {
        var path = SSTableFiles.path(directory, id, component);
        if (!disk.exists(path)) {
            throw Header.corrupt(path, 0, "it is gone");
        }
        try (var file = disk.openRead(path)) {
            if (file.size() != size) {
                throw Header.corrupt(
                        path, Math.min(file.size(), size), "it has " + file.size() + " bytes, not " + size);
            }
            stretch.pass(file, 0, size);
        }
    }
}
