package io.ringsim.network;

import io.ringsim.runtime.EventQueue;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * One node's end of a connection, as TCP keeps it: numbers what it sends, puts in order what it receives, sends again
 * what stays unacknowledged, and finds out in its own time that the connection is gone.
 *
 * <p>Connections between two nodes are numbered. Each end knows which one it is in; after a break the two ends may
 * differ, until a message of the wrong connection is answered with a reset, or keep-alive finds no answer.
 */
final class ConnectionEnd {
    private static final int NONE = 0;

    private final Flow flow;
    private final Wire wire;
    private @Nullable ConnectionEnd peer;

    /** The connection this end is in, and the newest it was ever in. */
    private int connection = NONE;

    private int newest = NONE;
    private long heardAt;

    private long nextSequence;
    private long expected;
    private final PriorityQueue<Packet> early = bySequence();

    /** Transmissions known to be unacknowledged; while there are some nothing else is sent. */
    private final PriorityQueue<Packet> unacknowledged = bySequence();

    private final Lane repairs = new Lane();
    private boolean recovering;
    private @Nullable Packet retransmission;
    private int backoff;
    private long deadline;
    private EventQueue.@Nullable Event retry;

    ConnectionEnd(Flow flow) {
        this.flow = flow;
        this.wire = flow.wire;
    }

    private static PriorityQueue<Packet> bySequence() {
        return new PriorityQueue<>(1, Comparator.comparingLong(packet -> packet.sequence));
    }

    ConnectionEnd peer() {
        if (peer == null) {
            peer = wire.end(flow.to, flow.from, flow.channel);
        }
        return peer;
    }

    boolean isOpen() {
        return connection != NONE;
    }

    Flow flow() {
        return flow;
    }

    void send(Packet packet) {
        if (!isOpen()) {
            int theirs = peer().connection;
            enter(theirs > newest ? theirs : Math.max(newest, peer().newest) + 1);
        }
        packet.connection = connection;
        packet.sequence = nextSequence++;
        flow.from.egress.offer(flow.egress, packet);
    }

    /** Takes what the peer sent; answers a message of a connection this end is not in with a reset. */
    void receive(Packet packet) {
        if (packet.connection > newest) {
            follow(packet.connection);
        } else if (packet.connection != connection) {
            refuse(packet);
            return;
        }
        heardAt = wire.now();
        peer().arrived(packet);
        if (packet.sequence == expected) {
            expected++;
            wire.deliver(packet);
            deliverEarly();
        } else if (packet.sequence > expected) {
            early.add(packet);
        }
    }

    private void deliverEarly() {
        for (var first = early.peek(); first != null && first.sequence <= expected; first = early.peek()) {
            early.poll();
            if (first.sequence == expected) {
                expected++;
                wire.deliver(first);
            }
        }
    }

    /** The peer opened a connection; if this end was still in an earlier one, that is over. */
    private void follow(int id) {
        boolean wasOpen = isOpen();
        close();
        enter(id);
        if (wasOpen) {
            wire.tellLost(flow, flow.to + " opened a new connection");
        }
    }

    /** The peer does not take this message: nobody listens, or its connection is over. */
    void refuse(Packet packet) {
        if (wire.isCut(flow.from, flow.to)) {
            peer().missed(packet);
        } else {
            sendReset(packet.connection);
        }
    }

    /** A message of this end reached the peer; its acknowledgement still has to come back. */
    private void arrived(Packet packet) {
        if (packet.connection != connection) {
            return;
        }
        if (wire.isCut(flow.to, flow.from)) {
            missed(packet);
        } else if (packet == retransmission) {
            repairNext();
        }
    }

    /** One transmission of a message of this end was lost, or its acknowledgement was. */
    void missed(Packet packet) {
        if (packet.connection != connection) {
            return;
        }
        unacknowledged.add(packet);
        if (packet == retransmission) {
            retransmission = null;
            backoff++;
            retryAfter(packet);
        } else if (!recovering) {
            recovering = true;
            backoff = 0;
            deadline = packet.sentAt + wire.userTimeout(flow.channel);
            flow.from.egress.block(flow.egress);
            retryAfter(packet);
        }
    }

    private void retryAfter(Packet packet) {
        long due = packet.sentAt + wire.retransmissionTimeout(flow, backoff);
        retry = wire.schedule(Math.min(due, deadline), this::retry);
    }

    private void retry() {
        retry = null;
        if (wire.now() >= deadline) {
            lose(flow.to + " acknowledged nothing for "
                    + LatencyText.format(Duration.ofNanos(wire.userTimeout(flow.channel))));
        } else {
            transmitAgain(unacknowledged.poll());
        }
    }

    private void repairNext() {
        backoff = 0;
        retransmission = null;
        if (unacknowledged.isEmpty()) {
            recovering = false;
            flow.from.egress.unblock(flow.egress);
        } else {
            deadline = wire.now() + wire.userTimeout(flow.channel);
            transmitAgain(unacknowledged.poll());
        }
    }

    private void transmitAgain(@Nullable Packet packet) {
        if (packet != null) {
            retransmission = packet;
            flow.from.egress.offer(repairs, packet);
        }
    }

    private void sendReset(int id) {
        wire.schedule(wire.arrivalOfReset(flow), () -> {
            if (wire.isCut(flow.from, flow.to)) {
                noticeByKeepAlive(peer(), id);
            } else {
                peer().reset(id);
            }
        });
    }

    /** The peer said that it is in this connection no more. */
    private void reset(int id) {
        if (isOpen() && connection == id) {
            lose("connection reset by " + flow.to);
        }
    }

    /** Breaks this end of an idle connection that has had no sign of its peer for the whole of keep-alive's patience. */
    void checkKeepAlive() {
        if (isOpen() && !recovering && wire.now() - heardAt >= wire.keepAlive()) {
            lose(flow.to + " did not answer keep-alive");
        }
    }

    /** The process of this end's node is gone; its kernel, or nobody, tells the peer. */
    void abandon() {
        if (isOpen()) {
            int abandoned = connection;
            close();
            if (peer().connection == abandoned) {
                sendReset(abandoned);
            }
        }
    }

    private void lose(String reason) {
        int lost = connection;
        close();
        if (peer().connection == lost) {
            noticeByKeepAlive(peer(), lost);
        }
        wire.tellLost(flow, reason);
    }

    /** An end that is alone in its connection finds out when its keep-alive is not answered. */
    private void noticeByKeepAlive(ConnectionEnd halfOpen, int id) {
        wire.schedule(wire.now() + wire.keepAlive(), () -> {
            if (halfOpen.connection == id) {
                halfOpen.lose(halfOpen.flow.to + " did not answer keep-alive");
            }
        });
    }

    private void enter(int id) {
        connection = id;
        newest = id;
        nextSequence = 0;
        expected = 0;
        heardAt = wire.now();
    }

    private void close() {
        connection = NONE;
        recovering = false;
        retransmission = null;
        unacknowledged.clear();
        early.clear();
        flow.from.egress.clear(flow.egress);
        flow.from.egress.clear(repairs);
        if (retry != null) {
            retry.cancel();
            retry = null;
        }
    }
}
