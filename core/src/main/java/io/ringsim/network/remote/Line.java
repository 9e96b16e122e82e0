package io.ringsim.network.remote;

import akka.actor.Address;
import akka.actor.typed.ActorRef;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The line between this host's office and another's, for as long as neither loses patience: keeps the order, and no
 * more than a window of reliable messages on their way, so that Artery never has to drop one.
 *
 * <p>Both sides count the reliable messages. A {@link Frame.Pulse} brings the counts, and travels behind what it
 * counts; so if they differ something was lost.
 */
final class Line {
    private static final long FRAME_BYTES = 100;

    final Address host;

    /** What the other office calls this line when it speaks to this one. */
    final long number;

    private final HostNetworkSettings settings;
    private final Queue<Frame> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private @Nullable ActorRef<Frame> office;
    private long theirNumber;
    private long sent;
    private long acknowledged;
    private long received;
    private long reported;
    private int missed;

    Line(Address host, long number, HostNetworkSettings settings) {
        this.host = host;
        this.number = number;
        this.settings = settings;
    }

    void open(ActorRef<Frame> with, long theirs) {
        office = with;
        theirNumber = theirs;
        missed = 0;
        drain();
    }

    boolean isOpen() {
        return office != null;
    }

    boolean isWith(ActorRef<Frame> other, long theirs) {
        return other.equals(office) && theirs == theirNumber;
    }

    @Nullable
    ActorRef<Frame> office() {
        return office;
    }

    /** Sends a message or a reset as soon as it is its turn. */
    void offer(Frame frame) {
        if (office != null && waiting.isEmpty() && mayGo(frame)) {
            transmit(office, frame);
        } else {
            waiting.add(frame);
            waitingBytes += bytes(frame);
        }
    }

    boolean isOverfull() {
        return waitingBytes > settings.queueBytesMax();
    }

    long waitingBytes() {
        return waitingBytes;
    }

    /** Something arrived on this line. */
    void heard() {
        missed = 0;
    }

    /** Counts a reliable message that arrived, and those before it that did not. */
    void received(long missing) {
        received += 1 + Math.max(0, missing);
        if (received - reported >= Math.max(1, settings.window() / 4)) {
            pulse();
        }
    }

    /** Whether nothing was lost, as the counts have it. */
    boolean accept(Frame.Pulse pulse) {
        acknowledged = Math.max(acknowledged, pulse.received());
        drain();
        return pulse.sent() == received;
    }

    void pulse() {
        if (office != null) {
            reported = received;
            office.tell(new Frame.Pulse(theirNumber, sent, received));
        }
    }

    void goodbye(String reason) {
        if (office != null) {
            office.tell(new Frame.Goodbye(theirNumber, reason));
        }
    }

    /** Whether the other side was silent for longer than is to be borne; to be asked once per {@code keepAlive}. */
    boolean isDead() {
        return ++missed > settings.missable();
    }

    private void drain() {
        for (var next = waiting.peek(); office != null && next != null && mayGo(next); next = waiting.peek()) {
            waiting.remove();
            waitingBytes -= bytes(next);
            transmit(office, next);
        }
    }

    private boolean mayGo(Frame frame) {
        return !isReliable(frame) || sent - acknowledged < settings.window();
    }

    private void transmit(ActorRef<Frame> to, Frame frame) {
        if (isReliable(frame)) {
            sent++;
        }
        if (frame instanceof Frame.Envelope envelope) {
            to.tell(envelope.on(theirNumber));
        } else if (frame instanceof Frame.Reset reset) {
            to.tell(reset.on(theirNumber));
        } else {
            throw new IllegalArgumentException("not what waits for its turn: " + frame);
        }
    }

    private static boolean isReliable(Frame frame) {
        return frame instanceof Frame.Envelope envelope && envelope.isReliable();
    }

    private static long bytes(Frame frame) {
        return FRAME_BYTES
                + (frame instanceof Frame.Envelope envelope ? envelope.body().size() : 0);
    }

    @Override
    public String toString() {
        return host.toString();
    }
}
