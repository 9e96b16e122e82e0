package io.ringsim.runtime;

import akka.actor.ClassicActorSystemProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import scala.concurrent.BlockContext;

/**
 * One simulated world: the thread that owns it, its clock, its events, whose turn it is, chance and trace. Akka's
 * scheduler and dispatchers find their world by the id in their configuration.
 */
final class World {
    static final String CONFIG_KEY = "ringsim.world";

    private static final AtomicLong NEXT_ID = new AtomicLong(1);
    private static final Map<Long, World> OPEN = new ConcurrentHashMap<>();
    private static final ThreadLocal<@Nullable World> CURRENT = new ThreadLocal<>();

    final long id = NEXT_ID.getAndIncrement();
    final SimulationSettings settings;
    final VirtualClock clock = new VirtualClock();
    final EventQueue events = new EventQueue(clock);
    final Randomness randomness;
    final Trace trace;

    private final Thread owner = Thread.currentThread();
    private final @Nullable World outer = CURRENT.get();
    private final ReadyTurns ready;
    private final Randomness uids;
    private final Pump pump = new Pump(this);
    private final List<WorldViolation> violations = new ArrayList<>();
    private final ConcurrentLinkedQueue<WorldViolation> foreign = new ConcurrentLinkedQueue<>();
    private @Nullable ActorFailed failure;
    private boolean inside;
    private boolean taking;
    private long mark;
    private long steps;
    private volatile boolean stopped;

    World(SimulationSettings settings) {
        this.settings = settings;
        this.randomness = Randomness.of(settings.seed());
        this.uids = randomness.fork("uids");
        this.ready = ReadyTurns.under(settings.policy(), randomness.fork("order"));
        this.trace = new Trace(clock, settings);
        OPEN.put(id, this);
        CURRENT.set(this);
    }

    static World withId(long id) {
        var world = OPEN.get(id);
        if (world == null) {
            throw new IllegalStateException("the simulation this actor system belongs to is closed");
        }
        return world;
    }

    /** The world an actor system lives in, null for a real one. */
    static @Nullable World of(ClassicActorSystemProvider system) {
        return system.classicSystem().scheduler() instanceof VirtualScheduler scheduler ? scheduler.world() : null;
    }

    /** The world the calling thread drives, null outside of any. */
    static @Nullable World current() {
        return CURRENT.get();
    }

    // ---- what Akka asks of the world

    boolean isOwner() {
        return Thread.currentThread() == owner;
    }

    void ready(Turn turn) {
        ready.add(turn);
    }

    /** A uid of an actor: positive and never 0, as Akka's are. */
    int nextUid() {
        int uid = (int) (uids.nextLong() >>> 33);
        return uid == 0 ? nextUid() : uid;
    }

    /** Called on a foreign thread: the driver will throw what is returned here. */
    WorldViolation intrusion(String what) {
        var thread = Thread.currentThread();
        var where = new IllegalStateException(what + " by thread \"" + thread.getName() + "\"");
        var violation = new WorldViolation(
                what + " came from thread \"" + thread.getName() + "\", which is outside the simulated world: "
                        + "its moment depends on the machine, not on the seed",
                where);
        foreign.add(violation);
        return violation;
    }

    /** Called on the owner's thread by something Akka may swallow: thrown here, and once more to the driver. */
    WorldViolation violation(String what) {
        var violation = new WorldViolation(what);
        violations.add(violation);
        return violation;
    }

    void failed(ActorFailed bug) {
        if (failure == null) {
            failure = bug;
        }
    }

    boolean isTaking() {
        return taking;
    }

    // ---- what the driver does

    /** Runs the body as the world's own code: Awaits pump, and the agent's hooks see this world. */
    <T> T inside(Supplier<T> body) {
        if (!isOwner()) {
            throw new WorldViolation("a simulation is driven by the thread that created it, \"" + owner.getName()
                    + "\", not by \"" + Thread.currentThread().getName() + "\"");
        }
        if (taking) {
            throw violation("a simulation is driven from outside: an actor or event called back into its own driver");
        }
        if (inside) {
            return body.get();
        }
        var before = CURRENT.get();
        CURRENT.set(this);
        inside = true;
        try {
            return BlockContext.withBlockContext(pump, body::get);
        } finally {
            inside = false;
            CURRENT.set(before);
        }
    }

    boolean runUntil(BooleanSupplier condition, long deadline) {
        return inside(() -> {
            long limit = steps + settings.stepLimit();
            while (!condition.getAsBoolean()) {
                if (!step(deadline)) {
                    if (deadline != Long.MAX_VALUE) {
                        clock.advanceTo(deadline);
                    }
                    return condition.getAsBoolean();
                }
                if (steps > limit) {
                    throw new LimitReached("no end after " + settings.stepLimit() + " steps, at "
                            + Duration.ofNanos(clock.nanos()) + " of virtual time");
                }
            }
            return true;
        });
    }

    /** One thing: an event that is due, else somebody's turn, else the clock moves on. False when nothing is left to do. */
    boolean step(long deadline) {
        if (stopped) {
            stopped = false;
            throw new LimitReached("stopped at " + Duration.ofNanos(clock.nanos()) + " of virtual time");
        }
        if (!events.isDue(mark)) {
            Turn turn = ready.next();
            if (turn != null) {
                take(turn);
                return true;
            }
            if (events.nextTime() > deadline || events.size() == 0) {
                return false;
            }
            mark = events.mark();
        }
        taking = true;
        try {
            events.runNext();
        } finally {
            taking = false;
        }
        steps++;
        check();
        return true;
    }

    private void take(Turn turn) {
        taking = true;
        try {
            turn.take();
        } finally {
            taking = false;
        }
        steps++;
        check();
    }

    private void check() {
        if (failure != null) {
            var bug = failure;
            failure = null;
            throw bug;
        }
        if (!violations.isEmpty()) {
            throw violations.remove(0);
        }
        var intruder = foreign.poll();
        if (intruder != null) {
            throw intruder;
        }
    }

    void stop() {
        stopped = true;
    }

    long steps() {
        return steps;
    }

    void close() {
        OPEN.remove(id);
        if (CURRENT.get() == this) {
            CURRENT.set(outer);
        }
    }
}
