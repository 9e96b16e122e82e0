package io.ringsim.storage.commitlog;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * A lock that is often held no longer than it takes to fall asleep and be woken: about as long as the system takes to copy a
 * small write. Who finds it taken tries for that long before it sleeps.
 */
final class BriefLock extends ReentrantLock {
    private static final long serialVersionUID = 1;

    /** They take a few microseconds. */
    private static final int TRIES = 200;

    /** Locks, unless the others have done what it is wanted for: then false. */
    boolean lockUnless(BooleanSupplier isDone) {
        for (int tried = 0; !isDone.getAsBoolean(); tried++) {
            if (tried == TRIES) {
                lock();
            } else if (!tryLock()) {
                Thread.onSpinWait();
                continue;
            }
            if (!isDone.getAsBoolean()) {
                return true;
            }
            unlock();
        }
        return false;
    }
}
