package io.ringsim.node;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import io.ringsim.network.Network;
import io.ringsim.ring.Endpoint;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.spi.LocalStore;
import io.ringsim.spi.Membership;
import io.ringsim.spi.NodeRecord;
import io.ringsim.spi.RangeStreamer;
import java.util.List;

/** Makes the three subsystems of a node, as its children, and knows what lies between nodes. The world decides which. */
public interface Subsystems {
    /** Over which the node's coordinator speaks with its peers. */
    Network network();

    /** The store comes first: it remembers what the node was. */
    ActorRef<LocalStore.Command> store(ActorContext<?> node, NodeId self);

    ActorRef<Membership.Command> membership(ActorContext<?> node, Self self);

    /** The streamer tells the watcher of all sessions of the node, also of those that peers began. */
    ActorRef<RangeStreamer.Command> streamer(
            ActorContext<?> node,
            Self self,
            ActorRef<LocalStore.Command> store,
            ActorRef<? super RangeStreamer.Event> watcher);

    /**
     * The node as its subsystems know it.
     *
     * @param record with this start's generation
     */
    record Self(NodeId node, Location location, NodeRecord record, String schema) {
        /** The others as the node last knew them. */
        public List<Endpoint> peers() {
            return record.peers();
        }
    }
}
