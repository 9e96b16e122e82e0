package io.ringsim.runtime;

import java.time.Duration;

/**
 * Looks now and then, from a thread of its own, whether the turn under way in a world is still the one it saw before. It
 * counts looks, not time, so a machine that was asleep or a process that was halted is not taken for a turn without end.
 * The thread is there from the world's first step until the world is left.
 */
@RealWorld(
        "a turn takes no virtual time, so only the real clock can tell that it does not end; nothing in the world sees it")
final class Watchdog {
    private static final int LOOKS = 10;

    private final World world;
    private final Duration patience;
    private final Thread thread = new Thread(this::watch, "ringsim-watchdog");
    private boolean called; // off

    private Watchdog(World world, Duration patience) {
        this.world = world;
        this.patience = patience;
    }

    static Watchdog over(World world, Duration patience) {
        var watchdog = new Watchdog(world, patience);
        watchdog.thread.setDaemon(true);
        watchdog.thread.start();
        return watchdog;
    }

    private synchronized void watch() {
        long interval = Math.max(1, patience.toMillis() / LOOKS);
        long seen = World.NO_TURN;
        int looks = 0;
        try {
            while (!called) {
                wait(interval);
                long turn = world.turnUnderWay();
                looks = turn != World.NO_TURN && turn == seen ? looks + 1 : 0;
                seen = turn;
                if (looks > 0 && looks % LOOKS == 0) {
                    world.doesNotEnd(turn, patience.multipliedBy(looks / LOOKS));
                }
            }
        } catch (InterruptedException nobodyWatchesAnyMore) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the thread. */
    void callOff() {
        synchronized (this) {
            called = true;
            notifyAll();
        }
        try {
            thread.join();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
