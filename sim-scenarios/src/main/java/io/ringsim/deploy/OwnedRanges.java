package io.ringsim.deploy;

import io.ringsim.ring.Endpoint;
import io.ringsim.ring.Keyspace;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.RingView;
import io.ringsim.ring.TokenRange;
import io.ringsim.storage.KeyspaceRanges;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What a node may send and be sent: ranges that are its own, or are about to be by what its host knows of the ring at that moment. A
 * peer that sees the ring differently is refused rather than believed ({@code reject_out_of_token_range_requests}). May be asked
 * from any thread.
 */
final class OwnedRanges implements Predicate<KeyspaceRanges> {
    /** By keyspace, of a ring that had these nodes. */
    private record Known(List<Endpoint> of, SortedMap<String, List<TokenRange>> ranges) {}

    private final NodeId node;
    private final Partitioner partitioner;
    private final List<Keyspace> keyspaces;
    private final Supplier<List<Endpoint>> ring;
    private volatile Known known = new Known(List.of(), Collections.emptySortedMap());

    OwnedRanges(NodeId node, HostSettings.RingSettings settings, Supplier<List<Endpoint>> ring) {
        this.node = node;
        this.partitioner = settings.partitioner();
        this.keyspaces = settings.keyspaces();
        this.ring = ring;
    }

    @Override
    public boolean test(KeyspaceRanges asked) {
        var own = ranges().getOrDefault(asked.keyspace(), List.of());
        return asked.ranges().stream()
                .allMatch(range -> own.stream().anyMatch(mine -> mine.contains(range))
                        || range.subtract(own).isEmpty());
    }

    private SortedMap<String, List<TokenRange>> ranges() {
        var now = ring.get();
        var last = known;
        if (!last.of().equals(now)) {
            last = new Known(now, ranges(RingView.empty(partitioner).withAll(now)));
            known = last;
        }
        return last.ranges();
    }

    private SortedMap<String, List<TokenRange>> ranges(RingView view) {
        var all = new TreeMap<String, List<TokenRange>>();
        for (var keyspace : keyspaces) {
            var strategy = keyspace.replication();
            var own = new ArrayList<>(strategy.rangesOf(view.ring(), node));
            own.addAll(view.pendingRanges(strategy).rangesOf(node));
            all.put(keyspace.name(), own);
        }
        return all;
    }
}
