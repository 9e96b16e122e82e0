package io.ringsim.runtime;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.ChildFailed;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.StashBuffer;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.actor.typed.receptionist.Receptionist;
import akka.actor.typed.receptionist.ServiceKey;
import akka.stream.Materializer;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;

/**
 * Actors as this project writes them: time from the clock, chance by name, no ask, no stock timed stages. They gossip, crash,
 * are started anew, stash, register, and stream. Level A promises that they are deterministic without an agent.
 */
final class OwnStyle {
    private static final int NODES = 12;
    private static final ServiceKey<Command> KEY = ServiceKey.create(Command.class, "nodes");

    sealed interface Command {}

    record Outcome(long hash, long events) {}

    private record Peers(List<ActorRef<Command>> refs) implements Command {}

    private record Rumour(long value, ActorRef<Heard> replyTo) implements Command {}

    private record Answered(long value) implements Command {}

    private record Listed(int size) implements Command {}

    private record Streamed(long sum) implements Command {}

    private enum Tick implements Command {
        INSTANCE
    }

    private record Heard(long value) {}

    private static final class Restarts extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static final class Stops extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private OwnStyle() {}

    /** Runs a minute of it. */
    static Outcome run(SimulationSettings settings) {
        try (var simulation = Simulation.with(settings)) {
            ActorSystem<Void> system = simulation.start("own", guardian());
            simulation.runFor(Duration.ofMinutes(1));
            system.terminate();
            simulation.runFor(Duration.ofMinutes(1));
            return new Outcome(simulation.trace().hash(), simulation.trace().events());
        }
    }

    private static Behavior<Void> guardian() {
        return Behaviors.setup(context -> {
            var nodes = new ArrayList<ActorRef<Command>>();
            for (int i = 0; i < NODES; i++) {
                nodes.add(spawn(context, i));
            }
            nodes.forEach(node -> node.tell(new Peers(nodes)));
            return Behaviors.receive(Void.class)
                    .onSignal(ChildFailed.class, failed -> respawn(context, nodes))
                    .onSignal(Terminated.class, stopped -> Behaviors.same())
                    .build();
        });
    }

    private static ActorRef<Command> spawn(ActorContext<Void> context, int number) {
        var node = context.spawnAnonymous(Behaviors.supervise(node(number))
                .onFailure(Restarts.class, SupervisorStrategy.restart().withLoggingEnabled(false)));
        context.watch(node);
        return node;
    }

    private static Behavior<Void> respawn(ActorContext<Void> context, List<ActorRef<Command>> nodes) {
        var another = spawn(context, nodes.size());
        nodes.set(0, another);
        nodes.forEach(node -> node.tell(new Peers(nodes)));
        return Behaviors.same();
    }

    private static Behavior<Command> node(int number) {
        return Behaviors.setup(context -> Behaviors.withStash(
                100,
                stash -> Behaviors.withTimers(timers -> {
                    var system = context.getSystem();
                    system.receptionist().tell(Receptionist.register(KEY, context.getSelf()));
                    var listing = context.messageAdapter(
                            Receptionist.Listing.class,
                            found -> new Listed(found.getServiceInstances(KEY).size()));
                    system.receptionist().tell(Receptionist.subscribe(KEY, listing));
                    return new Node(context, stash, timers, Randomness.of(system, "node " + number)).waiting();
                })));
    }

    private record Node(
            ActorContext<Command> context,
            StashBuffer<Command> stash,
            TimerScheduler<Command> timers,
            Randomness chance) {
        /** Waits for its peers; rumours wait with it. */
        Behavior<Command> waiting() {
            return Behaviors.receive(Command.class)
                    .onMessage(Peers.class, peers -> {
                        timers.startTimerWithFixedDelay(Tick.INSTANCE, Duration.ofMillis(700 + chance.nextInt(600)));
                        return stash.unstashAll(gossiping(peers.refs(), 0));
                    })
                    .onAnyMessage(message -> {
                        stash.stash(message);
                        return Behaviors.same();
                    })
                    .build();
        }

        Behavior<Command> gossiping(List<ActorRef<Command>> peers, long known) {
            return Behaviors.receive(Command.class)
                    .onMessage(Peers.class, changed -> gossiping(changed.refs(), known))
                    .onMessage(Tick.class, tick -> tick(peers, known))
                    .onMessage(Rumour.class, rumour -> {
                        rumour.replyTo().tell(new Heard(known));
                        return gossiping(peers, Math.max(known, rumour.value()));
                    })
                    .onMessage(Answered.class, answered -> gossiping(peers, Math.max(known, answered.value())))
                    .onMessage(Listed.class, listed -> gossiping(peers, known + listed.size()))
                    .onMessage(Streamed.class, streamed -> gossiping(peers, known ^ (streamed.sum() & 7)))
                    .build();
        }

        private Behavior<Command> tick(List<ActorRef<Command>> peers, long known) {
            long now = Clock.of(context.getSystem()).nanos();
            int fate = chance.nextInt(100);
            if (fate == 0) {
                throw new Restarts();
            }
            if (fate == 1) {
                throw new Stops();
            }
            if (fate < 10) {
                stream(now, value -> value * known);
            }
            chance.pick(peers)
                    .tell(new Rumour(
                            known + now % 17,
                            context.messageAdapter(Heard.class, heard -> new Answered(heard.value()))));
            return Behaviors.same();
        }

        /** A graph with an asynchronous boundary, whose result comes back as a message. */
        private void stream(long now, LongUnaryOperator transform) {
            var sum = Source.range(1, 20)
                    .map(number -> transform.applyAsLong(number + now % 5))
                    .async()
                    .runWith(Sink.fold(0L, Long::sum), Materializer.createMaterializer(context));
            context.pipeToSelf(Stages.direct(sum), (value, failure) -> new Streamed(value == null ? -1 : value));
        }
    }
}
