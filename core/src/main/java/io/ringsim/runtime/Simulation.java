package io.ringsim.runtime;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;

/**
 * A world of actors under virtual time, driven by the thread that created it. Any number of actor systems may live in it;
 * they share the clock, the seed and the trace. Time passes only in {@code run}, {@link #runFor}, {@link #runUntil} and
 * {@link #step}, and takes no longer than the work to be done in it.
 */
public final class Simulation implements AutoCloseable {
    /** An actor failed with an exception that nothing supervised. Its parent, and in the end its guardian, decide on it. */
    public record Failure(Duration at, String actor, Throwable cause) {}

    private static final String AGENT = "ringsim.agent.present";
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

    /** A world with these settings. */
    public static Simulation with(SimulationSettings settings) {
        if (settings.strict() && System.getProperty(AGENT) == null) {
            throw new IllegalStateException(
                    "a strict simulation needs RingSim's Java agent, which is not loaded: start Java"
                            + " with -javaagent:ringsim-agent.jar (Surefire: <argLine>-javaagent:${ringsim.agent}</argLine>),"
                            + " or ask for strict(false)");
        }
        return new Simulation(settings);
    }

    /** Starts an actor system with the application's configuration. */
    public <T> ActorSystem<T> start(String name, Behavior<T> guardian) {
        return start(name, guardian, ConfigFactory.load());
    }

    /** Starts an actor system; its dispatchers, scheduler and provider become the world's, the rest of the configuration holds. */
    public <T> ActorSystem<T> start(String name, Behavior<T> guardian, Config config) {
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

    /**
     * Runs until the stage is completed, by an actor's answer for instance, and returns its value; throws {@link
     * java.util.concurrent.CompletionException} when it failed, {@link LimitReached} when it took longer.
     */
    public <T> T await(CompletionStage<T> stage, Duration within) {
        var future = stage.toCompletableFuture();
        if (!runUntil(future::isDone, within)) {
            throw new LimitReached("still waiting after " + within + " of virtual time");
        }
        return future.join();
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

    /** Every actor that failed unsupervised, also those whose parent lived on. */
    public List<Failure> failures() {
        return List.copyOf(world.failures);
    }

    /** How many steps were done. */
    public long steps() {
        return world.steps();
    }

    /** Terminates the actor systems in order and leaves the world; throws what went wrong unnoticed until now. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        try {
            world.inside(() -> {
                systems.forEach(ActorSystem::terminate);
                return null;
            });
            if (!runUntil(this::allTerminated, PATIENCE)) {
                throw new LimitReached("still not terminated after " + PATIENCE + ": " + systems);
            }
            world.throwWhatWentWrong();
        } finally {
            leave();
        }
    }

    /** Leaves the world as it is. Nothing in it goes on, since it has no thread; large worlds are left faster than closed. */
    public void leave() {
        closed = true;
        world.close();
    }

    private boolean allTerminated() {
        return systems.stream().allMatch(system -> system.whenTerminated().isCompleted());
    }

    private long deadline(Duration within) {
        return world.later(nanos(within));
    }

    /** Durations longer than the 292 years that nanoseconds can count mean "for ever". */
    private static long nanos(Duration duration) {
        return duration.toSeconds() > Long.MAX_VALUE / 1_000_000_000 ? Long.MAX_VALUE : duration.toNanos();
    }
}
