package io.ringsim.streaming.lane;

import io.ringsim.runtime.RealWorld;
import io.ringsim.storage.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * A lane within one process: what goes in at one end is handed over at the other, as it is. Files are mapped where their disk
 * does that, so that the only copy is the one the receiver writes.
 */
@RealWorld("makes one end wait for the other")
final class LocalLane implements OutgoingLane, IncomingLane {
    private static final int PIECE = 1 << 20;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** What the sender holds out until the receiver asks for more than it. */
    private ByteBuffer offered = NOTHING;

    private boolean isOffering;
    private boolean closed;

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        if (!bytes.hasRemaining()) {
            return;
        }
        lock.lock();
        try {
            offered = bytes;
            isOffering = true;
            changed.signalAll();
            waitUntil(() -> !isOffering || closed);
            if (isOffering) {
                throw new IOException("the receiver closed the lane");
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void write(DiskFile file, long position, long count) throws IOException {
        for (long done = 0; done < count; ) {
            int some = (int) Math.min(PIECE, count - done);
            write(file.view(position + done, some));
            done += some;
        }
    }

    @Override
    public ByteBuffer read(int atMost) throws IOException {
        lock.lock();
        try {
            if (isOffering && !offered.hasRemaining()) {
                isOffering = false;
                changed.signalAll();
            }
            waitUntil(() -> isOffering || closed);
            if (!isOffering) {
                return NOTHING;
            }
            int some = Math.min(atMost, offered.remaining());
            var part = offered.slice(offered.position(), some);
            offered.position(offered.position() + some);
            return part;
        } finally {
            lock.unlock();
        }
    }

    private void waitUntil(BooleanSupplier isSo) throws IOException {
        try {
            while (!isSo.getAsBoolean()) {
                changed.await();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the other end of the lane was waited for", stopped);
        }
    }

    @Override
    public void cut() {
        close();
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
