package io.ringsim.storage.sstable;

import io.ringsim.storage.disk.DiskFile;
import io.ringsim.storage.disk.WriteBehind;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A file whose bytes are made safe while more are written. Whatever the disk refused then is told at the end: a disk tells
 * of a lost write only once.
 */
final class EarlyForce implements Closeable {
    /** Enough for the disk to work on, little enough that the last part is soon safe. */
    private static final int STRIDE = 16 << 20;

    private final DiskFile file;
    private final WriteBehind writeBehind;
    private final Object forcing = new Object();
    private long unforced;
    private boolean finished;
    private @Nullable IOException refused;

    EarlyForce(DiskFile file, WriteBehind writeBehind) {
        this.file = file;
        this.writeBehind = writeBehind;
    }

    String path() {
        return file.path();
    }

    void write(ByteBuffer from, long position) throws IOException {
        int length = from.remaining();
        file.write(from, position);
        unforced += length;
        if (unforced >= STRIDE) {
            unforced = 0;
            writeBehind.later(this::forceEarly);
        }
    }

    private void forceEarly() {
        synchronized (forcing) {
            if (finished || refused != null) {
                return;
            }
            try {
                file.force(false);
            } catch (IOException e) {
                refused = e;
            }
        }
    }

    /** Makes all safe, after what is being made safe by others. */
    void force() throws IOException {
        synchronized (forcing) {
            finished = true;
            if (refused != null) {
                throw refused;
            }
            file.force(true);
        }
    }

    /** Lets no task touch the file from now on. */
    @Override
    public void close() throws IOException {
        synchronized (forcing) {
            finished = true;
        }
        file.close();
    }
}
