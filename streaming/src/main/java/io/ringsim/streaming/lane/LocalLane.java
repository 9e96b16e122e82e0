package io.ringsim.streaming.lane;

import io.ringsim.runtime.RealWorld;
import io.ringsim.storage.disk.AlignedBuffers;
import io.ringsim.storage.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * A lane within one process: what goes in at one end is handed over at the other, as it is. Files are read into one buffer
 * while the receiver has another: that costs less than a map, whose every page has to be found first, and on some virtual
 * machines at a high price.
 */
@RealWorld("makes one end wait for the other")
final class LocalLane implements OutgoingLane, IncomingLane {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final AlignedBuffers buffers;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** What the sender holds out until the receiver asks for more than it. */
    private ByteBuffer offered = NOTHING;

    private boolean isOffering;
    private boolean closed;

    /** One that reads files into such buffers. */
    LocalLane(AlignedBuffers buffers) {
        this.buffers = buffers;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException {
        if (bytes.hasRemaining()) {
            offer(bytes);
            awaitTaken();
        }
    }

    @Override
    public void write(DiskFile file, long position, long count) throws IOException {
        var next = buffers.take();
        var other = buffers.take();
        for (long done = 0; done < count; ) {
            int some = (int) Math.min(next.capacity(), count - done);
            file.readFully(next.clear().limit(some), position + done);
            offer(next.flip());
            done += some;
            var offeredBefore = other;
            other = next;
            next = offeredBefore;
        }
        awaitTaken();
        // Not when the lane was closed: then the receiver may still have one in its hands.
        buffers.giveBack(next);
        buffers.giveBack(other);
    }

    /** Returns when the receiver is done with what it was offered before. */
    private void offer(ByteBuffer bytes) throws IOException {
        lock.lock();
        try {
            awaitTaken();
            offered = bytes;
            isOffering = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void awaitTaken() throws IOException {
        lock.lock();
        try {
            waitUntil(() -> !isOffering || closed);
            if (isOffering) {
                throw new IOException("the receiver closed the lane");
            }
        } finally {
            lock.unlock();
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
