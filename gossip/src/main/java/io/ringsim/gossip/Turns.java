package io.ringsim.gossip;

import akka.actor.typed.Behavior;
import akka.actor.typed.BehaviorInterceptor;
import akka.actor.typed.Signal;
import akka.actor.typed.TypedActorContext;
import akka.actor.typed.javadsl.Behaviors;

/** Of all gossipers with the same lock one at a time does something; none of it waits for anything else. */
final class Turns extends BehaviorInterceptor<Gossiper.Message, Gossiper.Message> {
    private final Object lock;

    private Turns(Object lock) {
        super(Gossiper.Message.class);
        this.lock = lock;
    }

    static Behavior<Gossiper.Message> of(Object lock, Behavior<Gossiper.Message> gossiper) {
        return Behaviors.intercept(() -> new Turns(lock), gossiper);
    }

    @Override
    public Behavior<Gossiper.Message> aroundStart(
            TypedActorContext<Gossiper.Message> context, PreStartTarget<Gossiper.Message> target) {
        synchronized (lock) {
            return target.start(context);
        }
    }

    @Override
    public Behavior<Gossiper.Message> aroundReceive(
            TypedActorContext<Gossiper.Message> context,
            Gossiper.Message message,
            ReceiveTarget<Gossiper.Message> target) {
        synchronized (lock) {
            return target.apply(context, message);
        }
    }

    @Override
    public Behavior<Gossiper.Message> aroundSignal(
            TypedActorContext<Gossiper.Message> context, Signal signal, SignalTarget<Gossiper.Message> target) {
        synchronized (lock) {
            return target.apply(context, signal);
        }
    }
}
