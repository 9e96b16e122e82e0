package io.ringsim.operation;

import io.ringsim.ring.NodeId;
import io.ringsim.ring.RingView;
import io.ringsim.spi.Membership;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a node believes of the others at one moment.
 *
 * @param view its view of the ring
 * @param up the peers it takes for alive, itself left out
 * @param otherSchema the nodes that know another schema than it does
 * @param lookedAround whether it has heard all that was to be learnt before taking part
 */
public record Surroundings(RingView view, SortedSet<NodeId> up, SortedSet<NodeId> otherSchema, boolean lookedAround) {
    public static Surroundings alone(RingView view) {
        return new Surroundings(view, Collections.emptySortedSet(), Collections.emptySortedSet(), false);
    }

    /**
     * What it believes after this news.
     *
     * @param schema the digest of the schema it knows
     */
    public Surroundings after(Membership.Event event, String schema) {
        if (event instanceof Membership.EndpointsChanged changed) {
            var next = withView(view.withAll(changed.endpoints()));
            for (var endpoint : changed.endpoints()) {
                next = next.withSchema(endpoint.node(), endpoint.schema().equals(schema));
            }
            return next;
        } else if (event instanceof Membership.EndpointRemoved removed) {
            return withView(view.without(removed.node())).withSchema(removed.node(), true);
        } else if (event instanceof Membership.PeersUp news) {
            return withUp(news.peers());
        } else if (event instanceof Membership.PeersDown news) {
            return withDown(news.peers());
        }
        return new Surroundings(view, up, otherSchema, true);
    }

    public Surroundings withView(RingView next) {
        return new Surroundings(next, up, otherSchema, lookedAround);
    }

    public Surroundings withUp(Collection<NodeId> peers) {
        return new Surroundings(view, with(up, peers), otherSchema, lookedAround);
    }

    public Surroundings withDown(Collection<NodeId> peers) {
        return new Surroundings(view, without(up, peers), otherSchema, lookedAround);
    }

    public Surroundings withSchema(NodeId peer, boolean same) {
        return same == !otherSchema.contains(peer)
                ? this
                : new Surroundings(
                        view,
                        up,
                        same ? without(otherSchema, List.of(peer)) : with(otherSchema, List.of(peer)),
                        lookedAround);
    }

    private static SortedSet<NodeId> with(SortedSet<NodeId> nodes, Collection<NodeId> more) {
        var all = new TreeSet<>(nodes);
        all.addAll(more);
        return Collections.unmodifiableSortedSet(all);
    }

    private static SortedSet<NodeId> without(SortedSet<NodeId> nodes, Collection<NodeId> gone) {
        var rest = new TreeSet<>(nodes);
        gone.forEach(rest::remove);
        return Collections.unmodifiableSortedSet(rest);
    }
}
