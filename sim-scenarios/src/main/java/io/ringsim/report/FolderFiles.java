package io.ringsim.report;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The few things that are done to the files of a run folder; every refusal is a {@link RunFolderException}. */
final class FolderFiles {
    static final String LATEST = "latest";
    private static final int NAME_LENGTH = 100;

    private FolderFiles() {}

    /** A scenario's name as one plain directory name: never hidden, never a path, never {@code latest}. */
    static String name(String scenario) {
        var safe = new StringBuilder();
        scenario.codePoints()
                .limit(NAME_LENGTH)
                .forEach(c -> safe.appendCodePoint(Character.isLetterOrDigit(c) || "-_.+".indexOf(c) >= 0 ? c : '_'));
        if (safe.isEmpty() || safe.charAt(0) == '.' || safe.toString().equals(LATEST)) {
            safe.insert(0, '_');
        }
        try {
            return Path.of(safe.toString()).toString();
        } catch (InvalidPathException foreign) {
            return safe.toString().replaceAll("[^\\p{ASCII}]", "_");
        }
    }

    /** Makes the directory, or removes the files of an earlier run from it; what is not of a run stays. */
    static void makeEmpty(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException file) {
            throw RunFolderException.environment(
                    Path.of(file.getFile()), "is a file, not a directory", "move it away or choose another directory");
        } catch (IOException refused) {
            throw refusal(folder, refused);
        }
        try {
            for (String old : RunFolder.FILES) {
                Files.deleteIfExists(folder.resolve(old));
            }
        } catch (IOException refused) {
            throw refusal(folder, refused);
        }
    }

    /** Writes the whole file or leaves it as it was. */
    static void write(Path file, String content) {
        Path unfinished = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            Files.write(unfinished, content.getBytes(StandardCharsets.UTF_8));
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException refused) {
            discard(unfinished);
            throw RunFolderException.of(file, refused);
        }
    }

    static BufferedWriter append(Path file) {
        try {
            return new BufferedWriter(
                    new OutputStreamWriter(Files.newOutputStream(file), StandardCharsets.UTF_8), 1 << 16);
        } catch (IOException refused) {
            throw RunFolderException.of(file, refused);
        }
    }

    /** Points {@code latest} to the folder: with a link, or a text file where there are no links. */
    static void pointLatest(Path base, Path folder) {
        Path target = base.relativize(folder);
        Path fresh = base.resolve(".latest-" + target.toString().replaceAll("[/\\\\]", "-"));
        try {
            Files.deleteIfExists(fresh);
            link(fresh, target);
            Files.move(fresh, base.resolve(LATEST), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException refused) {
            discard(fresh);
            throw RunFolderException.of(base.resolve(LATEST), refused);
        }
    }

    private static void link(Path link, Path target) throws IOException {
        try {
            Files.createSymbolicLink(link, target);
        } catch (UnsupportedOperationException | FileSystemException withoutLinks) {
            Files.write(link, (target + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Names the part of the path that is in the way. */
    private static RunFolderException refusal(Path folder, IOException refused) {
        for (Path part = folder; part != null; part = part.getParent()) {
            if (Files.exists(part) && !Files.isDirectory(part)) {
                return RunFolderException.environment(
                        part, "is a file, not a directory", "move it away or choose another directory");
            }
        }
        return RunFolderException.of(folder, refused);
    }

    private static void discard(Path unfinished) {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException leftBehind) {
            // Its name says that it is unfinished; what is told is why it could not be finished.
            return;
        }
    }
}
