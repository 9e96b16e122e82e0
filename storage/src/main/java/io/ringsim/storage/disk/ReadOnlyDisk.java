package io.ringsim.storage.disk;

import java.io.IOException;

/** The disk takes no writes, as a file system that was remounted read-only after an error. */
public final class ReadOnlyDisk extends IOException {
    private static final long serialVersionUID = 1L;

    public ReadOnlyDisk(String path) {
        super(path + ": the file system is read-only; check the disk and mount it for writing again");
    }
}
