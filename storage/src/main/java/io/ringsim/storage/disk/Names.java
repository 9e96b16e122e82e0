package io.ringsim.storage.disk;

import io.ringsim.runtime.Randomness;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which files a simulated disk has, for those who look now, and for those who look after a crash. */
final class Names {
    /** A change that is not safe yet: the file has a new name ({@code to}) and lost its old one ({@code from}), if any. */
    private record Change(Optional<String> from, Optional<String> to, Contents file) {
        boolean isIn(String directory) {
            return from.filter(path -> DiskPath.parent(path).equals(directory)).isPresent()
                    || to.filter(path -> DiskPath.parent(path).equals(directory))
                            .isPresent();
        }

        /** Does it to these names; a file never has two. */
        void apply(NavigableMap<String, Contents> names) {
            from.ifPresent(path -> names.remove(path, file));
            to.ifPresent(path -> {
                names.values().removeIf(other -> other == file);
                names.put(path, file);
            });
        }
    }

    private final NavigableMap<String, Contents> now;
    private final NavigableMap<String, Contents> safe;
    private final NavigableSet<String> directories;
    private final List<Change> unsafe = new ArrayList<>();

    Names() {
        this(new TreeMap<>(), new TreeSet<>());
    }

    private Names(NavigableMap<String, Contents> files, NavigableSet<String> directories) {
        this.safe = files;
        this.now = new TreeMap<>(files);
        this.directories = directories;
    }

    Optional<Contents> find(String path) {
        return Optional.ofNullable(now.get(path));
    }

    boolean isDirectory(String path) {
        return path.equals(DiskPath.ROOT) || directories.contains(path);
    }

    List<String> list(String directory) {
        var names = new TreeSet<String>();
        for (var path : now.keySet()) {
            if (DiskPath.parent(path).equals(directory)) {
                names.add(DiskPath.name(path));
            }
        }
        for (var path : directories) {
            if (DiskPath.parent(path).equals(directory)) {
                names.add(DiskPath.name(path) + "/");
            }
        }
        return List.copyOf(names);
    }

    boolean isEmpty(String directory) {
        return list(directory).isEmpty();
    }

    Contents create(String path) {
        for (var above = DiskPath.parent(path); !above.equals(DiskPath.ROOT); above = DiskPath.parent(above)) {
            directories.add(above);
        }
        var file = new Contents();
        change(new Change(Optional.empty(), Optional.of(path), file));
        return file;
    }

    void rename(String from, String to, Contents file) {
        change(new Change(Optional.of(from), Optional.of(to), file));
    }

    void delete(String path, Contents file) {
        change(new Change(Optional.of(path), Optional.empty(), file));
    }

    void deleteDirectory(String path) {
        directories.remove(path);
    }

    private void change(Change change) {
        change.apply(now);
        unsafe.add(change);
    }

    void sync(String directory) {
        for (var path : List.copyOf(safe.keySet())) {
            var file = safe.get(path);
            if (file != null && DiskPath.parent(path).equals(directory) && now.get(path) != file) {
                safe.remove(path);
            }
        }
        // what moved out of the directory is safe where it is now: a rename is never half done
        unsafe.stream()
                .filter(change -> change.isIn(directory))
                .map(Change::file)
                .forEach(file -> path(now, file).ifPresent(path -> {
                    path(safe, file).ifPresent(safe::remove);
                    safe.put(path, file);
                }));
        unsafe.removeIf(
                change -> change.isIn(directory) || path(safe, change.file()).equals(path(now, change.file())));
    }

    private static Optional<String> path(NavigableMap<String, Contents> names, Contents file) {
        return names.entrySet().stream()
                .filter(entry -> entry.getValue() == file)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    long allocated() {
        return now.values().stream().mapToLong(Contents::allocated).sum();
    }

    /** What is left when the power goes: of the changes since they were last synced, any. */
    Names afterCrash(Randomness chance) {
        var left = new TreeMap<>(safe);
        for (var change : unsafe) {
            if (chance.nextBoolean()) {
                change.apply(left);
            }
        }
        left.replaceAll((path, file) -> file.afterCrash(chance));
        return new Names(left, new TreeSet<>(directories));
    }
}
