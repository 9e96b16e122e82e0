package io.ringsim.storage.sstable;

import io.ringsim.storage.disk.EarlyForce;
import io.ringsim.storage.disk.WriteBehind;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Makes several files safe, as many at once as there is help: a disk takes little longer for all of them than for one. What
 * no helper has begun the caller does itself.
 */
final class ForceAll {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition done = lock.newCondition();
    private final Queue<EarlyForce> left;
    private int running;
    private @Nullable IOException failure;

    private ForceAll(Collection<EarlyForce> files) {
        this.left = new ArrayDeque<>(files);
    }

    /** Returns when all are safe, or when one is not and no other is being forced any more. */
    static void of(Collection<EarlyForce> files, WriteBehind helper) throws IOException {
        var all = new ForceAll(files);
        for (int i = 1; i < files.size(); i++) {
            helper.later(all::forceOne);
        }
        while (all.forceOne()) {}
        all.await();
    }

    /** False when none was left. */
    private boolean forceOne() {
        var file = next();
        if (file == null) {
            return false;
        }
        var outcome = new IOException("a file was not made safe, by a fault of the program");
        try {
            file.force();
            outcome = null;
        } catch (IOException failed) {
            outcome = failed;
        } finally {
            ended(outcome);
        }
        return true;
    }

    private @Nullable EarlyForce next() {
        lock.lock();
        try {
            var next = left.poll();
            running += next == null ? 0 : 1;
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void ended(@Nullable IOException failed) {
        lock.lock();
        try {
            running--;
            if (failed != null) {
                failure = failed;
                left.clear();
            }
            done.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void await() throws IOException {
        lock.lock();
        try {
            while (running > 0) {
                done.awaitUninterruptibly();
            }
            if (failure != null) {
                throw failure;
            }
        } finally {
            lock.unlock();
        }
    }
}
