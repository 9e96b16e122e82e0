package io.ringsim.network;

import io.ringsim.ring.NodeId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;

/** The network inside one process in real time: every message arrives at once. May be used from any thread. */
public final class DirectNetwork implements Network {
    private record Port(NodeId node, String channel) {
        static final Comparator<Port> ORDER = Comparator.comparing(Port::node).thenComparing(Port::channel);
    }

    /** One end of a connection: {@code node} can be told that it broke. */
    private record End(NodeId peer, NodeId node, String channel) {
        static final Comparator<End> ORDER =
                Comparator.comparing(End::peer).thenComparing(End::node).thenComparing(End::channel);
    }

    private final NavigableMap<Port, Inbox<?>> inboxes = new ConcurrentSkipListMap<>(Port.ORDER);
    private final NavigableSet<End> ends = new ConcurrentSkipListSet<>(End.ORDER);
    private final Map<NodeId, Integer> numbers = new HashMap<>();
    private final Traffic traffic = new Traffic();

    @Override
    public <M extends WireMessage> void attach(NodeId node, Channel<M> channel, Inbox<M> inbox) {
        inboxes.put(new Port(node, channel.name()), inbox);
    }

    @Override
    public void detach(NodeId node) {
        inboxes.keySet().removeIf(port -> port.node().equals(node));
        for (var end : List.copyOf(ends)) {
            if (end.peer().equals(node) && ends.remove(end)) {
                tellLost(end);
            } else if (end.node().equals(node)) {
                ends.remove(end);
            }
        }
    }

    @Override
    public <M extends WireMessage> void send(NodeId from, NodeId to, Channel<M> channel, M message) {
        if (channel.promise() == Channel.Promise.DATAGRAM || from.equals(to)) {
            deliver(from, to, channel, message);
            return;
        }
        var here = new End(to, from, channel.name());
        var there = new End(from, to, channel.name());
        ends.add(here);
        ends.add(there);
        if (!deliver(from, to, channel, message)) {
            ends.remove(there);
            if (ends.remove(here)) {
                tellLost(here);
            }
        }
    }

    /** Whether a node has an inbox here. */
    public boolean isAttached(NodeId node) {
        var first = inboxes.ceilingKey(new Port(node, ""));
        return first != null && first.node().equals(node);
    }

    /** Counts a message that crosses another network on its way. */
    public void count(NodeId from, NodeId to, WireMessage message) {
        synchronized (traffic) {
            traffic.count(number(from), number(to), message.kind(), 1, Math.max(1, message.wireBytes()));
        }
    }

    @Override
    public void carried(NodeId from, NodeId to, String kind, long bytes) {
        synchronized (traffic) {
            traffic.count(number(from), number(to), kind, 0, bytes);
        }
    }

    /** Everything that crossed the network so far. */
    public List<Traffic.Entry> traffic() {
        synchronized (traffic) {
            return traffic.entries();
        }
    }

    @SuppressWarnings("unchecked")
    private <M extends WireMessage> boolean deliver(NodeId from, NodeId to, Channel<M> channel, M message) {
        if (!from.equals(to)) {
            count(from, to, message);
        }
        var inbox = (@Nullable Inbox<M>) inboxes.get(new Port(to, channel.name()));
        if (inbox != null) {
            inbox.received(from, message);
        }
        return inbox != null;
    }

    private void tellLost(End end) {
        var inbox = inboxes.get(new Port(end.node(), end.channel()));
        if (inbox != null) {
            inbox.connectionLost(end.peer(), "connection reset by " + end.peer());
        }
    }

    private int number(NodeId node) {
        var known = numbers.get(node);
        if (known == null) {
            traffic.enter(node);
            known = numbers.size();
            numbers.put(node, known);
        }
        return known;
    }
}
