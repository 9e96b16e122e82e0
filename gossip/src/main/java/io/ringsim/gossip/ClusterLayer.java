package io.ringsim.gossip;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.ringsim.network.remote.Hosts;
import io.ringsim.ring.Endpoint;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.spi.Membership;
import java.util.List;
import java.util.Optional;

/**
 * The {@link Membership} of all nodes of one host in real time: Akka Cluster says which hosts are there and reachable, and
 * Distributed Data carries what each node says of itself. {@link #member} gives the actor of one node, which is to be
 * spawned in the ActorSystem of this layer.
 *
 * <p>A node is down when its host is unreachable, was removed or started again, when the node's membership actor is no
 * more, or when it announced SHUTDOWN or LEFT. A joiner that is down for longer than {@link
 * ClusterLayerSettings#failedBootstrapTimeout()} is forgotten, and a node that left at its expiry; what is forgotten never
 * comes back by an old state. The same node with a greater generation, on this host or another, takes its place.
 *
 * <p>In an ActorSystem that is in no cluster ({@code akka.actor.provider = local}) this host is the only one; all else is
 * the same. Neither joins a cluster nor leaves one: that is the ActorSystem's owner's to do.
 */
public final class ClusterLayer implements MembershipLayer {
    private final Roster roster;
    private final ActorRef<Board.Command> board;

    private ClusterLayer(Roster roster, ActorRef<Board.Command> board) {
        this.roster = roster;
        this.board = board;
    }

    /**
     * Starts the layer's board as a child named {@code ring-cluster} of the actor given; an ActorSystem has one. The layer
     * ends with that actor, and with the layer the memberships it gave.
     */
    public static ClusterLayer create(ActorContext<?> parent, ClusterLayerSettings settings) {
        var roster = new Roster();
        return new ClusterLayer(roster, parent.spawn(Board.create(roster, settings), "ring-cluster"));
    }

    /**
     * Settings of Akka that suit it, to be put before one's own fallbacks: Distributed Data's pace, and a split brain
     * resolver. Neither {@code akka.actor.provider} nor anything about addresses is among them.
     */
    public static Config recommended() {
        return ConfigFactory.parseResources(ClusterLayer.class, "cluster.conf");
    }

    /**
     * Which host a node is on, as far as this host knows; may be asked from any thread. A node of another host is known as
     * soon as its first announcement was heard, one of this host as soon as its membership started; whether the host is
     * reachable does not matter.
     */
    public Hosts hosts() {
        return roster;
    }

    /** Where a node said it stands; nothing while this host knows nothing of it. May be asked from any thread. */
    public Optional<Location> locationOf(NodeId node) {
        return roster.locationOf(node);
    }

    /** What this host knows of all nodes of the ring, in no promised order; may be asked from any thread. */
    public List<Endpoint> endpoints() {
        return roster.endpoints();
    }

    @Override
    public Behavior<Membership.Command> member(NodeId node, Location location, int generation, String schema) {
        return Behaviors.transformMessages(
                Membership.Command.class,
                HostedMember.create(board, roster, node, location, generation, schema),
                builder -> builder.match(Membership.Command.class, HostedMember.Asked::new));
    }
}
