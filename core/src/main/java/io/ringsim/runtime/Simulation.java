package io.ringsim.runtime;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A world of actors under virtual time, driven by the thread that created it. Any number of actor systems may live in it;
 * they share the clock, the seed and the trace. Time passes only in {@code run}, {@link #runFor}, {@link #runUntil} and
 * {@link #step}, and takes no longer than the work to be done in it.
 */
public final class Simulation implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5); // virtual, for systems to terminate

    private final World world;
    private final List<ActorSystem<?>> systems = new ArrayList<>();
    private boolean closed;

    private Simulation(SimulationSettings settings) {
        this.world = new World(settings);
    }

    /** A world with default settings and this seed. */
    public static Simulation seeded(long seed) {
        return with(SimulationSettings.defaults().seed(seed));
    }

    public static Simulation with(SimulationSettings settings) {
        return new Simulation(settings);
    }

    /** Starts an actor system with the application's configuration. */
    public <T> ActorSystem<T> start(String name, Behavior<T> guardian) {
        return start(name, guardian, ConfigFactory.load());
    }

    /** Starts an actor system; its dispatchers, scheduler and provider become the world's, the rest of the configuration holds. */
    public <T> ActorSystem<T> start(String name, Behavior<T> guardian, Config config) {
        if (closed) {
            throw new IllegalStateException("this simulation is closed");
        }
        return world.inside(() -> {
            var system = ActorSystem.create(guardian, name, WorldConfig.of(world, config));
            systems.add(system);
            return system;
        });
    }

    /** Runs until nothing is left to do: no actor is ready, no timer set. A repeated timer never ends; see {@link #runFor}. */
    public void run() {
        world.runUntil(() -> false, Long.MAX_VALUE);
    }

    /** Runs for so long, of virtual time. */
    public void runFor(Duration duration) {
        world.runUntil(() -> false, deadline(duration));
    }

    /** Runs until the condition holds, which is looked at after every step; false when it does not hold within that time. */
    public boolean runUntil(BooleanSupplier condition, Duration within) {
        return world.runUntil(condition, deadline(within));
    }

    /** Does one thing: one event, or one turn of one actor. False when nothing is left to do. */
    public boolean step() {
        return world.inside(() -> world.step(Long.MAX_VALUE));
    }

    /** Ends the current or next run with {@link LimitReached}; may be called from any thread. */
    public void stop() {
        world.stop();
    }

    /** Virtual time since the world began. */
    public Duration now() {
        return world.clock.now();
    }

    public VirtualClock clock() {
        return world.clock;
    }

    /** What is to happen; models put their own events here. */
    public EventQueue events() {
        return world.events;
    }

    /** The seed's chance; fork it by name. */
    public Randomness randomness() {
        return world.randomness;
    }

    public Trace trace() {
        return world.trace;
    }

    /** How many steps were done. */
    public long steps() {
        return world.steps();
    }

    /** Terminates the actor systems in order and leaves the world. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            for (var system : systems) {
                world.inside(() -> {
                    system.terminate();
                    return world.runUntil(() -> system.whenTerminated().isCompleted(), deadline(PATIENCE));
                });
            }
        } finally {
            world.close();
        }
    }

    private long deadline(Duration within) {
        long end = world.clock.nanos() + within.toNanos();
        return end < 0 ? Long.MAX_VALUE : end;
    }
}
