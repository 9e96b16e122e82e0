package io.ringsim.bench;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import io.ringsim.runtime.Randomness;
import io.ringsim.runtime.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Many actors with a timer of one second each; at every tick one tells a peer, chosen by chance, which answers. */
record GossipLoad(int actors, int seconds) {
    private static final int PARENTS_HOLD = 1_000;
    private static final long SECOND = 1_000_000_000L;

    private sealed interface Command {}

    private record Peers(List<ActorRef<Command>> refs, Randomness chance) implements Command {}

    private record News(ActorRef<Command> from) implements Command {}

    private enum Tick implements Command {
        INSTANCE
    }

    private enum Heard implements Command {
        INSTANCE
    }

    /** In a simulated world, with typed timers. */
    Alternation.Load simulated() {
        return () -> {
            var simulation = Simulation.seeded(42);
            var refs = new ArrayList<ActorRef<Command>>();
            simulation.start("gossip", crowd(refs), Quiet.CONFIG);
            simulation.run();
            var chance = simulation.randomness().fork("peers");
            refs.forEach(ref -> ref.tell(new Peers(refs, chance)));
            simulation.runFor(Duration.ofSeconds(2));
            return new Alternation.Work() {
                @Override
                public long run() {
                    long before = simulation.trace().events();
                    simulation.runFor(Duration.ofSeconds(seconds));
                    return simulation.trace().events() - before;
                }

                @Override
                public void finish() {
                    simulation.leave();
                }
            };
        };
    }

    private Behavior<Void> crowd(List<ActorRef<Command>> refs) {
        return Behaviors.setup(context -> {
            for (int i = 0; i < actors; i += PARENTS_HOLD) {
                context.spawn(parent(Math.min(PARENTS_HOLD, actors - i), refs), "parent-" + i);
            }
            return Behaviors.empty();
        });
    }

    private static Behavior<Void> parent(int children, List<ActorRef<Command>> refs) {
        return Behaviors.setup(context -> {
            for (int i = 0; i < children; i++) {
                refs.add(context.spawn(gossiper(), "g-" + i));
            }
            return Behaviors.empty();
        });
    }

    private static Behavior<Command> gossiper() {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            var gossiper = new Gossiper(context.getSelf(), timers);
            return Behaviors.receiveMessage(message -> {
                gossiper.receive(message);
                return Behaviors.same();
            });
        }));
    }

    private static final class Gossiper {
        private final ActorRef<Command> self;
        private final TimerScheduler<Command> timers;
        private List<ActorRef<Command>> peers = List.of();
        private Randomness chance = Randomness.of(0);

        @SuppressWarnings("UnusedVariable") // counting is the work
        private int heard;

        Gossiper(ActorRef<Command> self, TimerScheduler<Command> timers) {
            this.self = self;
            this.timers = timers;
        }

        void receive(Command command) {
            if (command == Heard.INSTANCE) {
                heard++;
            } else if (command instanceof News news) {
                news.from().tell(Heard.INSTANCE);
            } else if (command == Tick.INSTANCE) {
                chance.pick(peers).tell(new News(self));
            } else if (command instanceof Peers known) {
                peers = known.refs();
                chance = known.chance();
                var phase = Duration.ofNanos(chance.nextLong(SECOND));
                timers.startTimerWithFixedDelay(Tick.INSTANCE, Tick.INSTANCE, phase, Duration.ofSeconds(1));
            }
        }
    }

    /** As tasks of a bare priority queue. */
    Alternation.Load bare() {
        return () -> {
            var loop = new BareLoop();
            var chance = Randomness.of(42);
            var gossipers = new ArrayList<BareGossiper>();
            for (int i = 0; i < actors; i++) {
                gossipers.add(new BareGossiper(loop, gossipers, chance));
            }
            gossipers.forEach(gossiper -> loop.after(chance.nextLong(SECOND), gossiper::tick));
            loop.runUntil(2 * SECOND);
            return () -> loop.runUntil((2 + seconds) * SECOND);
        };
    }

    private static final class BareGossiper {
        private final BareLoop loop;
        private final List<BareGossiper> peers;
        private final Randomness chance;

        @SuppressWarnings("UnusedVariable") // counting is the work
        private int heard;

        BareGossiper(BareLoop loop, List<BareGossiper> peers, Randomness chance) {
            this.loop = loop;
            this.peers = peers;
            this.chance = chance;
        }

        void tick() {
            var peer = chance.pick(peers);
            loop.after(0, () -> peer.news(this));
            loop.after(SECOND, this::tick);
        }

        void news(BareGossiper from) {
            loop.after(0, from::heard);
        }

        void heard() {
            heard++;
        }
    }
}
