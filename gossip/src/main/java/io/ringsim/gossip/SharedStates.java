package io.ringsim.gossip;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import akka.cluster.ClusterEvent;
import akka.cluster.ddata.Key;
import akka.cluster.ddata.typed.javadsl.DistributedData;
import akka.cluster.ddata.typed.javadsl.Replicator;
import akka.cluster.ddata.typed.javadsl.Replicator.GetResponse;
import akka.cluster.ddata.typed.javadsl.Replicator.SubscribeResponse;
import akka.cluster.ddata.typed.javadsl.Replicator.Update;
import akka.cluster.ddata.typed.javadsl.Replicator.UpdateResponse;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.SelfUp;
import akka.cluster.typed.Subscribe;
import io.ringsim.ring.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The other hosts as Akka knows them: their membership and reachability, and the entries that Distributed Data spreads, by
 * the hash of the nodes' names over a fixed number of keys. That number is part of the keys' names: hosts with another one
 * share nothing with these, rather than half.
 */
final class SharedStates implements Sharing {
    private static final class StatesKey extends Key<EndpointStates> {
        private static final long serialVersionUID = 1;

        StatesKey(int index, int of) {
            super("ringsim-endpoints-" + index + "-of-" + of);
        }
    }

    /** How long most hosts have to say what they know; a host that hears less goes on with that. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Incarnation here;
    private final List<Key<EndpointStates>> keys;
    private final ActorRef<Replicator.Command> replicator;
    private final ActorRef<UpdateResponse<EndpointStates>> answers;
    private final ActorRef<GetResponse<EndpointStates>> looks;
    private int unanswered;

    SharedStates(ActorContext<Board.Command> board, ClusterLayerSettings settings) {
        var system = board.getSystem();
        var cluster = Cluster.get(system);
        here = Incarnation.of(cluster.selfMember().uniqueAddress());
        keys = IntStream.range(0, settings.keys())
                .<Key<EndpointStates>>mapToObj(index -> new StatesKey(index, settings.keys()))
                .toList();
        replicator = DistributedData.get(system).replicator();
        answers = board.messageAdapter(ofStates(UpdateResponse.class), SharedStates::answered);
        var changes = board.messageAdapter(ofStates(SubscribeResponse.class), SharedStates::heard);
        keys.forEach(key -> replicator.tell(new Replicator.Subscribe<>(key, changes)));
        looks = board.messageAdapter(ofStates(GetResponse.class), this::looked);
        var up = board.messageAdapter(SelfUp.class, any -> Board.Signal.JOINED);
        cluster.subscriptions().tell(Subscribe.create(up, SelfUp.class));
        var members = board.messageAdapter(ClusterEvent.MemberEvent.class, Board.HostEvent::new);
        cluster.subscriptions().tell(Subscribe.create(members, ClusterEvent.MemberEvent.class));
        var reachability = board.messageAdapter(ClusterEvent.ReachabilityEvent.class, Board.HostEvent::new);
        cluster.subscriptions().tell(Subscribe.create(reachability, ClusterEvent.ReachabilityEvent.class));
    }

    private static Board.Command heard(SubscribeResponse<EndpointStates> response) {
        return response instanceof Replicator.Changed<EndpointStates> changed
                ? new Board.Heard(changed.dataValue())
                : new Board.NotShared("subscription answered with " + response);
    }

    private Board.Command looked(GetResponse<EndpointStates> response) {
        unanswered--;
        var states = response instanceof Replicator.GetSuccess<EndpointStates> found
                ? found.get(found.key())
                : EndpointStates.NONE;
        return new Board.Looked(states, unanswered == 0);
    }

    /** However late: a replicator that is slow is no reason to do without it. */
    private static Board.Command answered(UpdateResponse<EndpointStates> response) {
        return response instanceof Replicator.UpdateSuccess
                ? Board.Signal.SHARED
                : new Board.NotShared(response.toString());
    }

    /** The class of messages about keys that all hold states. */
    @SuppressWarnings("unchecked")
    private static <R, S extends R> Class<S> ofStates(Class<R> messages) {
        return (Class<S>) messages;
    }

    @Override
    public Incarnation here() {
        return here;
    }

    @Override
    public void lookAround() {
        unanswered = keys.size();
        keys.forEach(key -> replicator.tell(new Replicator.Get<>(key, new Replicator.ReadMajority(PATIENCE), looks)));
    }

    @Override
    public void publish(List<Entry> entries) {
        SortedMap<Integer, List<Entry>> byKey = new TreeMap<>();
        for (var entry : entries) {
            byKey.computeIfAbsent(index(entry.node()), index -> new ArrayList<>())
                    .add(entry);
        }
        byKey.forEach((index, some) -> replicator.tell(new Update<>(
                keys.get(index), EndpointStates.NONE, Replicator.writeLocal(), answers, states -> states.with(some))));
    }

    /** The same on every host, whatever Java it runs on. */
    private int index(NodeId node) {
        int hash = node.value().hashCode() * 0x9E3779B9;
        return Math.floorMod(hash ^ (hash >>> 16), keys.size());
    }
}
