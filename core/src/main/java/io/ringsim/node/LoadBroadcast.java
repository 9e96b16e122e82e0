package io.ringsim.node;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import io.ringsim.spi.LocalStore;
import io.ringsim.spi.Membership;

/** Has the others told now and then how much a node holds, if that is not what they were told last. */
final class LoadBroadcast {
    sealed interface Command {}

    private enum Due implements Command {
        INSTANCE
    }

    private record Measured(LocalStore.Load load) implements Command {}

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final NodeSettings settings;
    private final ActorRef<LocalStore.Command> store;
    private final ActorRef<Membership.Command> membership;

    private LoadBroadcast(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            NodeSettings settings,
            ActorRef<LocalStore.Command> store,
            ActorRef<Membership.Command> membership) {
        this.context = context;
        this.timers = timers;
        this.settings = settings;
        this.store = store;
        this.membership = membership;
    }

    static Behavior<Command> create(
            NodeSettings settings, ActorRef<LocalStore.Command> store, ActorRef<Membership.Command> membership) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startSingleTimer(Due.INSTANCE, settings.loadBroadcastDelay());
            return new LoadBroadcast(context, timers, settings, store, membership).waiting(-1);
        }));
    }

    /** Waiting for its time, or for the store to answer, with what was told last. */
    private Behavior<Command> waiting(long told) {
        return Behaviors.receive(Command.class)
                .onMessageEquals(Due.INSTANCE, this::measure)
                .onMessage(Measured.class, measured -> tell(measured.load().bytes(), told))
                .build();
    }

    private Behavior<Command> measure() {
        store.tell(new LocalStore.GetLoad(context.messageAdapter(LocalStore.Load.class, Measured::new)));
        timers.startSingleTimer(Due.INSTANCE, settings.loadBroadcastPeriod());
        return Behaviors.same();
    }

    private Behavior<Command> tell(long bytes, long told) {
        if (bytes == told) {
            return Behaviors.same();
        }
        membership.tell(new Membership.Report(bytes));
        return waiting(bytes);
    }
}
