package io.ringsim.storage.disk;

import java.io.IOException;

/** The disk is full. The beginning of the refused write may have been kept, as after a crash. */
public final class NoSpaceLeft extends IOException {
    private static final long serialVersionUID = 1L;

    public NoSpaceLeft(String path) {
        super(path + ": no space left on the disk; free some, or add a data directory");
    }
}
