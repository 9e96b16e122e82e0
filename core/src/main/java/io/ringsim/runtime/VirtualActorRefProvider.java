package io.ringsim.runtime;

import akka.actor.ActorPath;
import akka.actor.ActorRefWithCell;
import akka.actor.ActorSystem;
import akka.actor.ActorSystemImpl;
import akka.actor.Deploy;
import akka.actor.DynamicAccess;
import akka.actor.InternalActorRef;
import akka.actor.LocalActorRef;
import akka.actor.LocalActorRefProvider;
import akka.actor.Props;
import akka.event.EventStream;
import akka.routing.NoRouter;
import org.jspecify.annotations.Nullable;
import scala.Option;

/**
 * Akka's local provider with uids from the seed, for actors and for what acts as one: uids are the hash codes of
 * references, so they order sets of them.
 */
final class VirtualActorRefProvider extends LocalActorRefProvider {
    private static final String USER = "user";
    private static final String SAME_AS_PARENT = "..";
    private static final String DEFAULT_DISPATCHER = "akka.actor.default-dispatcher";

    private final World world;
    private @Nullable LocalActorRef guardian;

    VirtualActorRefProvider(
            String systemName, ActorSystem.Settings settings, EventStream eventStream, DynamicAccess dynamicAccess) {
        super(systemName, settings, eventStream, dynamicAccess);
        this.world = World.withId(settings.config().getLong(World.CONFIG_KEY));
    }

    @Override
    public LocalActorRef guardian() {
        if (guardian == null) {
            guardian = createGuardian();
        }
        return guardian;
    }

    /** As Akka does it. */
    private LocalActorRef createGuardian() {
        var root = rootGuardian().underlying();
        var system = root.system();
        var props = system.guardianProps();
        if (props.isEmpty()) {
            return super.guardian(); // a classic system
        }
        root.reserveChild(USER);
        var given = props.get();
        var ref = new VirtualLocalRef(
                system,
                given,
                system.dispatchers().lookup(isSameAsParent(given) ? DEFAULT_DISPATCHER : given.dispatcher()),
                system.mailboxes().lookup(given.mailbox()),
                rootGuardian(),
                rootPath().child(USER));
        root.initChild(ref);
        ref.start();
        return ref;
    }

    /** As Akka does it, but for the classes of references and the uid. */
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
        var seeded = path.withUid(world.nextUid());
        var deployed = lookupDeploy ? deployer().lookup(path) : deploy;
        boolean isRouter = !(props.deploy().routerConfig() instanceof NoRouter);
        if (isRouter
                || !system.dispatchers()
                        .hasDispatcher(placed(props, deployed, supervisor).dispatcher())) {
            return super.actorOf(system, props, supervisor, seeded, systemService, deploy, lookupDeploy, async);
        }
        var placed = placed(props, deployed, supervisor);
        var dispatcher = system.dispatchers().lookup(placed.dispatcher());
        var mailbox = system.mailboxes()
                .getMailboxType(placed, dispatcher.configurator().config());
        return async
                ? new VirtualRepointableRef(system, placed, dispatcher, mailbox, supervisor, seeded).initialize(true)
                : new VirtualLocalRef(system, placed, dispatcher, mailbox, supervisor, seeded);
    }

    /** What the configuration says of an actor's dispatcher and mailbox goes before what the code says. */
    private static Props placed(Props props, Option<Deploy> deployed, InternalActorRef supervisor) {
        if (deployed.isEmpty()) {
            return isSameAsParent(props) ? props.withDispatcher(dispatcherOf(supervisor)) : props;
        }
        var dispatcher = deployed.get().dispatcher();
        var mailbox = deployed.get().mailbox();
        var placed = props;
        if (dispatcher.equals(SAME_AS_PARENT)) {
            placed = placed.withDispatcher(dispatcherOf(supervisor));
        } else if (!dispatcher.equals(Deploy.NoDispatcherGiven())) {
            placed = placed.withDispatcher(dispatcher);
        }
        return mailbox.equals(Deploy.NoMailboxGiven()) ? placed : placed.withMailbox(mailbox);
    }

    private static boolean isSameAsParent(Props props) {
        return props.deploy().dispatcher().equals(SAME_AS_PARENT);
    }

    private static String dispatcherOf(InternalActorRef parent) {
        return parent instanceof ActorRefWithCell ref
                ? ref.underlying().props().dispatcher()
                : Deploy.NoDispatcherGiven();
    }
}
