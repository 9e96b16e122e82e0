package io.ringsim.spi;

import akka.actor.typed.ActorRef;

/** The port to the data a node holds. */
public interface LocalStore {
    sealed interface Command permits GetLoad {}

    /** Asks for the bytes of live data on this node. */
    record GetLoad(ActorRef<? super Load> replyTo) implements Command {}

    record Load(long bytes) {}
}
