package io.ringsim.storage;

import static java.util.Objects.requireNonNullElse;

import akka.actor.typed.ActorRef;
import io.ringsim.spi.LocalStore;
import io.ringsim.storage.table.Io;
import java.io.Closeable;
import java.io.IOException;
import java.util.function.Function;
import org.slf4j.Logger;

/** What becomes of the outcome of work: a message. */
final class Outcomes {
    private Outcomes() {}

    static String why(IOException failed) {
        return requireNonNullElse(failed.getMessage(), "the disk failed");
    }

    /** Closes what belongs to a store that ends: nothing is lost, for what is in memtables is in the commit log. */
    static void close(Closeable part, Logger log) {
        try {
            part.close();
        } catch (IOException failed) {
            log.info("the store was not closed in order: {}", why(failed));
        }
    }

    /** Sends the outcome to the actor that asked for the work. */
    static <T> Io.Outcome<T> telling(
            ActorRef<LocalStore.Command> self,
            Function<T, LocalStore.Command> result,
            Function<IOException, LocalStore.Command> failure) {
        return new Io.Outcome<T>() {
            @Override
            public void succeeded(T value) {
                self.tell(result.apply(value));
            }

            @Override
            public void failed(IOException reason) {
                self.tell(failure.apply(reason));
            }
        };
    }

    /** Answers whoever asked the actor with the outcome. */
    static <T, A> Io.Outcome<T> answering(
            ActorRef<? super A> replyTo, Function<T, ? extends A> result, Function<String, ? extends A> failure) {
        return new Io.Outcome<T>() {
            @Override
            public void succeeded(T value) {
                replyTo.tell(result.apply(value));
            }

            @Override
            public void failed(IOException reason) {
                replyTo.tell(failure.apply(why(reason)));
            }
        };
    }
}
