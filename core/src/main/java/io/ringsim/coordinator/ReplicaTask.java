package io.ringsim.coordinator;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import io.ringsim.coordinator.StorageMessage.Mutate;
import io.ringsim.coordinator.StorageMessage.Read;
import io.ringsim.ring.NodeId;
import io.ringsim.spi.LocalStore;

/** What a replica does for a peer that coordinates: has its store apply or read, and answers what came of it. */
final class ReplicaTask {
    private ReplicaTask() {}

    /** Applies one write. */
    static Behavior<LocalStore.ApplyOutcome> apply(Replicas here, NodeId coordinator, Mutate mutate) {
        return Behaviors.setup(context -> {
            here.store().tell(new LocalStore.Apply(mutate.mutation(), context.getSelf()));
            return Behaviors.receive(LocalStore.ApplyOutcome.class)
                    .onAnyMessage(outcome -> {
                        send(here, coordinator, Replicas.answer(mutate.id(), outcome));
                        return Behaviors.stopped();
                    })
                    .build();
        });
    }

    /** Reads once. */
    static Behavior<LocalStore.ReadOutcome> read(Replicas here, NodeId coordinator, Read read) {
        return Behaviors.setup(context -> {
            here.store().tell(new LocalStore.Read(read.query(), context.getSelf()));
            return Behaviors.receive(LocalStore.ReadOutcome.class)
                    .onAnyMessage(outcome -> {
                        send(here, coordinator, Replicas.answer(read.id(), outcome));
                        return Behaviors.stopped();
                    })
                    .build();
        });
    }

    private static void send(Replicas here, NodeId coordinator, StorageMessage.Answer answer) {
        here.network().send(here.self(), coordinator, StorageMessage.CHANNEL, answer);
    }
}
