package io.ringsim.gossip;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import io.ringsim.network.DirectNetwork;
import io.ringsim.network.Network;
import io.ringsim.network.Route;
import io.ringsim.network.SimulatedNetwork;
import io.ringsim.ring.NodeId;
import io.ringsim.runtime.Clock;
import io.ringsim.runtime.EventQueue;
import java.time.Duration;

/** The time and the network the gossipers of a ring live in. */
interface Medium {
    Clock clock();

    Network network();

    /** After how many nanoseconds a small message sent now arrives, or {@link Route#LOST}; counts it as sent. */
    long probe(NodeId from, NodeId to, GossipMessage message);

    void later(long nanos, Runnable task);

    /** Sees to it that no two gossipers do something at once, for they share what nodes said. */
    Behavior<Gossiper.Message> inTurn(Behavior<Gossiper.Message> gossiper);

    /** A simulated world, which has one thread. */
    record Simulated(Clock clock, EventQueue events, SimulatedNetwork network) implements Medium {
        @Override
        public long probe(NodeId from, NodeId to, GossipMessage message) {
            return network.probe(from, to, GossipMessage.CHANNEL, message);
        }

        @Override
        public void later(long nanos, Runnable task) {
            events.schedule(nanos, task);
        }

        @Override
        public Behavior<Gossiper.Message> inTurn(Behavior<Gossiper.Message> gossiper) {
            return gossiper;
        }
    }

    /** An ActorSystem whose actors run side by side. */
    record Real(ActorSystem<?> system, DirectNetwork network, Object lock) implements Medium {
        @Override
        public Clock clock() {
            return Clock.of(system);
        }

        @Override
        public long probe(NodeId from, NodeId to, GossipMessage message) {
            network.count(from, to, message);
            return network.isAttached(from) && network.isAttached(to) ? 0 : Route.LOST;
        }

        @Override
        public void later(long nanos, Runnable task) {
            system.scheduler().scheduleOnce(Duration.ofNanos(nanos), task, system.executionContext());
        }

        @Override
        public Behavior<Gossiper.Message> inTurn(Behavior<Gossiper.Message> gossiper) {
            return Turns.of(lock, gossiper);
        }
    }
}
