package io.ringsim.network;

import akka.actor.typed.ActorRef;
import io.ringsim.ring.NodeId;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/** Where a node takes the messages of one channel; called by the network, does nothing but tell an actor. */
public interface Inbox<M extends WireMessage> {
    void received(NodeId from, M message);

    /** The connection with the peer broke; what was on its way may be lost. Only on reliable channels. */
    void connectionLost(NodeId peer, String reason);

    /** An inbox that wraps what arrives into an actor's own commands. */
    static <M extends WireMessage, C> Inbox<M> of(
            ActorRef<? super C> actor, BiFunction<NodeId, M, C> received, BiFunction<NodeId, String, C> lost) {
        return new Inbox<>() {
            @Override
            public void received(NodeId from, M message) {
                actor.tell(received.apply(from, message));
            }

            @Override
            public void connectionLost(NodeId peer, String reason) {
                actor.tell(lost.apply(peer, reason));
            }
        };
    }

    /** An inbox of a channel of datagrams, which has no connection to lose. */
    static <M extends WireMessage> Inbox<M> ofDatagrams(BiConsumer<NodeId, M> received) {
        return new Inbox<>() {
            @Override
            public void received(NodeId from, M message) {
                received.accept(from, message);
            }

            @Override
            public void connectionLost(NodeId peer, String reason) {
                throw new IllegalStateException("datagrams have no connection to lose: " + peer + ", " + reason);
            }
        };
    }
}
