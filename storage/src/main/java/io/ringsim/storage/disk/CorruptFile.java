package io.ringsim.storage.disk;

import java.io.IOException;

/** A file does not hold what was written. The message names it, the offset, what is wrong and what to do. */
public final class CorruptFile extends IOException {
    private static final long serialVersionUID = 1L;

    private final String path;
    private final long offset;

    public CorruptFile(String path, long offset, String what, String remedy) {
        super(path + " at " + offset + ": " + what + "; " + remedy);
        this.path = path;
        this.offset = offset;
    }

    public String path() {
        return path;
    }

    /** Bytes from the beginning of the file. */
    public long offset() {
        return offset;
    }
}
