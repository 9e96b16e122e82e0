package io.ringsim.runtime;

import akka.actor.ActorRef;
import akka.actor.ClassicActorSystemProvider;
import akka.actor.typed.internal.adapter.ActorAdapter.TypedActorFailedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.concurrent.BlockContext;

/**
 * One simulated world: the thread that owns it, its clock, its events, whose turn it is, chance and trace. Akka's
 * scheduler and dispatchers find their world by the id in their configuration.
 */
final class World {
    static final String CONFIG_KEY = "ringsim.world";

    /** No turn is under way. */
    static final long NO_TURN = -1;

    private static final Logger LOG = LoggerFactory.getLogger(Simulation.class);
    private static final int REMEMBERED = 1_000; // failures and intrusions; the first ones tell
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
    final Randomness chance;
    private final Randomness uids;
    private final Pump pump = new Pump(this);
    private final List<WorldViolation> violations = new ArrayList<>();
    private final ConcurrentLinkedQueue<Intrusion> foreign = new ConcurrentLinkedQueue<>();
    final List<Simulation.Failure> failures = new ArrayList<>();
    private final Object lateness = new Object();
    private @Nullable WorldViolation late; // guarded by lateness
    private @Nullable Watchdog watchdog;
    private @Nullable Turn turn;
    private @Nullable ActorFailed failure;
    private boolean inside;
    private boolean taking;
    private boolean closed;
    private long mark;
    private long steps;
    private volatile boolean trouble;
    private volatile boolean stopped;

    World(SimulationSettings settings) {
        this.settings = settings;
        this.randomness = Randomness.of(settings.seed());
        this.chance = randomness.fork("unseeded");
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

    /** Called on a foreign thread; the driver will throw what is returned here, from its own stack. */
    WorldViolation intrusion(String what) {
        var where = new WorldViolation(
                "here " + what + " left thread \"" + Thread.currentThread().getName() + "\"");
        if (foreign.size() < REMEMBERED) {
            foreign.add(new Intrusion(what, Thread.currentThread().getName(), where));
        }
        trouble = true;
        return where;
    }

    /** Called on the owner's thread by something Akka may swallow: thrown here, and once more to the driver. */
    WorldViolation violation(String what) {
        var violation = new WorldViolation(what);
        violations.add(violation);
        trouble = true;
        return violation;
    }

    /** An actor failed and nothing in it supervised that; its parent will stop it. A guardian's failure is the driver's. */
    void failed(ActorRef actor, Throwable thrown, boolean isGuardian) {
        var cause = thrown instanceof TypedActorFailedException wrapped ? wrapped.cause() : thrown;
        if (failures.size() < REMEMBERED) {
            failures.add(new Simulation.Failure(clock.now(), actor.path().toString(), cause));
        }
        if (isGuardian && failure == null) {
            failure = new ActorFailed(actor.path() + " failed: " + cause, cause);
            trouble = true;
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
        if (closed) {
            throw new IllegalStateException("this simulation is closed");
        }
        if (taking) {
            throw violation("a simulation is driven from outside: an actor or event called back into its own driver");
        }
        if (inside) {
            return body.get();
        }
        if (watchdog == null && !settings.patience().isZero()) {
            watchdog = Watchdog.over(this, settings.patience());
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

    /** The driver waits, for ever if need be. */
    void await(BooleanSupplier done, String what) {
        if (!await(done, Long.MAX_VALUE, what)) {
            throw new WorldViolation(what + " waits for something that nothing in this world will bring about");
        }
    }

    /** The driver waits for so long; an actor must not. */
    boolean await(BooleanSupplier done, long nanos, String what) {
        if (done.getAsBoolean()) {
            return true;
        }
        if (taking) {
            throw violation(
                    "an actor blocks in " + what + "; the one thread of a simulated world would wait for itself");
        }
        return runUntil(done, later(nanos));
    }

    /** The moment that long from now. */
    long later(long nanos) {
        long at = clock.nanos() + Math.max(0, nanos);
        return at < 0 ? Long.MAX_VALUE : at;
    }

    /** One thing: an event that is due, else somebody's turn, else the clock moves on. False when nothing is left to do. */
    boolean step(long deadline) {
        if (stopped) {
            stopped = false;
            throw new LimitReached("stopped at " + Duration.ofNanos(clock.nanos()) + " of virtual time");
        }
        if (!events.isDue(mark)) {
            Turn next = ready.next();
            if (next != null) {
                take(next);
                return true;
            }
            if (events.nextTime() > deadline || events.size() == 0) {
                return false;
            }
            mark = events.mark();
        }
        turn = null;
        taking = true;
        try {
            events.runNext();
        } catch (Throwable thrown) {
            throwIfLate(thrown);
            throw thrown;
        } finally {
            taking = false;
        }
        steps++;
        throwWhatWentWrong();
        return true;
    }

    private void take(Turn next) {
        turn = next;
        taking = true;
        try {
            next.take();
        } catch (Throwable thrown) {
            throwIfLate(thrown);
            throw thrown;
        } finally {
            taking = false;
        }
        steps++;
        throwWhatWentWrong();
    }

    /** What Akka logged or swallowed, or a foreign thread did, becomes the driver's exception. */
    void throwWhatWentWrong() {
        if (!trouble) {
            return;
        }
        trouble = false;
        throwIfLate(null);
        var intruder = foreign.poll();
        trouble |= !foreign.isEmpty();
        if (intruder != null) {
            throw new WorldViolation(
                    intruder.what + " came from thread \"" + intruder.thread
                            + "\", which is outside the simulated world: "
                            + "its moment depends on the machine, not on the seed",
                    intruder.where);
        }
        var bug = failure;
        failure = null;
        if (!violations.isEmpty()) {
            trouble |= violations.size() > 1;
            throw violations.remove(0); // and the actor that failed of it is no news
        }
        if (bug != null) {
            throw bug;
        }
    }

    boolean isClosed() {
        return closed;
    }

    // ---- what the watchdog sees, from its own thread: what it reads may be a little old

    /** The number of the turn or event under way, or {@link #NO_TURN}. */
    long turnUnderWay() {
        return taking ? steps : NO_TURN;
    }

    /** Tells of a turn that does not end, and interrupts it; should it end then, the driver hears of it. */
    void doesNotEnd(long number, Duration soFar) {
        var stuck = turn;
        var stack = owner.getStackTrace();
        var violation =
                new WorldViolation((stuck == null ? "an event" : stuck.subject()) + " has not ended its turn after "
                        + soFar.toMillis() / 1e3
                        + " s of real time: it loops or blocks, and nothing else in its world can happen."
                        + " SimulationSettings.patience(Duration) allows for more");
        violation.setStackTrace(stack);
        if (LOG.isErrorEnabled()) {
            LOG.error(
                    "{}; thread \"{}\" is here:{}",
                    violation.getMessage(),
                    owner.getName(),
                    Arrays.stream(stack)
                            .takeWhile(frame -> !frame.getClassName().equals(World.class.getName()))
                            .map(frame -> "\n    at " + frame)
                            .collect(Collectors.joining()));
        }
        synchronized (lateness) {
            if (turnUnderWay() == number) {
                owner.interrupt();
                late = late == null ? violation : late;
                trouble = true;
            }
        }
    }

    private void throwIfLate(@Nullable Throwable thrown) {
        WorldViolation violation;
        synchronized (lateness) {
            violation = late;
            late = null;
            if (violation == null) {
                return;
            }
            Thread.interrupted(); // the watchdog's doing
        }
        if (thrown != null) {
            violation.addSuppressed(thrown);
        }
        failure = null; // an actor that failed of it is no news
        trouble = !violations.isEmpty() || !foreign.isEmpty();
        throw violation;
    }

    void stop() {
        stopped = true;
    }

    long steps() {
        return steps;
    }

    void close() {
        closed = true;
        if (watchdog != null) {
            watchdog.callOff();
            watchdog = null;
        }
        OPEN.remove(id);
        if (CURRENT.get() == this) {
            CURRENT.set(outer);
        }
    }

    private record Intrusion(String what, String thread, WorldViolation where) {}
}
