package io.ringsim.cli;

import io.ringsim.runtime.RealWorld;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Waits for Ctrl-C, or SIGTERM, while a command runs: the command is asked to end, and given the time to save and say what
 * it has. Then the process ends with the command's own exit code, whichever signal it was.
 */
@RealWorld("a user's interrupt comes from outside")
final class Interrupt implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;
    private static final CountDownLatch SAID_ALL = new CountDownLatch(1);
    private static volatile int exitCode = ExitCode.INTERRUPTED;

    private final AtomicBoolean requested = new AtomicBoolean();
    private final Thread hook;

    private Interrupt() {
        hook = new Thread(this::interrupted, "ringsim-interrupt");
    }

    static Interrupt watch() {
        var interrupt = new Interrupt();
        Runtime.getRuntime().addShutdownHook(interrupt.hook);
        return interrupt;
    }

    /** The last thing before the process ends by itself: there is nothing left to be said. */
    static void saidAll(int code) {
        exitCode = code;
        SAID_ALL.countDown();
    }

    boolean isRequested() {
        return requested.get();
    }

    private void interrupted() {
        requested.set(true);
        try {
            boolean inTime = SAID_ALL.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            Runtime.getRuntime().halt(inTime ? exitCode : ExitCode.INTERRUPTED);
        } catch (InterruptedException alsoInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        if (!isRequested()) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException endingAlready) {
                requested.set(true);
            }
        }
    }
}
