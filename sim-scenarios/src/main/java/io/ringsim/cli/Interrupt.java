package io.ringsim.cli;

import io.ringsim.runtime.RealWorld;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Waits for Ctrl-C while a command runs: the command is asked to end, and given the time to save what it has. */
@RealWorld("a user's interrupt comes from outside")
final class Interrupt implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    private final AtomicBoolean requested = new AtomicBoolean();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook;

    private Interrupt() {
        hook = new Thread(this::interrupted, "ringsim-interrupt");
    }

    static Interrupt watch() {
        var interrupt = new Interrupt();
        Runtime.getRuntime().addShutdownHook(interrupt.hook);
        return interrupt;
    }

    boolean isRequested() {
        return requested.get();
    }

    private void interrupted() {
        requested.set(true);
        try {
            boolean saved = over.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!saved) {
                Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
            }
        } catch (InterruptedException alsoInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        over.countDown();
        if (!isRequested()) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException endingAlready) {
                requested.set(true);
            }
        }
    }
}
