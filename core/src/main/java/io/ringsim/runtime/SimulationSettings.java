package io.ringsim.runtime;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * How a simulated world runs.
 *
 * @param seed decides everything chance decides
 * @param policy who has the next turn
 * @param strict whether the Java agent must be there, so that clocks, chance and asynchronous hops of any code are the
 *     world's
 * @param stepLimit how many steps one call of run, runFor or runUntil may take before it gives up
 * @param patience how long one turn may take in real time before it is taken for one without end, reported, and
 *     interrupted; zero for ever
 * @param checkpointInterval after how many trace events the hash so far is kept, for finding where two runs part
 * @param digest what of a message enters the hash beside its class
 * @param recorder is given every trace event; {@link #NOBODY} for none, which is much faster
 */
public record SimulationSettings(
        long seed,
        SchedulingPolicy policy,
        boolean strict,
        long stepLimit,
        Duration patience,
        int checkpointInterval,
        ToLongFunction<Object> digest,
        Consumer<Trace.Event> recorder) {
    /** No recorder. */
    public static final Consumer<Trace.Event> NOBODY = event -> {};

    /** Only the class of a message enters the hash. */
    public static final ToLongFunction<Object> CLASS_ONLY = message -> 0;

    public SimulationSettings {
        if (stepLimit < 1 || checkpointInterval < 1 || patience.isNegative()) {
            throw new IllegalArgumentException("limits and intervals are positive");
        }
    }

    /**
     * Seeded order, no agent asked for, ten thousand million steps, half a minute for a turn, a checkpoint every thousand
     * events.
     */
    public static SimulationSettings defaults() {
        return new SimulationSettings(
                42, SchedulingPolicy.SEEDED, false, 10_000_000_000L, Duration.ofSeconds(30), 1_000, CLASS_ONLY, NOBODY);
    }

    public SimulationSettings seed(long seed) {
        return new SimulationSettings(seed, policy, strict, stepLimit, patience, checkpointInterval, digest, recorder);
    }

    public SimulationSettings policy(SchedulingPolicy policy) {
        return new SimulationSettings(seed, policy, strict, stepLimit, patience, checkpointInterval, digest, recorder);
    }

    public SimulationSettings strict(boolean strict) {
        return new SimulationSettings(seed, policy, strict, stepLimit, patience, checkpointInterval, digest, recorder);
    }

    public SimulationSettings stepLimit(long stepLimit) {
        return new SimulationSettings(seed, policy, strict, stepLimit, patience, checkpointInterval, digest, recorder);
    }

    public SimulationSettings patience(Duration patience) {
        return new SimulationSettings(seed, policy, strict, stepLimit, patience, checkpointInterval, digest, recorder);
    }

    public SimulationSettings checkpointInterval(int events) {
        return new SimulationSettings(seed, policy, strict, stepLimit, patience, events, digest, recorder);
    }

    public SimulationSettings digest(ToLongFunction<Object> digest) {
        return new SimulationSettings(seed, policy, strict, stepLimit, patience, checkpointInterval, digest, recorder);
    }

    public SimulationSettings recorder(Consumer<Trace.Event> recorder) {
        return new SimulationSettings(seed, policy, strict, stepLimit, patience, checkpointInterval, digest, recorder);
    }
}
