package io.ringsim.network;

import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.runtime.EventQueue;
import io.ringsim.runtime.Randomness;
import io.ringsim.runtime.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The network of a simulated world. It is no actor: it schedules events on the world's queue and calls inboxes from them.
 *
 * <p>A message passes three places, each of which takes time. The sender's network card is shared fairly by all flows
 * that leave the node, a flow being sender, receiver and channel; so is the receiver's. Between them lies the link, which
 * has a latency (by where the two nodes stand), may lose, duplicate or delay what crosses it, and keeps the order of each
 * flow. A message is moved as a whole, but passes a free receiving card while it arrives, as packets would.
 *
 * <p>What the two promises mean is told by {@link Channel.Promise}. Datagrams take what the link does to them. On
 * reliable channels a loss costs retransmission time-outs and holds up what follows; a partition holds everything up
 * until it heals or the sender's patience ends; a peer whose process is gone answers with a reset. Loss is per message,
 * however long it is.
 *
 * <p>Faults are asked for as an operator would say them: {@link #partition}, {@link #hold}, {@link #impair}; single
 * messages are judged by {@link #install installed} rules. Nothing is stored for a link that is as usual, so a thousand
 * nodes cost a thousand cards.
 */
public final class SimulatedNetwork implements Network {
    private static final Location SOMEWHERE = new Location("datacenter1", "rack1");

    private final Wire wire;
    private final Randomness randomness;
    private final Bandwidth egress;
    private final Bandwidth ingress;
    private final Traffic traffic = new Traffic();
    private final Map<NodeId, Host> byNode = new HashMap<>();
    private final List<Host> hosts = new ArrayList<>();
    private final List<OpenChannel> channels = new ArrayList<>();
    private boolean limited;

    public SimulatedNetwork(VirtualClock clock, EventQueue events, Randomness randomness, NetworkSettings settings) {
        this.wire = new Wire(clock, events, settings, traffic);
        this.randomness = randomness.fork("network");
        this.egress = Bandwidth.of(settings.egress());
        this.ingress = Bandwidth.of(settings.ingress());
    }

    /** Says where a node stands; one that was never placed stands in {@code datacenter1:rack1}. */
    public void place(NodeId node, Location location) {
        host(node).location = location;
    }

    /** Gives one node's network card its own limits, in bytes per second. */
    public void limit(NodeId node, long egressLimit, long ingressLimit) {
        limited = true;
        host(node).egress.limit(Bandwidth.of(egressLimit));
        host(node).ingress.limit(Bandwidth.of(ingressLimit));
    }

    /** Gives one link, one way, its own quality. */
    public void override(NodeId from, NodeId to, LinkQuality quality) {
        wire.links.override(host(from), host(to), quality);
    }

    @Override
    public <M extends WireMessage> void attach(NodeId node, Channel<M> channel, Inbox<M> inbox) {
        host(node).attach(open(channel), inbox);
    }

    @Override
    public void detach(NodeId node) {
        host(node).detach(wire.now());
    }

    @Override
    public <M extends WireMessage> void send(NodeId from, NodeId to, Channel<M> channel, M message) {
        var sender = host(from);
        if (!sender.up) {
            return;
        }
        var receiver = host(to);
        var open = open(channel);
        if (sender.equals(receiver)) {
            wire.schedule(wire.now(), () -> wire.deliver(sender, receiver, open, message));
            return;
        }
        var flow = sender.flow(wire, receiver, open);
        var packet = new Packet(flow, message);
        if (flow.end == null) {
            flow.onTheirWay++;
            sender.egress.offer(flow.egress, packet);
        } else {
            flow.end.send(packet);
        }
    }

    /** One way between two nodes for models that play many small datagrams without sending them. */
    public <M extends WireMessage> Route<M> route(NodeId from, NodeId to, Channel<M> channel) {
        return new Route<>(wire, traffic, host(from), host(to), open(channel));
    }

    /**
     * What a small datagram would experience if it were sent now, see {@link Route#probe}: for datagrams of few sizes that
     * everybody may send to everybody. Counted in two bytes for each receiver, kind and size.
     */
    public <M extends WireMessage> long probe(NodeId from, NodeId to, Channel<M> channel, M datagram) {
        var sender = host(from);
        if (!sender.up) {
            return Route.LOST;
        }
        var receiver = host(to);
        var open = open(channel);
        traffic.countSmall(sender.index, receiver.index, datagram.kind(), datagram.wireBytes());
        return receiver.inbox(open) == null ? Route.LOST : wire.fate(sender, receiver, open, datagram);
    }

    /** Whether nothing is wrong anywhere: every small message arrives, and within {@code bound} of being sent. */
    public boolean isQuiet(Duration bound) {
        return !limited && wire.links.areQuiet(bound.toNanos());
    }

    /** Lets nothing through on these links, neither what is sent nor what is on its way. */
    public Partition partition(LinkSet links) {
        var partition = new Partition(links, this::heal, this::after);
        wire.links.partitions.add(partition);
        wire.observers.forEach(observer -> observer.partitioned(partition));
        breakIdleConnections(partition);
        return partition;
    }

    /** Keeps back everything on these links. A sender waits for as long as it takes. */
    public Hold hold(LinkSet links) {
        var hold = new Hold(links, wire.links.holds::remove);
        wire.links.holds.add(hold);
        return hold;
    }

    /** Makes these links worse by these chances, each per message and from 0 to 1. */
    public Installed impair(LinkSet links, double loss, double duplication, double reordering) {
        var impairment = new Links.Impairment(links, loss, duplication, reordering);
        wire.links.impairments.add(impairment);
        return () -> wire.links.impairments.remove(impairment);
    }

    /** Adds a rule behind those there are. */
    public Installed install(LinkRule rule) {
        wire.links.rules.add(rule);
        return () -> wire.links.rules.remove(rule);
    }

    /** Ends every partition, hold and impairment; rules stay. */
    public void healAll() {
        List.copyOf(wire.links.partitions).forEach(Partition::heal);
        List.copyOf(wire.links.holds).forEach(Hold::release);
        wire.links.impairments.clear();
    }

    /** Whether a partition separates the two, this way. */
    public boolean isCut(NodeId from, NodeId to) {
        return wire.isCut(host(from), host(to));
    }

    public void observe(NetworkObserver observer) {
        wire.observers.add(observer);
    }

    public Traffic traffic() {
        return traffic;
    }

    private void heal(Partition partition) {
        wire.links.partitions.remove(partition);
        wire.observers.forEach(observer -> observer.healed(partition));
    }

    /** Connections across a partition on which nobody sends anything are found dead by keep-alive. */
    private void breakIdleConnections(Partition partition) {
        after(Duration.ofNanos(wire.keepAlive()), () -> {
            if (!partition.isHealed() && checkKeepAlive(partition.links())) {
                breakIdleConnections(partition);
            }
        });
    }

    /** Whether there are still connections across these links afterwards. */
    private boolean checkKeepAlive(LinkSet links) {
        boolean some = false;
        for (var host : hosts) {
            for (var end : List.copyOf(host.ends)) {
                if (end.isOpen() && crosses(links, end.flow())) {
                    end.checkKeepAlive();
                    some |= end.isOpen();
                }
            }
        }
        return some;
    }

    private static boolean crosses(LinkSet links, Flow flow) {
        return links.contains(flow.from.node, flow.to.node) || links.contains(flow.to.node, flow.from.node);
    }

    private void after(Duration delay, Runnable task) {
        wire.schedule(wire.now() + delay.toNanos(), task);
    }

    private Host host(NodeId node) {
        var known = byNode.get(node);
        return known != null ? known : enter(node);
    }

    private Host enter(NodeId node) {
        long salt = randomness.fork("node " + node).nextLong();
        var host = new Host(hosts.size(), node, salt, SOMEWHERE, new Egress(wire, egress), new Ingress(wire, ingress));
        byNode.put(node, host);
        hosts.add(host);
        traffic.enter(node);
        return host;
    }

    private OpenChannel open(Channel<?> channel) {
        for (int i = 0; i < channels.size(); i++) {
            if (channels.get(i).channel().name().equals(channel.name())) {
                return sameAs(channels.get(i), channel);
            }
        }
        var opened = new OpenChannel(channel, channels.size());
        channels.add(opened);
        return opened;
    }

    private static OpenChannel sameAs(OpenChannel open, Channel<?> channel) {
        if (!open.channel().equals(channel)) {
            throw new IllegalArgumentException("two channels of one name: " + open.channel() + ", " + channel);
        }
        return open;
    }
}
