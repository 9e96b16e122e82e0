package io.ringsim.runtime;

import akka.actor.ActorRef;
import akka.dispatch.Envelope;
import akka.dispatch.Mailbox;
import akka.dispatch.MessageQueue;
import akka.dispatch.UnboundedMessageQueueSemantics;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

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
    private boolean waiting;

    VirtualMailbox(World world, long owner) {
        this.world = world;
        this.owner = owner;
    }

    /** Akka's half of a mailbox, which holds system messages and knows whether the actor is suspended or stopped. */
    void belongsTo(Mailbox mailbox) {
        this.mailbox = mailbox;
    }

    /** The hash of the actor's name, as the trace takes it. */
    long owner() {
        return owner;
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

    /** One message, and the system messages before and after it: Akka's Mailbox.run without its atomics. */
    @Override
    @SuppressWarnings("NullAway") // belongsTo precedes every turn
    public void take() {
        var box = mailbox;
        try {
            if (!box.isClosed()) {
                box.processAllSystemMessages();
                if (first != null && box.shouldProcessMessage()) {
                    box.actor().invoke(dequeue());
                    box.processAllSystemMessages();
                }
            }
        } finally {
            waiting = false;
            if (box.canBeScheduledForExecution(false, false)) {
                getInLine();
            }
        }
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
