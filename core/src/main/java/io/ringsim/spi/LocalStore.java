package io.ringsim.spi;

import akka.actor.typed.ActorRef;
import io.ringsim.data.Mutation;
import io.ringsim.data.Partition;
import io.ringsim.data.PartitionQuery;

/** The port to what a node keeps: its data, and what it must remember of itself. */
public interface LocalStore {
    sealed interface Command permits Apply, Read, GetLoad, Recall, Remember, Extension {}

    /** Applies a write; answered when it is as safe as the store promises, or refused. */
    record Apply(Mutation mutation, ActorRef<? super ApplyOutcome> replyTo) implements Command {}

    sealed interface ApplyOutcome permits Applied, Refused {}

    record Applied() implements ApplyOutcome {}

    /** The store does not do what it was asked; a write may be there nevertheless, after a crash. */
    record Refused(String reason) implements ApplyOutcome, ReadOutcome {}

    /** Asks for rows of one partition. */
    record Read(PartitionQuery query, ActorRef<? super ReadOutcome> replyTo) implements Command {}

    sealed interface ReadOutcome permits Rows, Refused {}

    /** What is known here of the rows that were asked for, tombstones that are still kept included. */
    record Rows(Partition partition) implements ReadOutcome {}

    /** Asks for the bytes of live data on this node. */
    record GetLoad(ActorRef<? super Load> replyTo) implements Command {}

    record Load(long bytes) {}

    /** Asks for the last record remembered; {@link NodeRecord#NEW} when there is none. */
    record Recall(ActorRef<? super NodeRecord> replyTo) implements Command {}

    /** Replaces the record, durably. */
    record Remember(NodeRecord record) implements Command {}

    /** What a store understands beyond the port; only those who know that store send it. */
    non-sealed interface Extension extends Command {}
}
