package io.ringsim.gossip;

import akka.actor.Address;
import io.ringsim.network.remote.Hosts;
import io.ringsim.ring.Endpoint;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The nodes by number, as one host counts them, and where they are; asked from any thread, never iterated. */
final class Roster implements Hosts {
    private final Map<NodeId, Integer> numbers = new ConcurrentHashMap<>();
    private final Map<Integer, NodeId> nodes = new ConcurrentHashMap<>();
    private final Map<NodeId, Address> hosts = new ConcurrentHashMap<>();

    /** The latest of what the host knows. */
    private volatile Knowledge latest = Knowledge.NOTHING;

    void show(Knowledge knowledge) {
        latest = knowledge;
    }

    List<Endpoint> endpoints() {
        return latest.endpoints();
    }

    Optional<Location> locationOf(NodeId node) {
        var number = numbers.get(node);
        var state = number == null ? null : latest.state(number);
        return state == null ? Optional.empty() : Optional.of(state.endpoint().location());
    }

    int number(NodeId node) {
        var known = numbers.get(node);
        return known != null ? known : count(node);
    }

    private synchronized int count(NodeId node) {
        return numbers.computeIfAbsent(node, unknown -> {
            int next = nodes.size();
            nodes.put(next, unknown);
            return next;
        });
    }

    NodeId node(int number) {
        var node = nodes.get(number);
        if (node == null) {
            throw new IllegalArgumentException("no node has the number " + number);
        }
        return node;
    }

    void place(NodeId node, Address host) {
        hosts.put(node, host);
    }

    void lose(NodeId node) {
        hosts.remove(node);
    }

    @Override
    public Optional<Address> hostOf(NodeId node) {
        return Optional.ofNullable(hosts.get(node));
    }
}
