package io.ringsim.spi;

import akka.actor.typed.ActorRef;

/** The port to what a node keeps: its data, and what it must remember of itself. */
public interface LocalStore {
    sealed interface Command permits GetLoad, Recall, Remember, Extension {}

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
