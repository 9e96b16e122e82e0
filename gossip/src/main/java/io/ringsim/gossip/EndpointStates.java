package io.ringsim.gossip;

import akka.cluster.ddata.AbstractDeltaReplicatedData;
import akka.cluster.ddata.ReplicatedDelta;
import io.ringsim.ring.NodeId;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The entries of some nodes, as Distributed Data replicates them: for each node the newest that was heard. A delta is the
 * same with the changed entries only, may be lost, repeated or late, and needs no order. Nothing is ever taken out, so there
 * are neither clocks nor a history of writers to be pruned.
 */
final class EndpointStates extends AbstractDeltaReplicatedData<EndpointStates, EndpointStates>
        implements ReplicatedDelta {
    static final EndpointStates NONE = new EndpointStates(new TreeMap<>(), null);

    private final SortedMap<NodeId, Entry> entries;
    private final @Nullable EndpointStates delta;

    private EndpointStates(SortedMap<NodeId, Entry> entries, @Nullable EndpointStates delta) {
        this.entries = entries;
        this.delta = delta;
    }

    static EndpointStates of(Collection<? extends Entry> entries) {
        return NONE.mergedWith(entries, null);
    }

    /** By node, in their order. */
    SortedMap<NodeId, Entry> entries() {
        return Collections.unmodifiableSortedMap(entries);
    }

    /** With those of these entries that are newer, which are news for the other hosts. */
    EndpointStates with(Collection<? extends Entry> news) {
        var changes = of(news);
        return mergedWith(changes.entries.values(), delta == null ? changes : delta.mergeData(changes));
    }

    @Override
    public EndpointStates mergeData(EndpointStates that) {
        return mergedWith(that.entries.values(), delta);
    }

    @Override
    public EndpointStates mergeDeltaData(EndpointStates changes) {
        return mergeData(changes);
    }

    @Override
    public Optional<EndpointStates> deltaData() {
        return Optional.ofNullable(delta);
    }

    @Override
    public EndpointStates resetDelta() {
        return delta == null ? this : new EndpointStates(entries, null);
    }

    @Override
    public EndpointStates zero() {
        return NONE;
    }

    private EndpointStates mergedWith(Collection<? extends Entry> others, @Nullable EndpointStates changes) {
        var merged = new TreeMap<>(entries);
        for (var entry : others) {
            merged.merge(entry.node(), entry, (mine, theirs) -> theirs.isNewerThan(mine) ? theirs : mine);
        }
        return new EndpointStates(merged, changes);
    }

    /** Equal are two with the same entries; what of them is news does not count. */
    @Override
    public boolean equals(Object other) {
        return other instanceof EndpointStates states && states.entries.equals(entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }

    @Override
    public String toString() {
        return entries.values().toString();
    }
}
