package io.ringsim.runtime;

import akka.actor.ActorPath;
import akka.actor.ActorSystemImpl;
import akka.actor.Cell;
import akka.actor.InternalActorRef;
import akka.actor.Props;
import akka.actor.RepointableActorRef;
import akka.actor.UnstartedCell;
import akka.dispatch.MailboxType;
import akka.dispatch.MessageDispatcher;

/** Akka's reference to an actor started later, with our cell behind it. */
final class VirtualRepointableRef extends RepointableActorRef {
    VirtualRepointableRef(
            ActorSystemImpl system,
            Props props,
            MessageDispatcher dispatcher,
            MailboxType mailboxType,
            InternalActorRef supervisor,
            ActorPath path) {
        super(system, props, dispatcher, mailboxType, supervisor, path);
    }

    @Override
    public Cell newCell(UnstartedCell old) {
        return new VirtualActorCell(system(), this, props(), dispatcher(), supervisor()).init(false, mailboxType());
    }
}
