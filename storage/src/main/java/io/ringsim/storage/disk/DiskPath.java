package io.ringsim.storage.disk;

/** The paths of a {@link Disk}: names with {@code /} between them, none of which leads out of the disk. */
final class DiskPath {
    /** The directory that all others are in. */
    static final String ROOT = "";

    private DiskPath() {}

    /**
     * The path of a file or directory, checked.
     *
     * @throws IllegalArgumentException when it is none
     */
    static String checked(String path) {
        if (!path.equals(ROOT)) {
            for (var name : path.split("/", -1)) {
                if (name.isEmpty() || name.equals(".") || name.equals("..")) {
                    throw new IllegalArgumentException("no path on a disk: \"" + path + "\"");
                }
            }
        }
        return path;
    }

    /** The directory that it is in. */
    static String parent(String path) {
        return path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : ROOT;
    }

    static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Whether the path is in the directory, itself or further down. */
    static boolean isBelow(String path, String directory) {
        return directory.equals(ROOT) ? !path.equals(ROOT) : path.startsWith(directory + "/");
    }
}
