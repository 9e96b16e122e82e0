package io.ringsim.network;

import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A node as the network sees it: a place, a network card, inboxes, and what it has on its way to others. */
final class Host {
    final int index;
    final NodeId node;

    /** Makes the chance on this node's links its own. */
    final long salt;

    final Egress egress;
    final Ingress ingress;
    Location location;

    /** Whether its process runs; what runs no more neither sends nor receives. */
    boolean up = true;

    /** When it last stopped; what its card was sending then never arrives. */
    private long diedAt = -1;

    private final List<@Nullable Inbox<?>> inboxes = new ArrayList<>();
    private final List<Map<Host, Flow>> flows = new ArrayList<>();

    /** Its reliable flows in the order they began. */
    final List<ConnectionEnd> ends = new ArrayList<>();

    Host(int index, NodeId node, long salt, Location location, Egress egress, Ingress ingress) {
        this.index = index;
        this.node = node;
        this.salt = salt;
        this.location = location;
        this.egress = egress;
        this.ingress = ingress;
    }

    void attach(OpenChannel channel, Inbox<?> inbox) {
        while (inboxes.size() <= channel.index()) {
            inboxes.add(null);
        }
        inboxes.set(channel.index(), inbox);
        up = true;
    }

    /** The process is gone, and with it what it had not sent yet. */
    void detach(long now) {
        inboxes.clear();
        diedAt = now;
        up = false;
        ends.forEach(ConnectionEnd::abandon);
        for (var byReceiver : flows) {
            byReceiver.values().removeIf(this::silence);
        }
    }

    boolean diedSending(Packet packet) {
        return packet.sentAt > diedAt && packet.sentAt - packet.airtime <= diedAt;
    }

    private boolean silence(Flow flow) {
        flow.onTheirWay -= egress.clear(flow.egress);
        return flow.end == null && flow.onTheirWay == 0;
    }

    @Nullable
    Inbox<?> inbox(OpenChannel channel) {
        return channel.index() < inboxes.size() ? inboxes.get(channel.index()) : null;
    }

    Flow flow(Wire wire, Host to, OpenChannel channel) {
        while (flows.size() <= channel.index()) {
            flows.add(new HashMap<>());
        }
        var known = flows.get(channel.index()).get(to);
        return known != null ? known : begin(new Flow(wire, this, to, channel));
    }

    private Flow begin(Flow flow) {
        flows.get(flow.channel.index()).put(flow.to, flow);
        if (flow.end != null) {
            ends.add(flow.end);
        }
        return flow;
    }

    void forget(Flow flow) {
        flows.get(flow.channel.index()).remove(flow.to);
    }

    @Override
    public int hashCode() {
        return index;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public String toString() {
        return node.toString();
    }
}
