package io.ringsim.bench;

import io.ringsim.runtime.RealWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Waits until new files are made quickly. An ext4 without a journal looks at each file that was deleted in the last minutes
 * before it makes a new one: after a build, or an earlier benchmark, that takes longer than the rest of a file, and an SSTable
 * is eight where the reference is one.
 */
@RealWorld("measures and waits in real time")
final class QuickFiles {
    /** As many as a round makes: the first may find a place before those that were deleted. */
    private static final int FILES = 512;

    private static final Duration SLOW = Duration.ofNanos(60_000);
    private static final Duration PAUSE = Duration.ofSeconds(10);
    /** The file system forgets after six. */
    private static final Duration AT_MOST = Duration.ofMinutes(7);

    private QuickFiles() {}

    /** Returns when they are, or will not be. */
    static void await(Consumer<String> progress) {
        long began = System.nanoTime();
        try {
            if (!Files.getFileStore(BenchFolder.fresh("files").path()).type().equals("ext4")) {
                return;
            }
            for (boolean told = false; perFile().compareTo(SLOW) > 0; told = true) {
                if (System.nanoTime() - began > AT_MOST.toNanos()) {
                    return;
                }
                if (!told) {
                    progress.accept("waiting until the file system forgets what was deleted lately, "
                            + AT_MOST.toMinutes() + " minutes at most");
                }
                Thread.sleep(PAUSE.toMillis());
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static Duration perFile() throws IOException {
        Path folder = BenchFolder.fresh("files").path();
        long before = System.nanoTime();
        for (int i = 0; i < FILES; i++) {
            Files.createFile(folder.resolve(String.valueOf(i)));
        }
        return Duration.ofNanos((System.nanoTime() - before) / FILES);
    }
}
