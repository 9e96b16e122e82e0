package io.ringsim.spi;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.ringsim.ring.Endpoint;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Status;
import io.ringsim.spi.Membership.Command;
import io.ringsim.spi.Membership.EndpointRemoved;
import io.ringsim.spi.Membership.EndpointsChanged;
import io.ringsim.spi.Membership.Event;
import io.ringsim.spi.Membership.LookedAround;
import io.ringsim.spi.Membership.PeersDown;
import io.ringsim.spi.Membership.PeersUp;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A perfect membership for tests: what one node says all others hear at once, nothing is lost, and a test says who is
 * down. One object is the world; {@link #of} gives the actor of one node.
 */
public final class FakeMembership {
    private final SortedMap<NodeId, Endpoint> endpoints = new TreeMap<>();
    private final SortedMap<NodeId, ActorRef<? super Event>> listeners = new TreeMap<>();
    private final SortedSet<NodeId> down = new TreeSet<>();
    private final SortedSet<NodeId> cutOff = new TreeSet<>();

    /** The membership of one node from this start on. */
    public Behavior<Command> of(NodeId node, Location location, int generation, String schema) {
        var self = new Endpoint(node, location, generation, 0, Status.BOOT, List.of(), List.of(), schema, 0);
        return Behaviors.setup(context -> new Member(context, this, self));
    }

    /** Puts a node that no actor plays into everybody's view, up. */
    public synchronized void know(Endpoint endpoint) {
        publish(endpoint);
    }

    /** All others see the node go down. */
    public synchronized void down(NodeId node) {
        if (endpoints.containsKey(node) && down.add(node)) {
            tellOthers(node, new PeersDown(List.of(node)));
        }
    }

    /** All others see the node up again. */
    public synchronized void up(NodeId node) {
        if (down.remove(node)) {
            tellOthers(node, new PeersUp(List.of(node)));
        }
    }

    /** All forget the node, as when its time ran out. */
    public synchronized void forget(NodeId node) {
        if (endpoints.remove(node) != null) {
            down.remove(node);
            tellOthers(node, new EndpointRemoved(node));
        }
    }

    /** From its next start on the node finds nobody, and nobody hears it; its listener hears only what it says itself. */
    public synchronized void cutOff(NodeId node) {
        cutOff.add(node);
    }

    /** What the node last said of itself. */
    public synchronized Optional<Endpoint> endpoint(NodeId node) {
        return Optional.ofNullable(endpoints.get(node));
    }

    private synchronized void join(NodeId node, ActorRef<? super Event> listener) {
        if (cutOff.contains(node)) {
            return;
        }
        listeners.put(node, listener);
        if (!endpoints.isEmpty()) {
            listener.tell(new EndpointsChanged(List.copyOf(endpoints.values())));
        }
        var up = endpoints.keySet().stream()
                .filter(peer -> !peer.equals(node) && !down.contains(peer))
                .toList();
        if (!up.isEmpty()) {
            listener.tell(new PeersUp(up));
        }
        listener.tell(LookedAround.INSTANCE);
    }

    private synchronized void publish(Endpoint endpoint) {
        var node = endpoint.node();
        if (cutOff.contains(node)) {
            return;
        }
        if (isSpokenFor(endpoint)) {
            return;
        }
        boolean isNew = endpoints.put(node, endpoint) == null;
        tellOthers(node, new EndpointsChanged(List.of(endpoint)));
        if (!endpoint.status().isTakingPart()) {
            down(node);
            return;
        }
        if (isNew) {
            tellOthers(node, new PeersUp(List.of(node)));
        }
        up(node);
    }

    private synchronized void speakFor(Membership.SpeakFor removal, NodeId by) {
        removal.after(endpoint(removal.dead()), by).ifPresent(dead -> {
            endpoints.put(dead.node(), dead);
            listeners.values().forEach(listener -> listener.tell(new EndpointsChanged(List.of(dead))));
            down(dead.node());
        });
    }

    /** Whether others said something of the node that comes after this. */
    private synchronized boolean isSpokenFor(Endpoint endpoint) {
        return endpoint(endpoint.node())
                .filter(known -> known.status().isByOthers() && known.isNewerThan(endpoint))
                .isPresent();
    }

    private synchronized void leave(NodeId node) {
        listeners.remove(node);
        down(node);
    }

    private void tellOthers(NodeId node, Event event) {
        listeners.forEach((peer, listener) -> {
            if (!peer.equals(node)) {
                listener.tell(event);
            }
        });
    }

    private static final class Member extends AbstractBehavior<Command> {
        private final FakeMembership world;
        private Endpoint self;
        private Optional<ActorRef<? super Event>> listener = Optional.empty();

        Member(ActorContext<Command> context, FakeMembership world, Endpoint self) {
            super(context);
            this.world = world;
            this.self = self;
        }

        @Override
        public Receive<Command> createReceive() {
            return newReceiveBuilder()
                    .onMessage(Membership.Start.class, this::onStart)
                    .onMessage(Membership.Announce.class, this::onAnnounce)
                    .onMessage(Membership.SpeakFor.class, removal -> {
                        world.speakFor(removal, self.node());
                        return this;
                    })
                    .onMessage(Membership.Report.class, this::onReport)
                    .onMessage(Membership.Forget.class, this::onForget)
                    .onMessageEquals(Membership.Stop.INSTANCE, Behaviors::stopped)
                    .onSignal(PostStop.class, signal -> onPostStop())
                    .build();
        }

        private Behavior<Command> onStart(Membership.Start start) {
            listener = Optional.of(start.listener());
            world.join(self.node(), start.listener());
            return this;
        }

        private Behavior<Command> onAnnounce(Membership.Announce announce) {
            self = announce.after(self, self.version() + 1);
            say();
            return this;
        }

        private Behavior<Command> onReport(Membership.Report report) {
            self = self.with(self.version() + 1, report.load());
            if (!self.tokens().isEmpty()) {
                say();
            }
            return this;
        }

        private Behavior<Command> onForget(Membership.Forget lost) {
            if (!lost.node().equals(self.node())) {
                world.forget(lost.node());
            }
            return this;
        }

        private Behavior<Command> onPostStop() {
            world.leave(self.node());
            return this;
        }

        private void say() {
            if (world.isSpokenFor(self)) {
                return;
            }
            listener.ifPresent(own -> own.tell(new EndpointsChanged(List.of(self))));
            world.publish(self);
        }
    }
}
