package io.ringsim.sim;

import akka.actor.typed.Behavior;
import io.ringsim.data.TableId;
import io.ringsim.spi.LocalStore;
import io.ringsim.spi.NodeRecord;
import io.ringsim.storage.Coverage;
import java.util.Optional;

/** What stays of a node when its process is gone, and what can go wrong with it. */
public interface NodeDisk {
    /** The store of a process that starts, on what is there. No other may be at work on it. */
    Behavior<LocalStore.Command> store();

    /** Writes down what node this is; before its first start. */
    void remember(NodeRecord record);

    /** How far the node is in its life as a member, as its next start will find it. */
    NodeRecord.Stage stage();

    /** Bytes of all tables. */
    long bytes();

    /** What of the ring's data in these ranges cannot be read here, in words. A table that is known to be corrupt lacks nothing. */
    Optional<String> lacks(TableId table, Coverage owned);

    /** What of a table is here that lies out of these ranges, in words. */
    Optional<String> exceeds(TableId table, Coverage owned);

    /** The power goes: what was not made safe is lost. */
    void crash();

    /** So many files turn out corrupt when they are read for a stream. */
    void corruptFiles(int files);

    /** Every operation takes so many times as long; 1 heals. */
    void slowDown(double factor);

    /** Nothing can be written any more; {@code false} heals. */
    void readOnly(boolean broken);

    /** Nothing fits any more; {@code false} heals. */
    void full(boolean full);
}
