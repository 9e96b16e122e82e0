package io.ringsim.storage.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A file whose bytes are made safe while more are written. Whatever the disk refused then is told at the end: a disk tells
 * of a lost write only once.
 */
public final class EarlyForce implements Closeable {
    /** Enough for the disk to work on, little enough that the last part is soon safe. */
    private static final int STRIDE = 16 << 20;

    private final DiskFile file;
    private final WriteBehind writeBehind;
    private final Object forcing = new Object();
    private long unforced;
    private boolean finished;
    private @Nullable IOException refused;

    /**
     * A file and who makes it safe meanwhile.
     *
     * @param file is closed with this
     */
    public EarlyForce(DiskFile file, WriteBehind writeBehind) {
        this.file = file;
        this.writeBehind = writeBehind;
    }

    /** That of the file. */
    public String path() {
        return file.path();
    }

    /** As the file does. */
    public void write(ByteBuffer from, long position) throws IOException {
        int length = from.remaining();
        file.write(from, position);
        unforced += length;
        if (unforced >= STRIDE) {
            soon();
        }
    }

    /** Has what is in the file by now made safe. */
    void soon() {
        unforced = 0;
        writeBehind.later(this::forceEarly);
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
    public void force() throws IOException {
        synchronized (forcing) {
            finished = true;
            if (refused != null) {
                throw refused;
            }
            file.force(true);
        }
    }

    /** Lets no task touch the file from now on. */
    void stop() {
        synchronized (forcing) {
            finished = true;
        }
    }

    @Override
    public void close() throws IOException {
        stop();
        file.close();
    }
}
