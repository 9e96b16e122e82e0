package io.ringsim.bench;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.ClusterEvent.ClusterDomainEvent;
import akka.cluster.ClusterEvent.MemberDowned;
import akka.cluster.ClusterEvent.MemberRemoved;
import akka.cluster.ClusterEvent.MemberUp;
import akka.cluster.ClusterEvent.ReachableMember;
import akka.cluster.ClusterEvent.UnreachableMember;
import akka.cluster.Member;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.JoinSeedNodes;
import akka.cluster.typed.Subscribe;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.ringsim.gossip.ClusterLayer;
import io.ringsim.gossip.ClusterLayerSettings;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Status;
import io.ringsim.ring.Token.LongToken;
import io.ringsim.spi.Membership;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * ActorSystems in one Akka cluster: bare ones that watch its members, or hosts with our cluster layer and a node each. What
 * Akka is set to is the same in both but for what our layer recommends, and nothing of it concerns pace.
 */
final class AkkaCrowd implements Crowd {
    private enum Order {
        FALL_SILENT
    }

    private static final Config CONFIG = ConfigFactory.parseString("""
            akka {
              loglevel = OFF
              stdout-loglevel = OFF
              log-dead-letters = off
              actor.provider = cluster
              actor.default-dispatcher.fork-join-executor { parallelism-min = 2, parallelism-max = 4 }
              actor.internal-dispatcher.fork-join-executor { parallelism-min = 2, parallelism-max = 4 }
              # So that the end of an ActorSystem says no goodbye.
              coordinated-shutdown.run-by-actor-system-terminate = off
              coordinated-shutdown.run-by-jvm-shutdown-hook = off
              cluster.jmx.enabled = off
              remote.artery {
                canonical { hostname = 127.0.0.1, port = 0 }
                advanced.shutdown-flush-timeout = 50ms
              }
            }
            """);

    private final List<ActorSystem<Order>> systems = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    private AkkaCrowd() {}

    /** Plain Akka Cluster: one sees another when it is up, and loses it when it is unreachable, down or removed. */
    static Crowd plain(int members, Sightings sightings) {
        var crowd = new AkkaCrowd();
        for (int i = 0; i < members; i++) {
            var system = crowd.start(watching(sightings), CONFIG);
            crowd.names.add(addressOf(Cluster.get(system).selfMember()));
        }
        return crowd;
    }

    /** Our cluster layer: one sees another when its node is told that the other's is up. */
    static Crowd ring(int members, Sightings sightings) {
        var crowd = new AkkaCrowd();
        for (int i = 0; i < members; i++) {
            crowd.start(hosting(i, sightings), CONFIG.withFallback(ClusterLayer.recommended()));
            crowd.names.add(node(i).toString());
        }
        return crowd;
    }

    /** The first is everybody's seed node. */
    private ActorSystem<Order> start(Behavior<Order> guardian, Config config) {
        var system = ActorSystem.create(guardian, "crowd", config.withFallback(ConfigFactory.load()));
        systems.add(system);
        var seed = Cluster.get(systems.get(0)).selfMember().address();
        Cluster.get(system).manager().tell(new JoinSeedNodes(List.of(seed)));
        return system;
    }

    private static String addressOf(Member member) {
        return member.address().toString();
    }

    private static NodeId node(int number) {
        return new NodeId("n" + number);
    }

    private static Behavior<Order> watching(Sightings sightings) {
        return Behaviors.setup(context -> {
            var cluster = Cluster.get(context.getSystem());
            var self = addressOf(cluster.selfMember());
            var watch = context.spawn(
                    Behaviors.<ClusterDomainEvent>receiveMessage(event -> {
                        hear(self, event, sightings);
                        return Behaviors.same();
                    }),
                    "watch");
            cluster.subscriptions().tell(Subscribe.create(watch, ClusterDomainEvent.class));
            return Behaviors.receive(Order.class)
                    .onMessageEquals(Order.FALL_SILENT, Behaviors::stopped)
                    .build();
        });
    }

    private static void hear(String self, ClusterDomainEvent event, Sightings sightings) {
        if (event instanceof MemberUp up) {
            sightings.sees(self, addressOf(up.member()));
        } else if (event instanceof ReachableMember reachable) {
            sightings.sees(self, addressOf(reachable.member()));
        } else if (event instanceof UnreachableMember unreachable) {
            sightings.loses(self, addressOf(unreachable.member()));
        } else if (event instanceof MemberDowned downed) {
            sightings.loses(self, addressOf(downed.member()));
        } else if (event instanceof MemberRemoved removed) {
            sightings.loses(self, addressOf(removed.member()));
        }
    }

    private static Behavior<Order> hosting(int number, Sightings sightings) {
        return Behaviors.setup(context -> {
            var layer = ClusterLayer.create(context, ClusterLayerSettings.defaults());
            var self = node(number);
            var listener = context.spawn(
                    Behaviors.<Membership.Event>receiveMessage(event -> {
                        hear(self.toString(), event, sightings);
                        return Behaviors.same();
                    }),
                    "listener");
            var member = context.spawn(layer.member(self, new Location("dc1", "r1"), 1, "schema"), "member");
            member.tell(new Membership.Start(listener, true));
            member.tell(new Membership.Announce(Status.NORMAL, List.of(new LongToken(number)), List.of()));
            return Behaviors.receive(Order.class)
                    .onMessageEquals(Order.FALL_SILENT, () -> stopLayer(context))
                    .onSignal(Terminated.class, stopped -> Behaviors.stopped())
                    .build();
        });
    }

    /** The layer's board first: a node that ends while there is one is reported to the other hosts. */
    private static Behavior<Order> stopLayer(ActorContext<Order> context) {
        var board = context.getChild("ring-cluster").orElseThrow();
        context.watch(board);
        context.stop(board);
        return Behaviors.same();
    }

    private static void hear(String self, Membership.Event event, Sightings sightings) {
        if (event instanceof Membership.PeersUp up) {
            up.peers().forEach(peer -> sightings.sees(self, peer.toString()));
        } else if (event instanceof Membership.PeersDown down) {
            down.peers().forEach(peer -> sightings.loses(self, peer.toString()));
        }
    }

    @Override
    public String kill() {
        int victim = systems.size() - 1;
        systems.get(victim).tell(Order.FALL_SILENT);
        return names.get(victim);
    }

    @Override
    public void close() {
        systems.forEach(ActorSystem::terminate);
        CompletableFuture.allOf(systems.stream()
                        .map(system -> system.getWhenTerminated().toCompletableFuture())
                        .toArray(CompletableFuture[]::new))
                .join();
    }
}
