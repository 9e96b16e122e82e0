package io.ringsim.storage.sstable;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which SSTable of a directory. Its files are called {@code rs-<generation>-big-<component>}, where {@code rs} is the
 * version of the format.
 *
 * @param generation 0 or more; no two SSTables of a directory have the same
 */
public record SSTableId(long generation) implements Comparable<SSTableId> {
    private static final Pattern NAME = Pattern.compile("([a-z]{2})-(0|[1-9][0-9]{0,17})-big-([A-Za-z0-9.]+)");
    private static final String TEMPORARY = ".tmp";

    public SSTableId {
        if (generation < 0) {
            throw new IllegalArgumentException("a generation is not negative: " + generation);
        }
    }

    /** The name of that file of it. */
    public String fileName(Component component) {
        return Header.VERSION + "-" + generation + "-big-" + component.suffix();
    }

    /** The name of that file while it is written. */
    String temporaryName(Component component) {
        return fileName(component) + TEMPORARY;
    }

    /** A file of an SSTable by its name. */
    record FileName(String version, SSTableId id, Component component) {}

    /** The parts of a file's name; nothing when it is not the final name of a component. */
    static Optional<FileName> parse(String name) {
        var matcher = NAME.matcher(name);
        return matcher.matches()
                ? Component.named(matcher.group(3))
                        .map(component -> new FileName(
                                matcher.group(1), new SSTableId(Long.parseLong(matcher.group(2))), component))
                : Optional.empty();
    }

    /** The SSTable whose {@link Component#DATA} file has that name; nothing when it is none of this version. */
    public static Optional<SSTableId> ofData(String name) {
        return parse(name)
                .filter(parts ->
                        parts.component() == Component.DATA && parts.version().equals(Header.VERSION))
                .map(FileName::id);
    }

    /** Whether that is the name of a component that is being written. */
    static boolean isTemporary(String name) {
        return name.endsWith(TEMPORARY)
                && parse(name.substring(0, name.length() - TEMPORARY.length())).isPresent();
    }

    @Override
    public int compareTo(SSTableId other) {
        return Long.compare(generation, other.generation);
    }

    @Override
    public String toString() {
        return Long.toString(generation);
    }
}
