package io.ringsim.runtime;

import akka.actor.ActorPath;
import akka.actor.ActorSystem;
import akka.actor.ActorSystemImpl;
import akka.actor.Deploy;
import akka.actor.DynamicAccess;
import akka.actor.InternalActorRef;
import akka.actor.LocalActorRefProvider;
import akka.actor.Props;
import akka.event.EventStream;
import scala.Option;

/** Akka's local provider with uids from the seed: they are the hash codes of references, so they order sets of them. */
final class VirtualActorRefProvider extends LocalActorRefProvider {
    private final World world;

    VirtualActorRefProvider(
            String systemName, ActorSystem.Settings settings, EventStream eventStream, DynamicAccess dynamicAccess) {
        super(systemName, settings, eventStream, dynamicAccess);
        this.world = World.withId(settings.config().getLong(World.CONFIG_KEY));
    }

    @Override
    public InternalActorRef actorOf(
            ActorSystemImpl system,
            Props props,
            InternalActorRef supervisor,
            ActorPath path,
            boolean systemService,
            Option<Deploy> deploy,
            boolean lookupDeploy,
            boolean async) {
        return super.actorOf(
                system, props, supervisor, path.withUid(world.nextUid()), systemService, deploy, lookupDeploy, async);
    }
}
