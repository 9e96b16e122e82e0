package io.ringsim.runtime;

import akka.actor.ActorCell;
import akka.actor.ActorPath;
import akka.actor.ActorSystemImpl;
import akka.actor.InternalActorRef;
import akka.actor.LocalActorRef;
import akka.actor.Props;
import akka.dispatch.MailboxType;
import akka.dispatch.MessageDispatcher;

/** Akka's local reference, with our cell behind it. */
final class VirtualLocalRef extends LocalActorRef {
    VirtualLocalRef(
            ActorSystemImpl system,
            Props props,
            MessageDispatcher dispatcher,
            MailboxType mailboxType,
            InternalActorRef supervisor,
            ActorPath path) {
        super(system, props, dispatcher, mailboxType, supervisor, path);
    }

    @Override
    public ActorCell newActorCell(
            ActorSystemImpl system,
            InternalActorRef self,
            Props props,
            MessageDispatcher dispatcher,
            InternalActorRef supervisor) {
        return new VirtualActorCell(system, self, props, dispatcher, supervisor);
    }
}
