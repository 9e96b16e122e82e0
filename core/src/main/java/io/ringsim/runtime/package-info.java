/**
 * Akka under virtual time: one thread, a clock that jumps, a seed that decides everything.
 *
 * <p>This package can be used without any interest in rings: it runs <em>your</em> actors, unmodified, so that an hour of
 * timeouts passes in a moment and a failure found with a seed happens again with that seed. It needs Akka Typed 2.6.21 or
 * 2.8.5 and nothing else.
 *
 * <h2>A first test</h2>
 *
 * <pre>{@code
 * try (var simulation = Simulation.seeded(42)) {
 *     var system = simulation.start("shop", Till.create());          // any Behavior; a Config may follow
 *     var answer = AskPattern.ask(system, Till.Total::new, ofSeconds(3), system.scheduler());
 *
 *     assertThat(simulation.await(answer, ofMinutes(1))).isEqualTo(new Sum(0));
 *     simulation.runFor(ofHours(1));
 *     assertThat(simulation.failures()).isEmpty();
 * }
 * }</pre>
 *
 * Nothing happens by itself. Time passes in {@link io.ringsim.runtime.Simulation#run() run} (until nothing is left to do),
 * {@code runFor}, {@code runUntil}, {@code await} and {@code step}, on the thread that calls them; when no actor is ready the
 * clock jumps to the next timer. Dispatchers, also those of your own configuration, have no threads; Akka Streams need
 * nothing special. Several systems may live in one simulation, and several simulations in one JVM, each on its own thread.
 *
 * <h2>Seeds</h2>
 *
 * Among the actors that are ready at the same instant the seed chooses who has its turn, so every seed is another
 * interleaving ({@link io.ringsim.runtime.SchedulingPolicy#FIFO} takes them in order). A loop over seeds is a search for
 * races; the seed in the message of the failed assertion is all that is needed to see it again:
 *
 * <pre>{@code
 * for (long seed = 0; seed < 1_000; seed++) {
 *     try (var simulation = Simulation.seeded(seed)) { … }
 * }
 * }</pre>
 *
 * In JUnit Jupiter {@link io.ringsim.runtime.junit.SimulationTest @SimulationTest} is that loop, each seed a test of its own.
 *
 * <p>Two runs were the same if {@code simulation.trace().hash()} is: it covers the time, receiver and class of every message,
 * and with {@link io.ringsim.runtime.SimulationSettings#digest(java.util.function.ToLongFunction) a digest} their content.
 * {@code trace().checkpoints()} tell between which events two runs parted; a {@code recorder} sees each event.
 *
 * <h2>What is deterministic</h2>
 *
 * <em>Level A, the library alone:</em> actors, timers, stash, supervision, receptionist, message adapters, watching, streams
 * without timed stages, as long as the code takes time from {@link io.ringsim.runtime.Clock#of Clock.of(system)} and chance
 * from {@link io.ringsim.runtime.Randomness#of(akka.actor.ClassicActorSystemProvider, String) Randomness.of(system, name)},
 * which outside of a simulation are the real ones. Stages that Akka's Java API returns go through {@link
 * io.ringsim.runtime.Stages#direct Stages.direct}; {@code ctx.ask}, the clocks of the JDK, {@code Set.of} and Akka's timed
 * stages need the agent.
 *
 * <p><em>Level B, with the Java agent:</em> also code that knows nothing of all this. {@code System.nanoTime}, {@code
 * Instant.now}, {@code UUID.randomUUID}, {@code new Random()}, {@code ThreadLocalRandom}, {@code supplyAsync}, {@code
 * ctx.ask}, {@code restartWithBackoff}, {@code throttle}, {@code idleTimeout}, {@code delay}, stream references and the order
 * of {@code Set.of} all follow the seed. The test may wait as it would in real time ({@code future.join()}, {@code
 * Thread.sleep}, Akka's {@code TestProbe}), and the world goes on meanwhile. {@code parallelStream()} and {@code parallel()}
 * stay sequential. {@code Executors.newFixedThreadPool} and its like, asked for inside a simulation, have turns of the world
 * for threads, and scheduled ones virtual time; {@code new Thread(…).start()} in an actor is an error that says what to do
 * instead. {@code io.ringsim.agent.Rules.all()} lists every call that is redirected; outside of a simulation each does what it
 * does in the JDK. One line of Surefire's configuration loads the
 * agent, which the build leaves in {@code core/agent/target}:
 *
 * <pre>{@code
 * <argLine>-javaagent:path/to/ringsim-agent.jar</argLine>
 * }</pre>
 *
 * An executable jar that contains it loads it by itself with {@code Launcher-Agent-Class: io.ringsim.agent.Agent} in its
 * manifest. {@code SimulationSettings.defaults().strict(true)} insists on the agent. What must keep the real clock carries
 * {@link io.ringsim.runtime.RealWorld}, or is left out by package: {@code -javaagent:….jar=exclude=org.acme.io,org.acme.db}.
 *
 * <h2>What is an error</h2>
 *
 * A message, timer or task from a foreign thread, and an actor that blocks, are a {@link
 * io.ringsim.runtime.WorldViolation} for the driver, with the stack of the culprit: both would make the run depend on the
 * machine. A guardian that fails is an {@link io.ringsim.runtime.ActorFailed}; other unsupervised failures are kept in {@code
 * simulation.failures()}. A run without end reaches {@link io.ringsim.runtime.SimulationSettings#stepLimit() its limit of
 * steps}, or is ended by {@code simulation.stop()} from another thread. A single turn that loops or blocks for {@link
 * io.ringsim.runtime.SimulationSettings#patience() half a minute} of real time is logged with its stack, again and again,
 * and interrupted; if that ends it, it is a {@code WorldViolation} too.
 *
 * <h2>Limits</h2>
 *
 * Whatever opens a socket or selects (akka-http, Akka IO, Artery) cannot live in a world, nor can threads of your own: those
 * behind {@code new ThreadPoolExecutor}, {@code ForkJoinPool} and {@code Timer} are noticed only when they reach an actor.
 * Files are read in real time, which is no virtual time. The hash codes of objects that define none, of enums and of classes
 * differ between JDKs and command lines: where a hash map of such keys decides an order, use an {@code EnumMap} or {@code
 * LinkedHashMap}, or start the JVM with {@code -XX:+UnlockExperimentalVMOptions -XX:hashCode=2}. {@code Math.log} and its
 * like may differ between machines in the last digit; {@code StrictMath} does not.
 */
@NullMarked
package io.ringsim.runtime;

import org.jspecify.annotations.NullMarked;
