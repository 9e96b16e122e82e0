package io.ringsim.gossip;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import io.ringsim.ring.Endpoint;
import io.ringsim.ring.NodeId;
import io.ringsim.spi.Membership;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What one node's listener was told, for a test in another thread to look at. */
final class Ears {
    private final NodeId self;
    private final SortedMap<NodeId, Endpoint> endpoints = new TreeMap<>();
    private final SortedMap<NodeId, Endpoint> last = new TreeMap<>();
    private final SortedSet<NodeId> up = new TreeSet<>();
    private final List<String> violations = new ArrayList<>();

    Ears(NodeId self) {
        this.self = self;
    }

    Behavior<Membership.Event> behavior() {
        return Behaviors.receiveMessage(event -> {
            hear(event);
            return Behaviors.same();
        });
    }

    private synchronized void hear(Membership.Event event) {
        if (event instanceof Membership.EndpointsChanged changed) {
            for (var endpoint : changed.endpoints()) {
                var before = last.put(endpoint.node(), endpoint);
                expect(before == null || endpoint.isNewerThan(before), before + ", then " + endpoint);
                endpoints.put(endpoint.node(), endpoint);
            }
        } else if (event instanceof Membership.EndpointRemoved removed) {
            expect(endpoints.remove(removed.node()) != null, "removed unknown " + removed.node());
            expect(!up.contains(removed.node()), "removed while up: " + removed.node());
        } else if (event instanceof Membership.PeersUp news) {
            for (var peer : news.peers()) {
                expect(endpoints.containsKey(peer), "up before it is known: " + peer);
                expect(up.add(peer) && !peer.equals(self), "up twice, or oneself: " + peer);
            }
        } else if (event instanceof Membership.PeersDown news) {
            news.peers().forEach(peer -> expect(up.remove(peer), "down but never up: " + peer));
        }
    }

    private void expect(boolean holds, String otherwise) {
        if (!holds) {
            violations.add(self + " heard " + otherwise);
        }
    }

    /** What is known of each node, without versions: {@code n1 NORMAL [5]}. */
    synchronized List<String> picture() {
        return endpoints.values().stream()
                .map(known -> known.node() + " " + known.status() + " " + known.tokens())
                .toList();
    }

    /** The last version heard of each node: {@code n1 5}. */
    synchronized List<String> versions() {
        return last.values().stream()
                .map(known -> known.node() + " " + known.version())
                .toList();
    }

    synchronized List<String> up() {
        return up.stream().map(NodeId::value).toList();
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }
}
