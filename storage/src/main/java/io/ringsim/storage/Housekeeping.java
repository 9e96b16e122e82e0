package io.ringsim.storage;

import akka.actor.typed.ActorRef;
import io.ringsim.data.TableId;
import io.ringsim.spi.LocalStore;
import java.util.List;

/** What an operator asks of a node's store, and what an observer asks to see whether it is at rest. */
public interface Housekeeping {
    sealed interface Command extends LocalStore.Extension permits Flush, Compact, Cleanup, Drop, GetOpen {}

    /** Writes all memtables to SSTables: {@code nodetool flush}. */
    record Flush(ActorRef<? super Kept> replyTo) implements Command {}

    /** Compacts all SSTables of each table to one: {@code nodetool compact}. */
    record Compact(ActorRef<? super Kept> replyTo) implements Command {}

    /**
     * Rewrites every SSTable that holds keys of ranges the node does not own, keyspace by keyspace; other keyspaces stay:
     * {@code nodetool cleanup}.
     */
    record Cleanup(List<KeyspaceRanges> owned, ActorRef<? super Kept> replyTo) implements Command {
        public Cleanup {
            owned = List.copyOf(owned);
        }
    }

    /**
     * Deletes a table with all that is in it, on this node. Sessions that send or receive it fail, for that reason; what they
     * refer to is deleted when they have.
     */
    record Drop(TableId table, ActorRef<? super Kept> replyTo) implements Command {}

    sealed interface Kept permits Done, Failed {}

    /**
     * It is done.
     *
     * @param bytes that were written, or freed
     */
    record Done(long bytes) implements Kept {}

    record Failed(String reason) implements Kept {}

    /** Asks what is open; nothing when no stream runs. */
    record GetOpen(ActorRef<? super Open> replyTo) implements Command {}

    /**
     * What streaming holds open.
     *
     * @param references to SSTables
     * @param temporaries files that are being received
     */
    record Open(int references, int temporaries) {}
}
