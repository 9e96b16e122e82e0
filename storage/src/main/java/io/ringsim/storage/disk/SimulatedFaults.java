package io.ringsim.storage.disk;

import io.ringsim.runtime.Randomness;
import java.util.Optional;

/**
 * What goes wrong with a {@link SimulatedDisk}. Changed between two steps of a run by whoever injects faults; where it
 * says an operation, that is a number that {@link SimulatedDisk#operations} reaches, so the first is 1.
 */
public final class SimulatedFaults {
    private static final long NEVER = Long.MAX_VALUE;

    private Optional<Randomness> shortReads = Optional.empty();
    private long powerLossAt = NEVER;
    private long noSpaceFrom = NEVER;
    private boolean lyingForces;
    private boolean failingForces;
    private boolean readOnly;
    private boolean stuck;
    private double slowdown = 1;

    /** Every read that may read less than it is asked for does so, by chance. */
    public void shortReads(Randomness chance) {
        shortReads = Optional.of(chance);
    }

    /** The power goes at that operation, which may be half done; see {@link SimulatedDisk#crash}. */
    public void failAt(long operation) {
        powerLossAt = operation;
    }

    /** The disk is full for all operations from that one on. */
    public void noSpaceFrom(long operation) {
        noSpaceFrom = operation;
    }

    /** There is space again, as far as the capacity goes. */
    public void spaceAgain() {
        noSpaceFrom = NEVER;
    }

    /** Whether forces report success and make nothing safe. */
    public void lyingForces(boolean lie) {
        lyingForces = lie;
    }

    /** Whether forces fail, as on a device that lost what the system had buffered for it. */
    public void failingForces(boolean fail) {
        failingForces = fail;
    }

    /** Whether every change fails, as on a file system that was remounted read-only. */
    public void readOnly(boolean broken) {
        readOnly = broken;
    }

    /** Every operation costs {@code factor} times as much; 1 heals. */
    public void slowDown(double factor) {
        if (!(factor > 0)) {
            throw new IllegalArgumentException("a disk is slowed down by a positive factor, not " + factor);
        }
        slowdown = factor;
    }

    /** Whether operations never end: each costs {@link Long#MAX_VALUE}. */
    public void stuck(boolean stuck) {
        this.stuck = stuck;
    }

    boolean isDownAt(long operation) {
        return operation >= powerLossAt;
    }

    boolean isFullAt(long operation) {
        return operation >= noSpaceFrom;
    }

    boolean forcesLie() {
        return lyingForces;
    }

    boolean forcesFail() {
        return failingForces;
    }

    boolean isReadOnly() {
        return readOnly;
    }

    /** How many of {@code length} bytes a read reads. */
    int readable(int length) {
        return shortReads.isPresent() && length > 1 ? shortReads.get().nextInt(1, length + 1) : length;
    }

    /** Nanoseconds that an operation of {@code nanos} takes. */
    long cost(double nanos) {
        return stuck ? Long.MAX_VALUE : (long) Math.min(nanos * slowdown, Long.MAX_VALUE);
    }

    void powerIsBack() {
        powerLossAt = NEVER;
    }
}
