package io.ringsim.gossip;

import akka.actor.Address;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Down;
import akka.cluster.typed.Join;
import akka.cluster.typed.Leave;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Status;
import io.ringsim.ring.Token;
import io.ringsim.spi.Membership;
import io.ringsim.spi.Membership.Announce;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A real host with its own ActorSystem and port, and the memberships of its nodes. */
final class ClusterHost implements AutoCloseable {
    private record Do(Consumer<ActorContext<Do>> work) {}

    private static final Location PLACE = new Location("dc1", "r1");

    /** Joins, leaves and deaths are noticed within a few seconds; none of it depends on these figures. */
    private static final Config QUICK = ConfigFactory.parseString("""
            akka {
              actor.provider = cluster
              loglevel = WARNING
              log-dead-letters = off
              coordinated-shutdown.run-by-actor-system-terminate = off
              remote.artery {
                transport = tcp
                canonical { hostname = 127.0.0.1, port = 0 }
                advanced.shutdown-flush-timeout = 50ms
              }
              cluster {
                jmx.enabled = off
                gossip-interval = 200ms
                leader-actions-interval = 200ms
                unreachable-nodes-reaper-interval = 200ms
                periodic-tasks-initial-delay = 100ms
                allow-weakly-up-members = 2s
                shutdown-after-unsuccessful-join-seed-nodes = off
                failure-detector { heartbeat-interval = 300ms, acceptable-heartbeat-pause = 4s }
                split-brain-resolver.stable-after = 5s
              }
            }
            """);

    private final ActorSystem<Do> system;
    private final ClusterLayer layer;
    private final SortedMap<String, ActorRef<Membership.Command>> members = new TreeMap<>();
    private final SortedMap<String, Ears> ears = new TreeMap<>();

    private ClusterHost(ClusterLayerSettings settings) {
        var made = new CompletableFuture<ClusterLayer>();
        Behavior<Do> guardian = Behaviors.setup(context -> {
            made.complete(ClusterLayer.create(context, settings));
            return Behaviors.receiveMessage(task -> {
                task.work().accept(context);
                return Behaviors.same();
            });
        });
        system = ActorSystem.create(
                guardian, "ring", QUICK.withFallback(ClusterLayer.recommended()).withFallback(ConfigFactory.load()));
        layer = get(made);
    }

    /** The first of a cluster. */
    static ClusterHost first(ClusterLayerSettings settings) {
        var host = new ClusterHost(settings);
        host.join(host);
        return host;
    }

    static ClusterHost joining(ClusterHost other, ClusterLayerSettings settings) {
        var host = new ClusterHost(settings);
        host.join(other);
        return host;
    }

    private void join(ClusterHost other) {
        Cluster.get(system).manager().tell(Join.create(other.address()));
    }

    Address address() {
        return Cluster.get(system).selfMember().address();
    }

    ClusterLayer layer() {
        return layer;
    }

    /** Starts a node, which announces nothing. */
    Ears start(String name, int generation) {
        var listens = new Ears(new NodeId(name));
        ears.put(name, listens);
        var started = new CompletableFuture<ActorRef<Membership.Command>>();
        system.tell(new Do(context -> {
            var listener = context.spawn(listens.behavior(), name + "-hears-" + generation);
            var member =
                    context.spawn(layer.member(new NodeId(name), PLACE, generation, "schema"), name + "-" + generation);
            member.tell(new Membership.Start(listener, generation == 1));
            started.complete(member);
        }));
        members.put(name, get(started));
        return listens;
    }

    /** Starts a node that is a member of the ring. */
    ClusterHost with(String name, int generation, long token) {
        start(name, generation);
        announce(name, Status.NORMAL, token);
        return this;
    }

    void announce(String name, Status status, long token) {
        tell(name, new Announce(status, List.of(new Token.LongToken(token)), List.of()));
    }

    void tell(String name, Membership.Command command) {
        member(name).tell(command);
    }

    /** The node's actor is gone at once. */
    void kill(String name) {
        system.tell(new Do(context -> context.stop(member(name))));
    }

    Ears ears(String name) {
        return of(name, ears);
    }

    SortedMap<String, Ears> ears() {
        return ears;
    }

    void leave() {
        Cluster.get(system).manager().tell(Leave.create(address()));
    }

    void down(ClusterHost other) {
        Cluster.get(system).manager().tell(new Down(other.address()));
    }

    boolean isTerminated() {
        return system.getWhenTerminated().toCompletableFuture().isDone();
    }

    void awaitEnd() {
        get(system.getWhenTerminated().toCompletableFuture());
    }

    /** Ends without a word to the others. */
    @Override
    public void close() {
        system.terminate();
        awaitEnd();
    }

    private ActorRef<Membership.Command> member(String name) {
        return of(name, members);
    }

    private static <T> T of(String name, SortedMap<String, T> map) {
        var found = map.get(name);
        if (found == null) {
            throw new IllegalArgumentException(name + " never started here");
        }
        return found;
    }

    private static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(Duration.ofSeconds(30).toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("a host does not do what it was told", e);
        }
    }
}
