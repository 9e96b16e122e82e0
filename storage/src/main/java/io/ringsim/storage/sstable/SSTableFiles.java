package io.ringsim.storage.sstable;

import io.ringsim.storage.disk.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The files of a directory of SSTables. An SSTable is complete when its table of contents is there, which gets its name
 * last and loses it first.
 */
public final class SSTableFiles {
    private static final int MAX_CONTENTS = 1024;

    private SSTableFiles() {}

    /** The path of a component. */
    static String path(String directory, SSTableId id, Component component) {
        return join(directory, id.fileName(component));
    }

    static String join(String directory, String name) {
        return directory.isEmpty() ? name : directory + "/" + name;
    }

    /** The complete SSTables of a directory, in order. */
    public static List<SSTableId> list(Disk disk, String directory) throws IOException {
        var complete = new ArrayList<SSTableId>();
        for (var name : disk.list(directory)) {
            SSTableId.parse(name)
                    .filter(file ->
                            file.component() == Component.TOC && file.version().equals(Header.VERSION))
                    .ifPresent(file -> complete.add(file.id()));
        }
        complete.sort(null);
        return complete;
    }

    /**
     * Deletes what writers left that did not finish, and what is left of SSTables that were being deleted. Only while
     * nobody writes there.
     *
     * @return the names of what was deleted
     */
    public static List<String> cleanTemporary(Disk disk, String directory) throws IOException {
        var complete = list(disk, directory);
        var deleted = new ArrayList<String>();
        for (var name : disk.list(directory)) {
            boolean isLeft = SSTableId.parse(name)
                    .filter(file -> file.version().equals(Header.VERSION) && !complete.contains(file.id()))
                    .isPresent();
            if (isLeft || SSTableId.isTemporary(name)) {
                disk.delete(join(directory, name));
                deleted.add(name);
            }
        }
        if (!deleted.isEmpty()) {
            disk.syncDirectory(directory);
        }
        return deleted;
    }

    /** Deletes all files of an SSTable; after a crash meanwhile {@link #cleanTemporary} deletes the rest. */
    public static void delete(Disk disk, String directory, SSTableId id, Collection<Component> components)
            throws IOException {
        disk.delete(path(directory, id, Component.TOC));
        disk.syncDirectory(directory);
        for (var component : components) {
            disk.delete(path(directory, id, component));
        }
    }

    /** The content of a table of contents: the names of the components, each on its line. */
    static ByteBuffer contents(Collection<Component> components) {
        var text = new StringBuilder();
        components.forEach(component -> text.append(component.suffix()).append('\n'));
        return ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.US_ASCII));
    }

    /** Checks that the table of contents lists exactly these. */
    static void checkContents(Disk disk, String path, Collection<Component> expected) throws IOException {
        if (!readText(disk, path)
                .equals(StandardCharsets.US_ASCII.decode(contents(expected)).toString())) {
            throw Header.corrupt(path, 0, "it does not list the components that the statistics do");
        }
    }

    static String readText(Disk disk, String path) throws IOException {
        try (var file = disk.openRead(path)) {
            if (file.size() > MAX_CONTENTS) {
                throw Header.corrupt(path, MAX_CONTENTS, "it has " + file.size() + " bytes, far too many");
            }
            var text = ByteBuffer.allocate((int) file.size());
            file.readFully(text, 0);
            return StandardCharsets.ISO_8859_1.decode(text.flip()).toString();
        }
    }
}
