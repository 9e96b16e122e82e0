package io.ringsim.coordinator;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import io.ringsim.coordinator.StorageMessage.Mutate;
import io.ringsim.coordinator.StorageMessage.Mutated;
import io.ringsim.coordinator.StorageMessage.Read;
import io.ringsim.coordinator.StorageMessage.Refused;
import io.ringsim.coordinator.StorageMessage.Request;
import io.ringsim.coordinator.StorageMessage.Rows;
import io.ringsim.network.Network;
import io.ringsim.ring.NodeId;
import io.ringsim.spi.LocalStore;

/** The way from a coordinator to the replicas: to peers over the network, to the node's own store without it. */
record Replicas(NodeId self, Network network, ActorRef<LocalStore.Command> store) {
    /** What the actor of one request hears. */
    sealed interface Event permits Answered, TimedOut {}

    /** A replica answered. */
    record Answered(NodeId replica, StorageMessage.Answer answer) implements Event {}

    /** The time for the request is over. */
    enum TimedOut implements Event {
        INSTANCE
    }

    /** Asks a replica; the answer comes as {@link Answered}, from a peer through the node's {@link Coordinator}. */
    void ask(ActorContext<Event> asking, NodeId replica, Request request) {
        if (!replica.equals(self)) {
            network.send(self, replica, StorageMessage.CHANNEL, request);
        } else if (request instanceof Mutate mutate) {
            store.tell(new LocalStore.Apply(
                    mutate.mutation(),
                    asking.messageAdapter(
                            LocalStore.ApplyOutcome.class,
                            outcome -> new Answered(self, answer(request.id(), outcome)))));
        } else if (request instanceof Read read) {
            store.tell(new LocalStore.Read(
                    read.query(),
                    asking.messageAdapter(
                            LocalStore.ReadOutcome.class,
                            outcome -> new Answered(self, answer(request.id(), outcome)))));
        }
    }

    static StorageMessage.Answer answer(long id, LocalStore.ApplyOutcome outcome) {
        return outcome instanceof LocalStore.Refused refused ? new Refused(id, refused.reason()) : new Mutated(id);
    }

    static StorageMessage.Answer answer(long id, LocalStore.ReadOutcome outcome) {
        return outcome instanceof LocalStore.Rows rows
                ? new Rows(id, rows.partition())
                : new Refused(id, ((LocalStore.Refused) outcome).reason());
    }
}
