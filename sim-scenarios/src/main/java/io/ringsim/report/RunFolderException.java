package io.ringsim.report;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** A run folder or a report cannot be written or read. The message says where, what is wrong and what to do. */
public final class RunFolderException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final int BAD_INPUT = 2;
    private static final int ENVIRONMENT = 5;

    private final int exitCode;

    private RunFolderException(int exitCode, String place, String problem, String remedy) {
        super(place + ": " + problem + "; " + remedy, null, false, false);
        this.exitCode = exitCode;
    }

    /** The disk did not do as told. */
    static RunFolderException of(Path place, IOException cause) {
        if (cause instanceof AccessDeniedException) {
            return environment(place, "permission denied", "make it writable or choose another directory");
        }
        if (cause instanceof NoSuchFileException) {
            return environment(place, "cannot be made there", "choose another directory");
        }
        if (cause instanceof NotDirectoryException) {
            return environment(place, "is no directory", "move it away or choose another directory");
        }
        String reason = reason(cause);
        return environment(place, reason, remedyFor(reason));
    }

    private static String reason(IOException cause) {
        String reason = cause instanceof FileSystemException file && file.getReason() != null
                ? file.getReason()
                : cause.getMessage();
        return reason == null || reason.isEmpty() ? "cannot be written" : lowerCased(reason);
    }

    static RunFolderException environment(Path place, String problem, String remedy) {
        return new RunFolderException(ENVIRONMENT, place.toString(), problem, remedy);
    }

    /** What was asked to be read is no run folder, or a damaged one. */
    static RunFolderException badInput(String place, String problem, String remedy) {
        return new RunFolderException(BAD_INPUT, place, problem, remedy);
    }

    /** What the command should exit with: 5 when the environment is to blame, 2 when what was given is. */
    public int exitCode() {
        return exitCode;
    }

    private static String remedyFor(String reason) {
        return reason.contains("no space") || reason.contains("quota")
                ? "free some space or choose another directory"
                : "check the directory or choose another one";
    }

    private static String lowerCased(String text) {
        return Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }
}
