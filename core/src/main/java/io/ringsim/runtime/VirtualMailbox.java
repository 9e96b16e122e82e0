package io.ringsim.runtime;

import akka.actor.ActorCell;
import akka.actor.ActorRef;
import akka.actor.typed.internal.TimerSchedulerImpl;
import akka.dispatch.Envelope;
import akka.dispatch.Mailbox;
import akka.dispatch.MessageQueue;
import akka.dispatch.UnboundedMessageQueueSemantics;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.slf4j.helpers.NOPLogger;

/**
 * The message queue of one actor and its place in line, used by one thread only: no atomics, and nothing is allocated
 * while at most one message waits.
 */
final class VirtualMailbox implements MessageQueue, UnboundedMessageQueueSemantics, Turn {
    private final World world;
    private final long owner;
    private @Nullable Mailbox mailbox;
    private @Nullable Envelope first;
    private @Nullable ArrayDeque<Envelope> rest;
    private final boolean serializes;
    private boolean waiting;

    VirtualMailbox(World world, long owner, boolean serializes) {
        this.world = world;
        this.owner = owner;
        this.serializes = serializes;
    }

    /** Akka's half of a mailbox, which holds system messages and knows whether the actor is suspended or stopped. */
    void belongsTo(Mailbox mailbox) {
        this.mailbox = mailbox;
    }

    /** The hash of the actor's name, as the trace takes it. */
    long owner() {
        return owner;
    }

    /** Takes a message for its actor and gets in line; false when it is not for this mailbox to take it. */
    boolean send(ActorCell receiver, Envelope envelope) {
        if (receiver.mailbox() != mailbox || !world.isOwner() || serializes) {
            return false;
        }
        world.trace.sent(owner, receiver, envelope.message());
        enqueue(receiver.self(), envelope);
        getInLine();
        return true;
    }

    /** Gets in line, unless it is there already. */
    boolean getInLine() {
        if (waiting) {
            return false;
        }
        waiting = true;
        world.ready(this);
        return true;
    }

    @Override
    public String subject() {
        var box = mailbox;
        return box == null || box.actor() == null
                ? "an actor"
                : "actor " + box.actor().self().path();
    }

    /** One message, and the system messages before and after it: Akka's Mailbox.run without its atomics. */
    @Override
    @SuppressWarnings("NullAway") // belongsTo precedes every turn
    public void take() {
        var box = mailbox;
        try {
            if (!box.isClosed()) {
                if (box.hasSystemMessages()) {
                    box.processAllSystemMessages();
                }
                if (first != null && box.shouldProcessMessage()) {
                    box.actor().invoke(unwrapped(dequeue()));
                    if (box.hasSystemMessages()) {
                        box.processAllSystemMessages();
                    }
                }
            }
        } finally {
            waiting = false;
            if (box.canBeScheduledForExecution(false, false)) {
                getInLine();
            }
        }
    }

    /**
     * A typed timer's message stands for the one the actor asked for. Akka would look that up too, but not without setting
     * up the actor's logger first, which costs more than all the rest.
     */
    private static Envelope unwrapped(Envelope envelope) {
        if (envelope.message() instanceof TimerSchedulerImpl.TimerMsg timer
                && timer.owner() instanceof TimerSchedulerImpl<?> scheduler) {
            Object message = scheduler.interceptTimerMsg(NOPLogger.NOP_LOGGER, timer);
            return message == null ? envelope : new Envelope(message, envelope.sender());
        }
        return envelope;
    }

    @Override
    public void enqueue(ActorRef receiver, Envelope message) {
        if (first == null) {
            first = message;
            return;
        }
        if (rest == null) {
            rest = new ArrayDeque<>();
        }
        rest.addLast(message);
    }

    @Override
    public @Nullable Envelope dequeue() {
        var next = first;
        if (next != null) {
            first = rest == null ? null : rest.pollFirst();
        }
        return next;
    }

    @Override
    public boolean hasMessages() {
        return first != null;
    }

    @Override
    public int numberOfMessages() {
        return (first == null ? 0 : 1) + (rest == null ? 0 : rest.size());
    }

    /** What is left when the actor has stopped becomes dead letters. */
    @Override
    public void cleanUp(ActorRef owner, MessageQueue deadLetters) {
        for (var left = dequeue(); left != null; left = dequeue()) {
            deadLetters.enqueue(owner, left);
        }
    }
}
