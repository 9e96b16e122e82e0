package io.ringsim.network;

import io.ringsim.runtime.EventQueue;
import io.ringsim.runtime.VirtualClock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Moves packets from one network card to another: decides each one's fate, and when it arrives. */
final class Wire {
    private final VirtualClock clock;
    private final EventQueue events;
    private final NetworkSettings.Tcp tcp;
    private final Traffic traffic;
    private final Chance chance = new Chance();
    final Links links;
    final List<NetworkObserver> observers = new ArrayList<>();

    Wire(VirtualClock clock, EventQueue events, NetworkSettings settings, Traffic traffic) {
        this.clock = clock;
        this.events = events;
        this.tcp = settings.tcp();
        this.links = new Links(settings);
        this.traffic = traffic;
    }

    long now() {
        return clock.nanos();
    }

    EventQueue.Event schedule(long at, Runnable task) {
        return events.schedule(at - clock.nanos(), task);
    }

    /** A packet's service at the sender's card begins; it ends at {@code sentAt}. */
    void transmit(Packet packet) {
        var flow = packet.flow;
        flow.counter =
                traffic.count(flow.from.index, flow.to.index, packet.message.kind(), 1, packet.bytes, flow.counter);
        if (links.isCut(flow.from, flow.to)) {
            drop(packet, "partition");
            return;
        }
        var verdict = links.judge(flow.from, flow.to, flow.channel, packet.message);
        if (verdict instanceof Verdict.Drop) {
            drop(packet, "rule");
            return;
        }
        chance.begin(flow.from, flow.to, flow.channel.index(), clock.nanos(), flow.onTheirWay);
        var link = links.between(flow.from, flow.to);
        if (links.loses(flow.from, flow.to, link, chance)) {
            drop(packet, "loss");
        } else if (verdict instanceof Verdict.DeliverAfter after) {
            arriveAfter(packet, after.delay().toNanos(), flow.end == null);
        } else {
            propagate(packet, link);
        }
    }

    /** What would become of a small datagram: its latency, or {@link Route#LOST}. */
    long fate(Host from, Host to, OpenChannel channel, WireMessage datagram) {
        if (links.isCut(from, to) || links.holdOn(from, to) != null) {
            return Route.LOST;
        }
        var verdict = links.judge(from, to, channel, datagram);
        if (verdict instanceof Verdict.Drop) {
            return Route.LOST;
        }
        chance.begin(from, to, channel.index(), clock.nanos(), 0);
        var link = links.between(from, to);
        if (links.loses(from, to, link, chance)) {
            return Route.LOST;
        }
        long latency = verdict instanceof Verdict.DeliverAfter after
                ? after.delay().toNanos()
                : link.sampler().sample(chance.bits());
        return latency + from.egress.busyFor() + to.ingress.busyFor();
    }

    private void propagate(Packet packet, Links.Link link) {
        var flow = packet.flow;
        long latency = link.sampler().sample(chance.bits());
        boolean late = links.reorders(flow.from, flow.to, link, chance);
        if (late) {
            latency += link.median() + (long) (3 * link.median() * ((chance.bits() >>> 11) * 0x1p-53));
        }
        boolean overtakable = late && flow.end == null;
        arriveAfter(packet, latency, overtakable);
        if (flow.end == null && links.duplicates(flow.from, flow.to, link, chance)) {
            var copy = new Packet(flow, packet.message);
            copy.sentAt = packet.sentAt;
            copy.airtime = packet.airtime;
            flow.onTheirWay++;
            arriveAfter(copy, link.sampler().sample(chance.bits()), true);
        }
    }

    /** In the order sent, unless later messages of the flow may overtake this one. */
    private void arriveAfter(Packet packet, long latency, boolean overtakable) {
        long arrival = packet.sentAt + latency;
        if (!overtakable) {
            arrival = Math.max(arrival, packet.flow.lastArrival);
            packet.flow.lastArrival = arrival;
        }
        schedule(arrival, packet);
    }

    /** A packet's last byte is at the receiver's card. */
    void arrive(Packet packet) {
        var flow = packet.flow;
        var hold = links.holdOn(flow.from, flow.to);
        if (hold != null) {
            hold.take(packet);
        } else if (links.isCut(flow.from, flow.to)) {
            drop(packet, "partition");
        } else if (flow.from.diedSending(packet)) {
            drop(packet, "crash");
        } else {
            flow.to.ingress.offer(flow.ingress, packet);
        }
    }

    /** A packet is through the receiver's card. */
    void receive(Packet packet) {
        var flow = packet.flow;
        boolean heard = flow.to.inbox(flow.channel) != null;
        if (flow.end == null) {
            ended(flow);
            if (heard) {
                deliver(packet);
            } else {
                tellDropped(packet, "nobody listens");
            }
        } else if (heard) {
            flow.end.peer().receive(packet);
        } else {
            flow.end.peer().refuse(packet);
        }
    }

    void deliver(Packet packet) {
        deliver(packet.flow.from, packet.flow.to, packet.flow.channel, packet.message);
    }

    @SuppressWarnings("unchecked")
    void deliver(Host from, Host to, OpenChannel channel, WireMessage message) {
        var inbox = (@Nullable Inbox<WireMessage>) to.inbox(channel);
        if (inbox != null) {
            inbox.received(from.node, message);
        }
    }

    private void drop(Packet packet, String reason) {
        var flow = packet.flow;
        tellDropped(packet, reason);
        if (flow.end == null) {
            ended(flow);
        } else {
            flow.end.missed(packet);
        }
    }

    private static void ended(Flow flow) {
        if (--flow.onTheirWay == 0) {
            flow.from.forget(flow);
        }
    }

    private void tellDropped(Packet packet, String reason) {
        var flow = packet.flow;
        for (var observer : observers) {
            observer.dropped(flow.from.node, flow.to.node, flow.channel.channel(), packet.message, reason);
        }
    }

    void tellLost(Flow flow, String reason) {
        for (var observer : observers) {
            observer.connectionLost(flow.from.node, flow.to.node, flow.channel.channel(), reason);
        }
        var inbox = flow.from.inbox(flow.channel);
        if (inbox != null) {
            inbox.connectionLost(flow.to.node, reason);
        }
    }

    ConnectionEnd end(Host from, Host to, OpenChannel channel) {
        var end = from.flow(this, to, channel).end;
        if (end == null) {
            throw new IllegalStateException(channel.channel().name() + " has no connections");
        }
        return end;
    }

    boolean isCut(Host from, Host to) {
        return links.isCut(from, to);
    }

    /** When a reset sent along this flow now arrives: behind what was sent before. */
    long arrivalOfReset(Flow flow) {
        chance.begin(flow.from, flow.to, flow.channel.index(), clock.nanos(), -1);
        long latency = links.between(flow.from, flow.to).sampler().sample(chance.bits());
        return Math.max(clock.nanos() + latency, flow.lastArrival);
    }

    long retransmissionTimeout(Flow flow, int backoff) {
        long roundTrip = links.between(flow.from, flow.to).median()
                + links.between(flow.to, flow.from).median();
        long first = roundTrip + tcp.retransmissionTimeout().toNanos();
        return Math.min(
                first << Math.min(backoff, 20), tcp.retransmissionTimeoutMax().toNanos());
    }

    long userTimeout(OpenChannel channel) {
        return tcp.userTimeout(channel.channel()).toNanos();
    }

    long keepAlive() {
        return tcp.keepAlive().toNanos();
    }
}
