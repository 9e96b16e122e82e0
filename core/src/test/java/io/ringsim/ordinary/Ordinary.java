package io.ringsim.ordinary;

import akka.Done;
import akka.NotUsed;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.actor.typed.receptionist.Receptionist;
import akka.actor.typed.receptionist.ServiceKey;
import akka.stream.SourceRef;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.stream.javadsl.StreamRefs;
import io.ringsim.runtime.Simulation;
import io.ringsim.runtime.SimulationSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Actors as anybody writes them, with all that Level A forbids: asks of the Java API, futures, clocks and chance of the JDK,
 * hash sets of references, stock timed stages, restarts with jitter. Under the agent they are deterministic.
 */
final class Ordinary {
    private static final int WORKERS = 10;
    private static final Random STATIC_CHANCE = new Random();
    private static final Set<String> GREETINGS =
            Set.of("hello", "hi", "good morning", "good day", "how do you do", "hey");
    private static final ServiceKey<Command> KEY = ServiceKey.create(Command.class, "workers");

    sealed interface Command {}

    record Outcome(long hash, long events) {}

    private enum Tick implements Command {
        INSTANCE
    }

    private record Question(String text, ActorRef<Answer> replyTo) implements Command {}

    private record Stream(ActorRef<Offered> replyTo) implements Command {}

    private record Listed(Receptionist.Listing listing) implements Command {}

    private record Noted(String what, Throwable failure) implements Command {}

    private record Answer(UUID id, Instant at) {}

    private record Offered(SourceRef<Integer> numbers) {}

    private Ordinary() {}

    /** Runs ten seconds of it. */
    static Outcome run(SimulationSettings settings) {
        try (var simulation = Simulation.with(settings)) {
            ActorSystem<NotUsed> system = simulation.start("ordinary", guardian());
            simulation.runFor(Duration.ofSeconds(10));
            system.terminate();
            simulation.runFor(Duration.ofMinutes(1));
            return new Outcome(simulation.trace().hash(), simulation.trace().events());
        }
    }

    private static Behavior<NotUsed> guardian() {
        return Behaviors.setup(context -> {
            for (int i = 0; i < WORKERS; i++) {
                var restarting = Behaviors.supervise(Behaviors.<Command>setup(
                                worker -> Behaviors.withTimers(timers -> new Worker(worker, timers))))
                        .onFailure(SupervisorStrategy.restartWithBackoff(
                                        Duration.ofMillis(200), Duration.ofSeconds(5), 0.5)
                                .withLoggingEnabled(false));
                context.watch(context.spawnAnonymous(restarting));
            }
            return Behaviors.receive(NotUsed.class)
                    .onSignal(Terminated.class, terminated -> Behaviors.same())
                    .build();
        });
    }

    private static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static final class Worker extends AbstractBehavior<Command> {
        private final Set<ActorRef<Command>> peers = new HashSet<>();
        private final long born = System.nanoTime();
        private int notes;

        Worker(ActorContext<Command> context, TimerScheduler<Command> timers) {
            super(context);
            timers.startTimerWithFixedDelay(
                    Tick.INSTANCE,
                    Duration.ofMillis(300 + ThreadLocalRandom.current().nextInt(400)));
            var receptionist = context.getSystem().receptionist();
            receptionist.tell(Receptionist.register(KEY, context.getSelf()));
            receptionist.tell(
                    Receptionist.subscribe(KEY, context.messageAdapter(Receptionist.Listing.class, Listed::new)));
        }

        @Override
        public Receive<Command> createReceive() {
            return newReceiveBuilder()
                    .onMessage(Tick.class, this::onTick)
                    .onMessage(Question.class, this::onQuestion)
                    .onMessage(Stream.class, this::onStream)
                    .onMessage(Listed.class, this::onListed)
                    .onMessage(Noted.class, this::onNoted)
                    .build();
        }

        private Behavior<Command> onListed(Listed listed) {
            peers.clear();
            peers.addAll(listed.listing().getServiceInstances(KEY));
            return this;
        }

        private Behavior<Command> onTick(Tick tick) {
            if (System.nanoTime() - born > 1_000_000_000L && Math.random() < 0.05) {
                throw new Crash();
            }
            int kind = STATIC_CHANCE.nextInt(4);
            for (var peer : peers) {
                if (new Random().nextInt(4) == 0) {
                    switch (kind) {
                        case 0 -> ask(peer);
                        case 1 -> compute();
                        case 2 -> stream(peer);
                        default -> greet(peer);
                    }
                }
            }
            return this;
        }

        private void ask(ActorRef<Command> peer) {
            getContext()
                    .ask(
                            Answer.class,
                            peer,
                            Duration.ofMillis(50),
                            replyTo -> new Question("who", replyTo),
                            (answer, failure) -> new Noted(String.valueOf(answer), failure));
        }

        private void compute() {
            var blocking = getContext().getSystem().dispatchers().lookup(DispatcherSelector.blocking());
            var computed = CompletableFuture.supplyAsync(UUID::randomUUID)
                    .thenApplyAsync(UUID::toString)
                    .thenCombineAsync(
                            CompletableFuture.supplyAsync(Instant::now, blocking), (id, now) -> id + " at " + now)
                    .orTimeout(1, java.util.concurrent.TimeUnit.SECONDS);
            getContext().pipeToSelf(computed, Noted::new);
        }

        private void stream(ActorRef<Command> peer) {
            getContext()
                    .ask(
                            Offered.class,
                            peer,
                            Duration.ofSeconds(1),
                            Stream::new,
                            (offered, failure) -> new Noted(offered == null ? "nothing" : consume(offered), failure));
        }

        private String consume(Offered offered) {
            getContext()
                    .pipeToSelf(
                            offered.numbers()
                                    .getSource()
                                    .idleTimeout(Duration.ofSeconds(2))
                                    .runWith(
                                            Sink.fold(0, Integer::sum),
                                            getContext().getSystem()),
                            (sum, failure) -> new Noted("sum " + sum, failure));
            return "consuming";
        }

        private void greet(ActorRef<Command> peer) {
            GREETINGS.stream()
                    .filter(greeting -> ThreadLocalRandom.current().nextBoolean())
                    .map(greeting ->
                            new Question(greeting, getContext().getSystem().ignoreRef()))
                    .forEach(peer::tell);
        }

        /** Some questions are answered late, some never. */
        private Behavior<Command> onQuestion(Question question) {
            var answer = new Answer(UUID.randomUUID(), Instant.now());
            int late = ThreadLocalRandom.current().nextInt(60);
            if (late < 50) {
                getContext().scheduleOnce(Duration.ofMillis(late), question.replyTo(), answer);
            }
            return this;
        }

        private Behavior<Command> onStream(Stream request) {
            var numbers = Source.range(1, 20)
                    .throttle(10, Duration.ofMillis(500))
                    .delay(Duration.ofMillis(20), akka.stream.DelayOverflowStrategy.backpressure())
                    .runWith(StreamRefs.sourceRef(), getContext().getSystem());
            request.replyTo().tell(new Offered(numbers));
            return this;
        }

        /** What happened decides what happens: every fifth note starts a stream of its own. */
        private Behavior<Command> onNoted(Noted noted) {
            if (++notes % 5 == 0) {
                CompletableFuture<Done> done = Source.repeat(noted.what().length())
                        .takeWithin(Duration.ofMillis(100))
                        .throttle(noted.what().length() + 1, Duration.ofMillis(10))
                        .runWith(Sink.ignore(), getContext().getSystem())
                        .toCompletableFuture();
                getContext().pipeToSelf(done, (nothing, failure) -> new Noted("done", failure));
            }
            return this;
        }
    }
}
