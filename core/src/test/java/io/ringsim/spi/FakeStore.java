package io.ringsim.spi;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;

/** A store without data that remembers what it is told, in a disk that outlives it. */
public final class FakeStore {
    /** What survives the store. */
    public static final class Disk {
        private NodeRecord record = NodeRecord.NEW;

        public NodeRecord record() {
            return record;
        }

        public void record(NodeRecord next) {
            record = next;
        }
    }

    private FakeStore() {}

    public static Behavior<LocalStore.Command> create(Disk disk, long load) {
        return Behaviors.receive(LocalStore.Command.class)
                .onMessage(LocalStore.Apply.class, apply -> {
                    apply.replyTo().tell(new LocalStore.Refused("this store keeps no rows"));
                    return Behaviors.same();
                })
                .onMessage(LocalStore.Read.class, read -> {
                    read.replyTo().tell(new LocalStore.Refused("this store keeps no rows"));
                    return Behaviors.same();
                })
                .onMessage(LocalStore.GetLoad.class, get -> {
                    get.replyTo().tell(new LocalStore.Load(load));
                    return Behaviors.same();
                })
                .onMessage(LocalStore.Recall.class, recall -> {
                    recall.replyTo().tell(disk.record());
                    return Behaviors.same();
                })
                .onMessage(LocalStore.Remember.class, remember -> {
                    disk.record(remember.record());
                    return Behaviors.same();
                })
                .build();
    }
}
