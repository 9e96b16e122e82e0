package io.ringsim.spi;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import io.ringsim.ring.Endpoint;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Status;
import io.ringsim.ring.Token;
import io.ringsim.runtime.Simulation;
import io.ringsim.spi.Membership.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Membership actors of some nodes in one simulation, and what their listeners hear. */
public final class Members {
    /** Makes the membership of one node in one life. */
    public interface Layer {
        Behavior<Command> member(NodeId node, Location location, int generation, String schema);
    }

    private record Do(Consumer<ActorContext<Do>> work) {}

    private static final int MUCH_LATER = 1_000;
    private static final Location PLACE = new Location("dc1", "r1");

    private final Simulation simulation;
    private final Layer layer;
    private final ActorSystem<Do> system;
    private final SortedMap<String, ActorRef<Command>> members = new TreeMap<>();
    private final SortedMap<String, Heard> heard = new TreeMap<>();
    private final SortedMap<String, Integer> generations = new TreeMap<>();

    public Members(Simulation simulation, Layer layer) {
        this.simulation = simulation;
        this.layer = layer;
        this.system = simulation.start("members", Behaviors.receive((context, task) -> {
            task.work().accept(context);
            return Behaviors.same();
        }));
    }

    /** Starts a node, in its next life if it lived before; it announces nothing. */
    public Heard start(String name) {
        return start(name, !generations.containsKey(name));
    }

    /** Starts a node in a life that is later than any that others may have made up for it meanwhile. */
    public Heard startMuchLater(String name) {
        generations.merge(name, MUCH_LATER, Integer::sum);
        return start(name, false);
    }

    /** Starts a node that was no member, or does not remember that it was; as late. */
    public Heard startAsNewcomer(String name) {
        generations.merge(name, MUCH_LATER, Integer::sum);
        return start(name, true);
    }

    private Heard start(String name, boolean isNewcomer) {
        int generation = generations.merge(name, 1, Integer::sum);
        var listens = new Heard(simulation::now, new NodeId(name));
        heard.put(name, listens);
        inside(context -> {
            var listener = context.spawn(listens.behavior(), name + "-hears-" + generation);
            var member =
                    context.spawn(layer.member(new NodeId(name), PLACE, generation, "schema"), name + "-" + generation);
            members.put(name, member);
            member.tell(new Membership.Start(listener, isNewcomer));
        });
        return listens;
    }

    /** The node's actor is gone at once. */
    public void kill(String name) {
        inside(context -> context.stop(member(name)));
    }

    public void tell(String name, Command command) {
        member(name).tell(command);
    }

    public void announce(String name, Status status, long token) {
        tell(name, new Membership.Announce(status, List.of(new Token.LongToken(token)), List.of()));
    }

    public Heard heard(String name) {
        return of(name, heard);
    }

    public SortedMap<String, Heard> all() {
        return heard;
    }

    private ActorRef<Command> member(String name) {
        return of(name, members);
    }

    private static <T> T of(String name, SortedMap<String, T> map) {
        var found = map.get(name);
        if (found == null) {
            throw new IllegalArgumentException(name + " never started");
        }
        return found;
    }

    private void inside(Consumer<ActorContext<Do>> work) {
        boolean[] done = {false};
        system.tell(new Do(context -> {
            work.accept(context);
            done[0] = true;
        }));
        if (!simulation.runUntil(() -> done[0], Duration.ZERO)) {
            throw new IllegalStateException("the guardian does not answer");
        }
    }

    /** What one node's listener was told, as a picture of the others, and whether it was told what no listener may be. */
    public static final class Heard {
        private final Supplier<Duration> clock;
        private final NodeId self;
        private final SortedMap<NodeId, Endpoint> endpoints = new TreeMap<>();
        private final SortedMap<NodeId, Endpoint> last = new TreeMap<>();
        private final SortedSet<NodeId> up = new TreeSet<>();
        private final List<String> events = new ArrayList<>();
        private final List<String> violations = new ArrayList<>();
        private boolean lookedAround;

        Heard(Supplier<Duration> clock, NodeId self) {
            this.clock = clock;
            this.self = self;
        }

        Behavior<Membership.Event> behavior() {
            return Behaviors.receiveMessage(event -> {
                hear(event);
                return Behaviors.same();
            });
        }

        /** What is known of each node now, without versions: {@code n1 NORMAL [5]}. */
        public List<String> picture() {
            return endpoints.values().stream()
                    .map(known -> known.node() + " " + known.status() + other(known) + " " + known.tokens())
                    .toList();
        }

        private static String other(Endpoint known) {
            var other = known.replaces().isEmpty() ? known.remover() : known.replaces();
            return other.isEmpty() ? "" : " " + other.get(0);
        }

        /** The load a node is known to have. */
        public long load(String name) {
            return endpoints.values().stream()
                    .filter(known -> known.node().value().equals(name))
                    .mapToLong(Endpoint::load)
                    .sum();
        }

        public List<String> up() {
            return up.stream().map(NodeId::value).toList();
        }

        public boolean hasLookedAround() {
            return lookedAround;
        }

        /** Everything, in order: {@code 1.5s up n2}. */
        public List<String> events() {
            return events;
        }

        public List<String> violations() {
            return violations;
        }

        private void hear(Membership.Event event) {
            if (event instanceof Membership.EndpointsChanged changed) {
                changed.endpoints().forEach(this::know);
            } else if (event instanceof Membership.EndpointRemoved removed) {
                note("removed " + removed.node());
                expect(endpoints.remove(removed.node()) != null, "removed unknown " + removed.node());
                expect(!up.contains(removed.node()), "removed a node that is up: " + removed.node());
            } else if (event instanceof Membership.PeersUp news) {
                news.peers().forEach(this::comesUp);
            } else if (event instanceof Membership.PeersDown news) {
                news.peers().forEach(this::goesDown);
            } else if (event instanceof Membership.LookedAround) {
                note("looked around");
                expect(!lookedAround, "looked around twice");
                lookedAround = true;
            }
        }

        private void know(Endpoint endpoint) {
            note("knows " + endpoint.node() + " " + endpoint.status() + " " + endpoint.tokens());
            var before = last.put(endpoint.node(), endpoint);
            if (before != null && !endpoint.isNewerThan(before)) {
                expect(false, "after " + before + " came old news " + endpoint);
            }
            endpoints.put(endpoint.node(), endpoint);
        }

        private void comesUp(NodeId peer) {
            note("up " + peer);
            expect(endpoints.containsKey(peer), "up before it is known: " + peer);
            expect(up.add(peer) && !peer.equals(self), "up twice, or oneself: " + peer);
        }

        private void goesDown(NodeId peer) {
            note("down " + peer);
            expect(up.remove(peer), "down but never up: " + peer);
        }

        private void note(String what) {
            events.add(clock.get().toMillis() / 1e3 + "s " + what);
        }

        private void expect(boolean holds, String otherwise) {
            if (!holds) {
                violations.add(clock.get() + " " + self + ": " + otherwise);
            }
        }
    }
}
