package io.ringsim.streaming;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.BehaviorInterceptor;
import akka.actor.typed.TypedActorContext;
import akka.actor.typed.javadsl.Behaviors;
import io.ringsim.spi.LocalStore;
import io.ringsim.storage.StreamStore.ChunkWritten;
import io.ringsim.storage.StreamStore.Read;
import io.ringsim.storage.StreamStore.Write;
import io.ringsim.storage.StreamStore.WriteOutcome;

/** Bytes of content that some store was asked to read for its peer, and no store has written yet. */
final class InFlight {
    private long bytes;
    private long most;
    private long written;

    long most() {
        return most;
    }

    long written() {
        return written;
    }

    /** A store that counts what it reads and writes. */
    Behavior<LocalStore.Command> counting(Behavior<LocalStore.Command> store) {
        return Behaviors.intercept(Counting::new, store);
    }

    private final class Counting extends BehaviorInterceptor<LocalStore.Command, LocalStore.Command> {
        Counting() {
            super(LocalStore.Command.class);
        }

        @Override
        public Behavior<LocalStore.Command> aroundReceive(
                TypedActorContext<LocalStore.Command> context,
                LocalStore.Command message,
                ReceiveTarget<LocalStore.Command> store) {
            if (message instanceof Read read) {
                bytes += read.length();
                most = Math.max(most, bytes);
            }
            return store.apply(context, message instanceof Write write ? counted(context, write) : message);
        }

        private Write counted(TypedActorContext<LocalStore.Command> context, Write write) {
            ActorRef<WriteOutcome> done = context.asJava().spawnAnonymous(Behaviors.receiveMessage(outcome -> {
                if (outcome instanceof ChunkWritten) {
                    bytes -= write.length();
                    written += write.length();
                }
                write.replyTo().tell(outcome);
                return Behaviors.stopped();
            }));
            return new Write(write.id(), write.sequence(), write.offset(), write.length(), write.content(), done);
        }
    }
}
